import Diagnostics
import Settings
import Statistics
import Tables

/// Which rows a model is judged on: rows it has not seen.
enum ResponseHoldOut {
  /// A share drawn by chance, as many of those who responded and of those who did not.
  case share(Double)
  /// The last rows of the table, or the latest by a column.
  case last(Double, by: Column?)
  /// Rows whose value in a column is at least this.
  case from(Column, Double, text: String)

  /// Least and greatest share.
  static let range = 0.05...0.9

  /// Reads the setting `holdout`; errors are gathered.
  static func read(in rows: SourceRows, _ work: inout Groundwork) -> Self {
    let standard = Self.share(0.3)
    guard let setting = work.setting("holdout") else {
      work.record("holdout", .number(0.3))
      return standard
    }
    work.record("holdout", setting.printed)
    guard case .map = setting.value else {
      return .share(work.number("holdout", standard: nil, in: range) ?? 0.3)
    }
    let entries = work.map("holdout", known: ["last", "column", "from"]) ?? []
    func entry(_ key: String) -> Setting? { entries.first { $0.key == key }?.value }
    var column: Column?
    if let named = entry("column") {
      guard case .scalar(let name, _) = named.value else {
        work.bad("holdout.column", at: named.position, "the name of a column")
        return standard
      }
      column = work.column(Groundwork.Named(name: name, position: named.position), of: "holdout", in: rows)
      guard let column else { return standard }
      guard column.isNumeric || column.type == .date else {
        let row = column.firstNonDate ?? 0
        work.fail(
          "analysis.not-a-time", at: rows.position(row, column),
          "time is told by dates or numbers, and '\(column.name)' has '\(excerpt(column.text(row) ?? ""))'",
          hint: "write dates as 2026-05-04")
        return standard
      }
    }
    if let last = entry("last") {
      if entry("from") != nil {
        work.bad("holdout", at: setting.position, "either a share 'last' or a value 'from', not both")
      }
      guard case .scalar(let text, quoted: false) = last.value, let share = strictNumber(text) else {
        work.bad("holdout.last", at: last.position, "a share from \(range.lowerBound) to \(range.upperBound)")
        return standard
      }
      guard range.contains(share) else {
        work.fail(
          "settings.out-of-range", at: last.position,
          "'holdout.last' is a share from \(range.lowerBound) to \(range.upperBound), and \(text) was found")
        return standard
      }
      return .last(share, by: column)
    }
    guard let column, let from = entry("from") else {
      work.bad(
        "holdout", at: setting.position, "a share, {last: share}, or {column: name, from: value}")
      return standard
    }
    guard case .scalar(let text, _) = from.value, let value = Self.time(text, column) else {
      work.bad(
        "holdout.from", at: from.position,
        column.type == .date ? "a day such as 2026-05-04" : "a number, as the column '\(column.name)' holds numbers")
      return standard
    }
    return .from(column, value, text: text)
  }

  var column: Column? {
    switch self {
    case .share: nil
    case .last(_, let column): column
    case .from(let column, _, _): column
    }
  }

  /// A value as the column holds it: days since 1970, or a number.
  private static func time(_ text: String, _ column: Column) -> Double? {
    guard column.type == .date else { return strictNumber(text) }
    guard let day = CalendarDay(text) else { return nil }
    return Double(CalendarDays.number(year: day.year, month: max(1, day.month), day: max(1, day.day)))
  }

  /// The rows to learn from and the rows to judge by, as places among the rows kept.
  ///
  /// - Parameters:
  ///   - strata: by row kept; a share drawn by chance is drawn in each of them.
  ///   - units: by row kept, from 0: rows of one unit stay together where chance decides.
  func split(_ rows: SourceRows, strata: [Int], units: [Int], seed: UInt64) -> (train: [Int], held: [Int]) {
    var isHeld = [Bool](repeating: false, count: rows.kept.count)
    switch self {
    case .share(let share): drawn(share, strata, units, seed, &isHeld)
    case .last(let share, let column):
      var order = Array(rows.kept.indices)
      if let times = column.map(Self.times) {
        order.sort { (times[rows.kept[$0]], $0) < (times[rows.kept[$1]], $1) }
      }
      for place in order.suffix(Int((share * Double(order.count)).rounded())) { isHeld[place] = true }
    case .from(let column, let value, _):
      let times = Self.times(column)
      for (place, row) in rows.kept.enumerated() { isHeld[place] = times[row] >= value }
    }
    return (isHeld.indices.filter { !isHeld[$0] }, isHeld.indices.filter { isHeld[$0] })
  }

  private func drawn(_ share: Double, _ strata: [Int], _ units: [Int], _ seed: UInt64, _ isHeld: inout [Bool]) {
    let count = (units.max() ?? -1) + 1
    // A unit belongs to the stratum of its first row.
    var stratum = [Int](repeating: -1, count: count)
    for (place, unit) in units.enumerated() where stratum[unit] < 0 { stratum[unit] = strata[place] }
    var chosen = [Bool](repeating: false, count: count)
    for wanted in 0...(strata.max() ?? 0) {
      var members = (0..<count).filter { stratum[$0] == wanted }
      var generator = SeededGenerator(seed: seed, stream: UInt64(wanted) + 1)
      generator.shuffle(&members)
      for unit in members.prefix(Int((share * Double(members.count)).rounded())) { chosen[unit] = true }
    }
    for (place, unit) in units.enumerated() { isHeld[place] = chosen[unit] }
  }

  private static func times(_ column: Column) -> [Double] {
    column.days().map { $0.map { $0.map { Double($0) } ?? .nan } } ?? column.numbers()
  }

  /// How the rows were chosen, for the method's sentence: "a random 30 % of each outcome".
  var words: String {
    switch self {
    case .share(let share): "\(percentWords(share)) drawn at random, stratified by outcome"
    case .last(let share, nil): "the last \(percentWords(share)) of the rows"
    case .last(let share, let column?): "the latest \(percentWords(share)) by '\(column.name)'"
    case .from(let column, _, let text): "those with '\(column.name)' from \(text) on"
    }
  }

  /// Days of the table that are not in order, where rows are taken to be: the names of such columns, none where a
  /// column of days or times is in order.
  func unsorted(_ rows: SourceRows) -> [String] {
    guard case .last(_, nil) = self else { return [] }
    let columns = rows.table.columns.filter { $0.type == .date && $0.missingCount < $0.count }
    let apart = columns.filter { column in
      let times = Self.times(column)
      var last = -Double.infinity
      for row in rows.kept where !times[row].isNaN {
        if times[row] < last { return true }
        last = times[row]
      }
      return false
    }
    return apart.count == columns.count ? apart.map(\.name) : []
  }
}

/// "30%", "2.5%"
func percentWords(_ share: Double) -> String {
  let tenths = (share * 1000).rounded()
  guard tenths.isFinite, abs(tenths) < 1e9 else { return "–" }
  let whole = Int(tenths)
  if share > 0, whole == 0 { return "<0.1%" }
  let size = abs(whole)
  let digits = size % 10 == 0 ? "\(size / 10)" : "\(size / 10).\(size % 10)"
  return (whole < 0 ? "−" : "") + digits + "%"
}
