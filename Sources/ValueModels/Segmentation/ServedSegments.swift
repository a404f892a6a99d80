/// The segments that the study's targeting chose: pages and figures mark them wherever they appear.
package struct ServedSegments: Sendable {
  package struct Choice: Sendable, Hashable {
    package var name: String
    /// The targeting analysis that chose it.
    package var targeting: String
    /// The analysis whose segments were weighed, if one was named.
    package var from: String?
  }

  /// By the slug of the name.
  private var choices: [String: Choice] = [:]

  /// - Parameter findings: Of all analyses; those of other kinds are passed over.
  package init(_ findings: [Findings]) {
    for one in findings where one.type == "targeting" {
      guard let table = one.table("segments") else { continue }
      let from = one.setting("from")?.text
      for (name, isChosen) in zip(table.texts("segment"), table.values("chosen")) where isChosen == .truth(true) {
        let key = slug(name)
        if choices[key] == nil { choices[key] = Choice(name: name, targeting: one.id, from: from) }
      }
    }
  }

  package var isEmpty: Bool { choices.isEmpty }

  /// The choice of a segment that findings name. “Segment 2” is somebody's second segment: it is known only where it was weighed.
  package func choice(of name: String, in findings: String) -> Choice? {
    guard let choice = choices[slug(name)] else { return nil }
    if isDefaultName(name), choice.from != findings, choice.targeting != findings { return nil }
    return choice
  }

  /// Names of served segments in the columns `segment` and `name` of findings, as they are spelt there, each once.
  package func names(in findings: Findings) -> [String] {
    guard !isEmpty, findings.type != "targeting" else { return [] }
    var found: [String] = []
    for table in findings.tables where table.rows.count <= 10_000 {
      guard table.index(of: "segment") != nil else { continue }
      for column in ["segment", "name"] {
        for case .text(let name) in table.values(column)
        where !found.contains(name) && choice(of: name, in: findings.id) != nil {
          found.append(name)
        }
      }
    }
    return found
  }
}

/// True for the names that segments have before anyone names them.
package func isDefaultName(_ name: String) -> Bool {
  name.allSatisfy(\.isNumber) || (name.hasPrefix("Segment ") && name.dropFirst(8).allSatisfy(\.isNumber))
}
