/// The sentence that the slots make, after Moore: "For … who …, … is the … that …. Unlike …, … …."
extension PositioningStatement {
  /// An empty slot is left open as "…". Cells are taken as written; only the word that joins them depends on how a cell
  /// begins: "need" before a thing, nothing before a verb.
  var sentence: String {
    let whom = "For \(shown(target)) who \(Self.joined(need, verbs: Self.wishes, by: "need"))"
    let what = "\(shown(brand)) is \(Self.withArticle(category)) that \(Self.joined(benefit, verbs: [], by: "offers"))"
    let against = "Unlike \(shown(alternative)), \(shown(brand)) \(Self.joined(difference, verbs: [], by: "offers"))"
    return "\(whom), \(what). \(against)."
  }

  private func shown(_ text: String) -> String { text.isEmpty ? "…" : text }

  private static let wishes: Set<String> = [
    "need", "want", "look", "seek", "have", "must", "like", "are", "cannot", "can", "do", "wish", "prefer", "value",
    "buy", "care", "feel", "hate", "fear", "would", "will", "live", "work", "use", "should",
  ]

  private static let auxiliaries: Set<String> = [
    "can", "will", "never", "always", "does", "has", "is", "also", "alone",
  ]

  /// A cell that begins with a verb stands alone, any other thing after a verb of ours.
  private static func joined(_ text: String, verbs: Set<String>, by verb: String) -> String {
    guard let first = text.split(separator: " ").first.map({ $0.lowercased() }) else { return "…" }
    if verbs.isEmpty {
      // "serves in two minutes" continues the sentence; "a quiet table" needs a verb.
      let isVerb = auxiliaries.contains(first) || (first.hasSuffix("s") && !first.hasSuffix("ss") && first != "this")
      return isVerb ? text : "\(verb) \(text)"
    }
    return verbs.contains(first) ? text : "\(verb) \(text)"
  }

  private static func withArticle(_ category: String) -> String {
    guard let first = category.split(separator: " ").first?.lowercased() else { return "…" }
    return ["a", "an", "the", "our", "one"].contains(first) ? category : "the \(category)"
  }
}
