import Tables

/// A column as a profile reads it, for the rows used, in their order.
struct ProfileVariable: Sendable {
  enum Values: Sendable {
    /// Numbers, NaN where missing; `isShare` where all are 0 or 1, so that the mean is a share.
    case numbers([Double], isShare: Bool)
    /// Codes into the levels, −1 where missing.
    case levels(codes: [Int32], names: [String])
  }

  let name: String
  let values: Values
  /// Whether the segments were formed from it, so that its differences were sought and not found.
  var isActive = false

  /// - Parameter rows: the rows used, from 0.
  init(_ column: Column, rows: [Int], isActive: Bool = false) {
    name = column.name
    self.isActive = isActive
    if column.isNumeric {
      let all = column.numbers()
      let numbers = rows.map { all[$0] }
      let isShare = numbers.allSatisfy { $0.isNaN || $0 == 0 || $0 == 1 } && numbers.contains { !$0.isNaN }
      values = .numbers(numbers, isShare: isShare)
    } else {
      let (codes, names) = column.codes()
      values = Self.used(rows.map { codes[$0] }, names: names)
    }
  }

  /// Levels that no row used has are left out.
  private static func used(_ codes: [Int32], names: [String]) -> Values {
    var occurs = [Bool](repeating: false, count: names.count)
    for code in codes where code >= 0 { occurs[Int(code)] = true }
    var place = [Int32](repeating: -1, count: names.count)
    var kept: [String] = []
    for code in names.indices where occurs[code] {
      place[code] = Int32(clamping: kept.count)
      kept.append(names[code])
    }
    return .levels(codes: codes.map { $0 < 0 ? -1 : place[Int($0)] }, names: kept)
  }

  /// Rows, with a value or without.
  var count: Int {
    switch values {
    case .numbers(let numbers, _): numbers.count
    case .levels(let codes, _): codes.count
    }
  }

  /// Rows without a value.
  var missing: Int {
    switch values {
    case .numbers(let numbers, _): numbers.count { $0.isNaN }
    case .levels(let codes, _): codes.count { $0 < 0 }
    }
  }

  /// Rows with a value, group by group.
  func bases(_ grouping: Grouping) -> [Int] {
    var bases = [Int](repeating: 0, count: grouping.count)
    switch values {
    case .numbers(let numbers, _):
      for (row, group) in grouping.membership.enumerated() where !numbers[row].isNaN { bases[group] += 1 }
    case .levels(let codes, _):
      for (row, group) in grouping.membership.enumerated() where codes[row] >= 0 { bases[group] += 1 }
    }
    return bases
  }
}

/// Which columns can be profiled and why the others cannot.
enum ProfileColumns {
  /// More levels than this make no profile: nobody reads them, and most are rare.
  static let mostLevels = 30

  /// The reason a column is left out, nil where it can be profiled.
  static func objection(to column: Column, rows: [Int]) -> String? {
    if rows.allSatisfy({ column.isMissing($0) }) { return "has no values" }
    switch column.type {
    case .number, .integer, .truth: return nil
    case .date: return "holds dates"
    case .category, .text:
      let (codes, names) = column.codes()
      var occurs = [Bool](repeating: false, count: names.count)
      for row in rows where codes[row] >= 0 { occurs[Int(codes[row])] = true }
      let levels = occurs.count { $0 }
      let answered = rows.count { codes[$0] >= 0 }
      // A share for each name would put every person on the page.
      if answered >= 10, Double(levels) >= 0.95 * Double(answered) { return "tells persons apart, not groups" }
      return levels > mostLevels ? "has \(levels) different answers, and a profile shows at most \(mostLevels)" : nil
    }
  }

  /// Whether a column merely counts the rows: whole numbers, no two alike and none left out.
  static func isRunningNumber(_ column: Column) -> Bool {
    guard case .integer = column.storage, column.missingCount == 0, column.count > 10 else { return false }
    let numbers = column.numbers()
    guard let low = numbers.min(), let high = numbers.max(), high - low == Double(numbers.count - 1) else {
      return false
    }
    return Set(numbers).count == numbers.count
  }

  /// Whether a column looks like names of persons or rows: running numbers, or texts of which hardly one occurs twice.
  /// Such columns are left out where the columns were not named.
  static func looksLikeIdentifier(_ column: Column) -> Bool {
    switch column.type {
    case .integer: return isRunningNumber(column)
    case .category, .text:
      let present = column.count - column.missingCount
      return present > 2 && Double(column.codes().levels.count) >= 0.95 * Double(present)
    case .number, .date, .truth: return false
    }
  }
}
