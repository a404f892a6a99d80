import Formats
import ValueModels

/// What the figures of groups say in words, all of it from the findings.
enum SegmentWords {
  static let key =
    "Filled marks differ from the total beyond chance (5%); open ones may not, or rest on fewer than 30 answers. Bars are 95% intervals of the difference."

  /// "BCE", or how many where they are many.
  static func letters(_ letters: String) -> String {
    let each = letters.split(separator: " ")
    return each.count > 6 ? "\(each.count) groups" : each.joined()
  }

  /// "Above: groups it exceeds beyond chance (5%, adjusted for the number of pairs): A Uptime first, C A good ride."
  static func lettersKey(_ contents: SegmentContents, besides group: Int) -> String {
    let others = contents.groups.indices.filter { $0 != group && !contents.groups[$0].letter.isEmpty }
    let names = others.prefix(8).map { "\(contents.groups[$0].letter) \(contents.groups[$0].name)" }
    return "Above: groups it exceeds beyond chance (5%, adjusted for the number of pairs): "
      + names.joined(separator: ", ") + (others.count > 8 ? ", …" : "") + "."
  }

  static func amount(_ value: Double, _ row: ProfileRow, _ language: Language) -> String {
    ProfileSection(kind: row.isShare ? .shares : .means, rows: []).amount(value, language)
  }

  static func profileTitle(_ contents: SegmentContents, _ rows: [ProfileRow], _ language: Language) -> String {
    for row in rows {
      let shown = row.cells.indices.filter { row.cells[$0] != nil }
      guard
        let most = shown.max(by: { (row.cells[$0]?.value ?? 0) < (row.cells[$1]?.value ?? 0) }),
        let least = shown.max(by: { (row.cells[$0]?.value ?? 0) > (row.cells[$1]?.value ?? 0) }), most != least,
        let high = row.cells[most], let low = row.cells[least]
      else { continue }
      let label = row.label.prefix(1).uppercased() + row.label.dropFirst()
      let highest = "\(amount(high.value, row, language)) for \(contents.groups[most].name)"
      let lowest = "\(amount(low.value, row, language)) for \(contents.groups[least].name)"
      return "\(label) tells the groups apart most: \(highest), \(lowest)"
    }
    return "How the groups differ from the total"
  }

  static func profileDescription(
    _ contents: SegmentContents, _ rows: [ProfileRow], _ groups: [Int], _ language: Language
  ) -> [String] {
    rows.prefix(6).map { row in
      let parts = groups.compactMap { group in
        row.cells[group].map { "\(contents.groups[group].name) \(amount($0.value, row, language))" }
      }
      return "\(row.label): \(parts.joined(separator: ", ")); total \(amount(row.total, row, language))."
    }
  }

  /// "higher on q5 and q8, lower on q2"
  static func marked(_ rows: [ProfileRow], _ group: Int, _ language: Language) -> String {
    func names(_ sign: Double) -> [String] {
      rows.filter { row in
        guard let cell = row.cells[group] else { return false }
        return cell.isSignificant && cell.difference * sign > 0
      }.prefix(2).map(\.label)
    }
    let (high, low) = (names(1), names(-1))
    var parts: [String] = []
    if !high.isEmpty { parts.append("higher on \(language.list(high))") }
    if !low.isEmpty { parts.append("lower on \(language.list(low))") }
    return parts.joined(separator: ", ")
  }
}
