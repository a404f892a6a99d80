import Formats
import ValueModels

/// One group as the figures need it.
struct SegmentGroup {
  /// What the profile table calls it.
  var key: Value
  var name: String
  var slug: String
  /// Cases and their share, 0–1; nil where the base is too small to be shown.
  var size: Double?
  var share: Double?
  var base: Double?
  /// Share of what all are worth, 0–1.
  var valueShare: Double?
  var stability: Double?
  var suggestion: String?
  /// The letter of its column, which other groups' rows name.
  var letter: String = ""
}

/// One row of a profile: a variable, or one answer of it, over all groups.
struct ProfileRow {
  struct Cell {
    var value: Double
    var difference: Double
    var index: Double?
    var vTest: Double?
    /// 95 % interval of the value.
    var lower: Double?
    var upper: Double?
    var isSignificant: Bool
    var base: Double?
    /// 95 % interval of the difference from the total.
    var differenceLower: Double?
    var differenceUpper: Double?
    /// Letters of the groups that lie below beyond chance.
    var letters: String = ""
  }

  var variable: String
  var level: String
  var total: Double
  /// Values are shares, 0–1; otherwise means in a unit of the variable's own.
  var isShare: Bool
  var effect: Double
  /// By group; nil where it is not shown.
  var cells: [Cell?]

  /// As a reader says it: columns are named with underscores, people speak in words.
  var label: String {
    let words = variable.contains(" ") ? variable : variable.replacing("_", with: " ")
    return level.isEmpty ? words : "\(words): \(level)"
  }

  /// True where another row has the very same numbers, as "no internet service" has under every question that says it.
  func tellsSame(as other: ProfileRow) -> Bool {
    isShare == other.isShare && total == other.total && cells.map { $0?.value } == other.cells.map { $0?.value }
  }
}

/// Findings of `segmentation` and `segment-profile`, read once for all their figures.
struct SegmentContents {
  private(set) var groups: [SegmentGroup] = []
  private(set) var rows: [ProfileRow] = []
  /// The base below which marks are open.
  let smallBase = 30.0

  init(_ findings: Findings) {
    readGroups(findings)
    readRows(findings)
  }

  private mutating func readGroups(_ findings: Findings) {
    guard let table = findings.table("segments") else { return }
    let keys = table.values("segment")
    let names = table.values("name")
    let slugs = table.texts("slug")
    let sizes = table.numbers("size")
    let shares = table.numbers("share")
    let bases = table.numbers("base")
    let worth = table.numbers("value_share")
    let stability = table.numbers("stability")
    let suggestions = table.values("suggestion")
    let letters = table.texts("letter")
    func at(_ column: [Double?], _ row: Int) -> Double? { column.indices.contains(row) ? column[row] : nil }
    for row in keys.indices {
      let name = names.indices.contains(row) ? names[row].text : nil
      let plain = keys[row].text ?? keys[row].number.map { "Segment \(Int($0))" } ?? "Segment"
      let slugged = slugs.indices.contains(row) ? slugs[row] : ""
      groups.append(
        SegmentGroup(
          key: keys[row], name: name ?? plain, slug: slugged.isEmpty ? slug(name ?? plain) : slugged,
          size: at(sizes, row), share: at(shares, row), base: at(bases, row) ?? at(sizes, row),
          valueShare: at(worth, row), stability: at(stability, row),
          suggestion: suggestions.indices.contains(row) ? suggestions[row].text : nil,
          letter: letters.indices.contains(row) ? letters[row] : ""))
    }
  }

  private mutating func readRows(_ findings: Findings) {
    guard let table = findings.table("profiles") else { return }
    let variables = table.texts("variable")
    let levels = table.texts("level")
    let segments = table.values("segment")
    let columns = [
      "value", "total", "index", "difference", "v_test", "effect_size", "base", "lower", "upper", "difference_lower",
      "difference_upper",
    ]
    let letters = table.texts("letters")
    let numbers = columns.map { table.numbers($0) }
    let significant = table.values("significant")
    let measures = table.texts("measure")
    func number(_ column: Int, _ row: Int) -> Double? {
      numbers[column].indices.contains(row) ? numbers[column][row] : nil
    }
    var place: [[String]: Int] = [:]
    for row in variables.indices {
      guard let group = groups.firstIndex(where: { $0.key == segments[row] }), let total = number(1, row) else {
        continue
      }
      let key = [variables[row], levels[row]]
      let index = place[key] ?? rows.count
      if index == rows.count {
        place[key] = index
        let isShare = measures.indices.contains(row) ? measures[row] == "share" : !levels[row].isEmpty
        rows.append(
          ProfileRow(
            variable: variables[row], level: levels[row], total: total, isShare: isShare, effect: 0,
            cells: Array(repeating: nil, count: groups.count)))
      }
      // η² of numbers and Cramér's V of categories meet as correlation ratio and V.
      let effect = abs(number(5, row) ?? 0)
      rows[index].effect = max(rows[index].effect, levels[row].isEmpty ? effect.squareRoot() : effect)
      guard let value = number(0, row) else { continue }
      rows[index].cells[group] = ProfileRow.Cell(
        value: value, difference: number(3, row) ?? value - total, index: number(2, row), vTest: number(4, row),
        lower: number(7, row), upper: number(8, row),
        isSignificant: significant.indices.contains(row) && significant[row] == .truth(true), base: number(6, row),
        differenceLower: number(9, row), differenceUpper: number(10, row),
        letters: letters.indices.contains(row) ? letters[row] : "")
    }
  }

  /// The groups that letters stand for, as a list of names.
  func names(_ letters: String, _ language: Language) -> String {
    language.list(
      letters.split(separator: " ").compactMap { letter in groups.first { $0.letter == letter }?.name })
  }

  /// The rows that say most, strongest first, at most `limit` and at most `each` answers of one variable: two groups of
  /// rows, since shares and means have no common scale.
  func telling(_ limit: Int, each: Int = 2, for group: Int? = nil) -> [ProfileRow] {
    func strength(_ row: ProfileRow) -> Double {
      if let group { return abs(row.cells[group]?.vTest ?? 0) }
      return row.cells.map { abs($0?.vTest ?? 0) }.max() ?? 0
    }
    let ranked = rows.indices.filter { row in rows[row].cells.contains { $0 != nil } }.sorted { a, b in
      let (ra, rb) = (rows[a], rows[b])
      return group == nil
        ? (-ra.effect, -strength(ra), a) < (-rb.effect, -strength(rb), b) : (-strength(ra), a) < (-strength(rb), b)
    }
    var taken: [String: Int] = [:]
    var chosen: [ProfileRow] = []
    for index in ranked where chosen.count < limit {
      let row = rows[index]
      if let group, row.cells[group] == nil { continue }
      guard !isTwin(row), taken[row.variable, default: 0] < each, !chosen.contains(where: { $0.tellsSame(as: row) })
      else {
        continue
      }
      taken[row.variable, default: 0] += 1
      chosen.append(row)
    }
    return chosen
  }

  /// The two answers of a variable say the same: the yes stays, or the rarer of others.
  private func isTwin(_ row: ProfileRow) -> Bool {
    guard !row.level.isEmpty else { return false }
    let answers = rows.filter { $0.variable == row.variable }
    guard answers.count == 2, let other = answers.first(where: { $0.level != row.level }) else { return false }
    func isYes(_ level: String) -> Bool {
      ["yes", "true", "1", "ja", "oui", "sí", "sì", "sim"].contains(level.lowercased())
    }
    if isYes(row.level) != isYes(other.level) { return isYes(other.level) }
    return row.total == other.total ? row.level > other.level : row.total > other.total
  }
}
