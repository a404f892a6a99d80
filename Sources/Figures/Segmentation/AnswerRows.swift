import Formats
import Graphics
import ValueModels

/// One answer of a latent-class analysis: how probable it is in each segment.
struct AnswerRow {
  var variable: String
  /// Empty where the variable asks for yes or no, and this is the yes.
  var level: String
  /// By group; nil where it is not shown.
  var probabilities: [Double?]

  /// As a reader says it.
  var label: String {
    let words = variable.contains(" ") ? variable : variable.replacing("_", with: " ")
    return level.isEmpty ? words : "\(words): \(level)"
  }

  /// How far the segments differ: the standard deviation of the probabilities over people, so that a segment of a few
  /// does not lead. Segments of unknown size count as the smallest known.
  func spread(_ groups: [SegmentGroup]) -> Double {
    let least = groups.compactMap(\.share).min() ?? 1
    let shown = probabilities.indices.compactMap { at in probabilities[at].map { ($0, groups[at].share ?? least) } }
    let total = shown.reduce(0) { $0 + $1.1 }
    guard total > 0 else { return 0 }
    let mean = shown.reduce(0) { $0 + $1.0 * $1.1 } / total
    return (shown.reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 } / total).squareRoot()
  }

  /// The rows of the table `probabilities`, variables that tell the segments apart most first, each with its answers in
  /// their own order.
  static func rows(_ findings: Findings, groups: [SegmentGroup]) -> [AnswerRow] {
    guard let table = findings.table("probabilities") else { return [] }
    let (segments, variables) = (table.values("segment"), table.texts("variable"))
    let (levels, values) = (table.texts("level"), table.numbers("probability"))
    var place: [[String]: Int] = [:]
    var rows: [AnswerRow] = []
    for at in variables.indices {
      let key = [variables[at], levels[at]]
      let row =
        place[key]
        ?? {
          rows.append(
            AnswerRow(
              variable: variables[at], level: levels[at], probabilities: [Double?](repeating: nil, count: groups.count))
          )
          place[key] = rows.count - 1
          return rows.count - 1
        }()
      if let group = groups.firstIndex(where: { $0.key == segments[at] }) {
        rows[row].probabilities[group] = values[at]
      }
    }
    return ordered(rows, groups)
  }

  private static func ordered(_ rows: [AnswerRow], _ groups: [SegmentGroup]) -> [AnswerRow] {
    var names: [String] = []
    var byName: [String: [AnswerRow]] = [:]
    for row in rows {
      if byName[row.variable] == nil { names.append(row.variable) }
      byName[row.variable, default: []].append(row)
    }
    let blocks = names.map { name -> [AnswerRow] in
      let own = byName[name] ?? []
      let answers = Set(own.map(\.level))
      guard answers.isSubset(of: ["0", "1"]) || answers.isSubset(of: ["false", "true"]) else { return own }
      // Of yes and no, the no says nothing more.
      return own.filter { $0.level == "1" || $0.level == "true" }.map { row in
        AnswerRow(variable: row.variable, level: "", probabilities: row.probabilities)
      }
    }
    let sorted = blocks.enumerated().sorted { a, b in
      let (x, y) = (a.element.map { $0.spread(groups) }.max() ?? 0, b.element.map { $0.spread(groups) }.max() ?? 0)
      return (-x, a.offset) < (-y, b.offset)
    }
    return sorted.flatMap(\.element)
  }
}
