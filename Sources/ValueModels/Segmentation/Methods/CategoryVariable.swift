import Statistics
import Tables

/// A column whose values count as categories, for the rows used.
struct CategoryVariable: Sendable {
  let name: String
  /// A code a row used, −1 where it has no value.
  let codes: [Int32]
  /// The values that occur.
  let levels: [String]

  /// More different values than this are no categories: numbers, names or free text.
  static let mostLevels = 30

  init(_ column: Column, rows: [Int]) {
    name = column.name
    let (codes, names) = column.codes()
    var occurs = [Bool](repeating: false, count: names.count)
    for row in rows where codes[row] >= 0 { occurs[Int(codes[row])] = true }
    var place = [Int32](repeating: -1, count: names.count)
    var kept: [String] = []
    for code in names.indices where occurs[code] {
      place[code] = Int32(clamping: kept.count)
      kept.append(names[code])
    }
    self.codes = rows.map { codes[$0] < 0 ? -1 : place[Int(codes[$0])] }
    levels = kept
  }

  /// Whether a column holds 0 and 1 (or truths) and nothing else.
  static func isYesOrNo(_ column: Column) -> Bool {
    if column.type == .truth { return true }
    guard column.isNumeric, column.missingCount < column.count else { return false }
    return column.numbers().allSatisfy { $0.isNaN || $0 == 0 || $0 == 1 }
  }

  /// Whether a column is of categories without being named: texts, truths, 0 and 1.
  static func isCategory(_ column: Column) -> Bool {
    column.type == .category || column.type == .text || isYesOrNo(column)
  }

  /// The answers of several variables, as the engines take them.
  static func answers(_ variables: [CategoryVariable]) -> CategoricalAnswers {
    CategoricalAnswers(codes: variables.map(\.codes), levels: variables.map { max(1, $0.levels.count) })
  }
}
