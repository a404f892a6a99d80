import Diagnostics
import Tables

/// Who sold how much when, and in which part of the market.
struct MarketSales {
  struct Sale: Hashable {
    var period: Int
    var player: Int
    /// −1 where the table has no segments.
    var segment: Int
  }

  /// In order of time.
  var periods: [String] = []
  /// Years from the first period to each; nil where periods are texts without a time.
  var years: [Double]?
  /// In order of first appearance.
  var players: [String] = []
  var segments: [String] = []
  var unit: String?
  private var values: [Sale: Double] = [:]
  /// Sums over segments by period and player, NaN where no row tells; and sizes by segment, the whole first, and period.
  private var sums: [[Double]] = []
  private var sizes: [[Double]] = []

  /// Reads the rows. Empty names, negative values, rows that stand twice and several units are errors at their cells.
  init?(_ rows: inout SourceRows, _ ground: inout Groundwork) {
    let period = ground.column("period", in: rows, standard: "period", isNeeded: false)
    let player = ground.column("player", in: rows, standard: "player")
    let value = ground.column("value", in: rows, standard: "value")
    let segment = ground.column("segment", in: rows, standard: "segment", isNeeded: false)
    let unit = ground.column("unit", in: rows, standard: "unit", isNeeded: false)
    guard let player, let value, let amounts = ground.numbers(value, in: rows, as: "column") else { return nil }
    rows.dropMissing(value, as: "no value")
    readUnit(unit, rows, &ground)
    let times = period.map { $0.codes() }
    let names = player.codes()
    let parts = segment.map { $0.codes() }
    periods = times?.levels ?? ["all"]
    if let period, let codes = times?.codes { settleTime(period, codes, rows) }
    // With `by`, the whole adds up what its groups hold: a player then has one row a period and group.
    let group = ground.column("by", in: rows, isNeeded: false)
    var first: [Sale: Int] = [:]
    var groupsOf: [Sale: Set<String>] = [:]
    var playerOf: [Int32: Int] = [:]
    var segmentOf: [Int32: Int] = [:]
    for row in rows.kept {
      for column in [period, player, segment].compactMap(\.self) where column.isMissing(row) {
        ground.failCell(
          "analysis.missing-name", rows, row, column, "every row names its \(column.name), and this cell is empty")
      }
      let time = times.map { Int($0.codes[row]) } ?? 0
      let part = parts?.codes[row]
      guard time >= 0, names.codes[row] >= 0, part ?? 0 >= 0 else { continue }
      if amounts[row] < 0 {
        ground.failCell(
          "analysis.negative-value", rows, row, value, "values are 0 or more, and \(canonical(amounts[row])) was found")
        continue
      }
      let who = playerOf[names.codes[row]] ?? players.count
      if who == players.count {
        playerOf[names.codes[row]] = who
        players.append(names.levels[Int(names.codes[row])])
      }
      var place = -1
      if let part, let parts {
        place = segmentOf[part] ?? segments.count
        if place == segments.count {
          segmentOf[part] = place
          segments.append(parts.levels[Int(part)])
        }
      }
      let sale = Sale(period: time, player: who, segment: place)
      let isNewGroup = group?.text(row).map { groupsOf[sale, default: []].insert($0).inserted } ?? false
      if first[sale] != nil, isNewGroup {
        values[sale, default: 0] += amounts[row]
        continue
      }
      if let earlier = first[sale] {
        ground.failCell(
          "analysis.repeated-row", rows, row, player,
          "a player has one row a period\(segment == nil ? "" : " and segment"), and '\(excerpt(players[who]))' stands on line \(rows.table.line(ofRow: earlier)) already"
        )
        continue
      }
      first[sale] = row
      values[sale] = amounts[row]
    }
    dropEmptyPeriods()
    settle()
    if !ground.hasErrors, !periods.indices.contains(where: { size($0) > 0 }) {
      ground.fail("analysis.no-rows", at: rows.position, "a market has sales, and the values sum to nothing")
    }
  }

  /// Adds up once what every share is divided by. Players in their order, so that sums are the same on every run.
  private mutating func settle() {
    sums = [[Double]](repeating: [Double](repeating: .nan, count: players.count), count: periods.count)
    sizes = [[Double]](repeating: [Double](repeating: 0, count: periods.count), count: segments.count + 1)
    let places = segments.isEmpty ? [-1] : Array(segments.indices)
    for period in periods.indices {
      for player in players.indices {
        for place in places {
          guard let value = values[Sale(period: period, player: player, segment: place)] else { continue }
          sums[period][player] = (sums[period][player].isNaN ? 0 : sums[period][player]) + value
          sizes[0][period] += value
          if place >= 0 { sizes[place + 1][period] += value }
        }
      }
    }
  }

  /// Periods that `where` left without rows are none.
  private mutating func dropEmptyPeriods() {
    let used = Set(values.keys.map(\.period))
    guard used.count < periods.count, !used.isEmpty else { return }
    let stay = periods.indices.filter { used.contains($0) }
    let place = Dictionary(uniqueKeysWithValues: stay.enumerated().map { ($1, $0) })
    var moved: [Sale: Double] = [:]
    for (sale, value) in values {
      guard let period = place[sale.period] else { continue }
      moved[Sale(period: period, player: sale.player, segment: sale.segment)] = value
    }
    values = moved
    periods = stay.map { periods[$0] }
    years = years.map { years in stay.map { years[$0] - years[stay[0]] } }
  }

  private mutating func readUnit(_ column: Column?, _ rows: SourceRows, _ ground: inout Groundwork) {
    guard let column else { return }
    for row in rows.kept {
      guard let text = column.text(row) else { continue }
      guard let unit else {
        unit = text
        continue
      }
      if text != unit {
        ground.failCell(
          "analysis.mixed-units", rows, row, column,
          "values of one unit are added, and '\(excerpt(text))' was found after '\(excerpt(unit))'",
          hint: "'where' keeps the rows of one unit")
        return
      }
    }
  }

  /// Numbers and dates tell how far periods lie apart; texts stand in their alphabetical order, as 2024-Q1 and 2024-Q2 do.
  private mutating func settleTime(_ column: Column, _ codes: [Int32], _ rows: SourceRows) {
    if column.isNumeric {
      let numbers = periods.compactMap { Double($0) }
      if numbers.count == periods.count { years = numbers.map { $0 - (numbers.first ?? 0) } }
    } else if let days = column.days() {
      var dayOf = [Int32](repeating: 0, count: periods.count)
      for row in rows.kept where codes[row] >= 0 { dayOf[Int(codes[row])] = days[row] ?? 0 }
      years = dayOf.map { Double($0 - (dayOf.first ?? 0)) / 365.25 }
    }
  }

  // MARK: Sums

  /// What a player sold in a period, in one segment or in all; nil where no row says so.
  func value(_ period: Int, _ player: Int, segment: Int? = nil) -> Double? {
    if let segment { return values[Sale(period: period, player: player, segment: segment)] }
    let sum = sums[period][player]
    return sum.isNaN ? nil : sum
  }

  func size(_ period: Int, segment: Int? = nil) -> Double {
    sizes[segment.map { $0 + 1 } ?? 0][period]
  }

  /// The years, or the number of periods, from one to another.
  func span(_ from: Int, _ to: Int) -> Double { years.map { $0[to] - $0[from] } ?? Double(to - from) }
}

/// Relative growth; nil from nothing.
func growth(_ before: Double?, _ after: Double?) -> Double? {
  guard let before, let after, before > 0 else { return nil }
  return after / before - 1
}

/// Compound growth a unit of the span: (after / before)^(1 / span) − 1; nil from nothing, to nothing, or over no time.
func compoundGrowth(_ before: Double?, _ after: Double?, span: Double) -> Double? {
  guard let before, let after, before > 0, after > 0, span > 0 else { return nil }
  return power(after / before, 1 / span) - 1
}
