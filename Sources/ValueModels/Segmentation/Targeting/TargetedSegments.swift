import Diagnostics

/// The segments that targeting weighs, as another analysis found them.
struct TargetedSegments {
  let id: String
  let title: String
  let names: [String]
  let slugs: [String]
  let table: FindingsTable
  let data: [DataUse]

  /// Nil where `from` is not given, or with an error where it has no segments.
  init?(_ ground: inout Groundwork) {
    guard ground.text("from") != nil else { return nil }
    guard let findings = ground.input.others["from"], let table = findings.table("segments"), !table.rows.isEmpty,
      findings.type != "targeting"
    else {
      let found = ground.input.others["from"].map { "'\($0.id)' is a \($0.type)" } ?? "it was not computed"
      ground.fail(
        "analysis.no-segments", at: ground.position(of: "from"),
        "'from' names an analysis that has segments (segmentation or segment-profile), and \(found)")
      return nil
    }
    id = findings.id
    title = findings.title
    self.table = table
    data = findings.data
    let column = table.index(of: "name") == nil ? "segment" : "name"
    names = table.values(column).map { $0.text ?? $0.json }
    let given = table.texts("slug")
    slugs = given.count == names.count && given.allSatisfy { !$0.isEmpty } ? given : uniqueSlugs(names)
  }

  /// A segment by its name, its slug or its number.
  func index(_ text: String) -> Int? {
    if let at = names.firstIndex(of: text) { return at }
    let key = ValueModels.slug(text)
    if let at = slugs.firstIndex(of: key) { return at }
    return table.values("segment").firstIndex { $0.text == text || $0.json == text }
  }

  func number(_ column: String, _ segment: Int) -> Double? {
    guard let at = table.index(of: column) else { return nil }
    if case .truth(let truth) = table.rows[segment][at] { return truth ? 1 : 0 }
    return table.rows[segment][at].number
  }
}
