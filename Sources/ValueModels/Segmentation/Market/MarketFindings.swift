import Diagnostics
import Glibc

func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// How concentrated sales are.
struct Concentration {
  var size = 0.0
  /// Players that are one.
  var players = 0
  /// Σ of squared shares, 0–1.
  var herfindahl: Double?
  /// The same with each of the others as one player.
  var herfindahlGreatest: Double?
  var fourLargest: Double?
  var leader: Int?
  var leaderShare: Double?

  init(_ values: [Double?], isOther: [Bool]) {
    size = values.reduce(0) { $0 + ($1 ?? 0) }
    let named = values.indices.filter { !isOther[$0] && (values[$0] ?? 0) > 0 }
    players = named.count
    guard size > 0 else { return }
    let shares = named.map { (values[$0] ?? 0) / size }
    herfindahl = shares.reduce(0) { $0 + $1 * $1 }
    herfindahlGreatest = values.reduce(0) { $0 + ($1 ?? 0) / size * (($1 ?? 0) / size) }
    fourLargest = shares.sorted(by: >).prefix(4).reduce(0, +)
    leader = named.max { ((values[$0] ?? 0), -$0) < ((values[$1] ?? 0), -$1) }
    leaderShare = leader.map { (values[$0] ?? 0) / size }
  }

  /// As percent squares, the way authorities print it.
  var index: Double? { herfindahl.map { $0 * 10_000 } }
  var numbersEquivalent: Double? { herfindahl.flatMap { $0 > 0 ? 1 / $0 : nil } }
}

/// Facts and tables of a market.
struct MarketFindings {
  private let sales: MarketSales
  private let own: Int?
  private let isOther: [Bool]
  private let rows: SourceRows

  init(_ sales: MarketSales, own: String?, others: [String], _ rows: SourceRows) {
    self.sales = sales
    self.own = own.flatMap { sales.players.firstIndex(of: $0) }
    isOther = sales.players.map { others.contains($0) }
    self.rows = rows
  }

  private func values(_ period: Int, segment: Int? = nil) -> [Double?] {
    sales.players.indices.map { sales.value(period, $0, segment: segment) }
  }

  private func concentration(_ period: Int, segment: Int? = nil) -> Concentration {
    Concentration(values(period, segment: segment), isOther: isOther)
  }

  private func share(_ player: Int?, _ period: Int, segment: Int? = nil) -> Double? {
    let size = sales.size(period, segment: segment)
    guard let player, size > 0 else { return nil }
    return (sales.value(period, player, segment: segment) ?? 0) / size
  }

  private var last: Int { sales.periods.count - 1 }

  func findings(_ ground: inout Groundwork) -> Findings {
    warn(&ground)
    let count = sales.players.count
    let periods = sales.periods.count
    var findings = ground.findings(
      summary: "\(count) players in \(periods) \(periods == 1 ? "period" : "periods")"
        + (sales.segments.isEmpty ? "" : " and \(sales.segments.count) segments")
        + "; concentration as the sum of squared shares", baseOf: nil, data: [rows])
    let now = concentration(last)
    findings.facts = [
      Fact("periods", periods), Fact("players", now.players), Fact("period", .text(sales.periods[last]), .text),
      Fact("size", now.size), Fact("unit", Value(sales.unit), .text),
      Fact("growth", Value(last > 0 ? growth(sales.size(last - 1), now.size) : nil), .share),
      Fact("cagr", Value(compoundGrowth(sales.size(0), now.size, span: sales.span(0, last))), .share),
      Fact("hhi", Value(now.index)), Fact("hhi_greatest", Value(now.herfindahlGreatest.map { $0 * 10_000 })),
      Fact("cr4", Value(now.fourLargest), .share), Fact("numbers_equivalent", Value(now.numbersEquivalent)),
      Fact("leader", Value(now.leader.map { sales.players[$0] }), .text),
      Fact("leader_share", Value(now.leaderShare), .share), Fact("own_share", Value(share(own, last)), .share),
      Fact("own_change", Value(change(own, last)), .signed),
    ]
    findings.tables = [periodsTable, playersTable, standingTable] + (sales.segments.isEmpty ? [] : [segmentsTable])
    return findings
  }

  private func change(_ player: Int?, _ period: Int) -> Double? {
    guard period > 0, let now = share(player, period), let before = share(player, period - 1) else { return nil }
    return now - before
  }

  private func warn(_ ground: inout Groundwork) {
    let empty = sales.periods.indices.filter { sales.size($0) <= 0 }
    if !empty.isEmpty {
      ground.cautions.append(
        Caution(
          "empty-period",
          "\(empty.count == 1 ? "A period has" : "\(empty.count) periods have") no sales, and no shares",
          rows: empty.map { sales.periods[$0] }))
    }
    let gone = sales.players.indices.filter { player in
      let seen = sales.periods.indices.map { sales.value($0, player) != nil }
      return seen.contains(true) && seen.contains(false)
    }
    if !gone.isEmpty {
      ground.cautions.append(
        Caution(
          "missing-periods",
          "\(gone.count == 1 ? "A player has" : "\(gone.count) players have") no row in some periods and \(gone.count == 1 ? "counts" : "count") as nothing there: entry, exit, or a gap in the data",
          rows: gone.map { sales.players[$0] }))
    }
    if sales.years == nil, sales.periods.count > 1 {
      ground.cautions.append(
        Caution(
          "periods-without-time", "Periods are texts in alphabetical order; compound growth is a period, not a year"))
    }
    let large = sales.players.indices.filter { isOther[$0] && (share($0, last) ?? 0) > 0.25 }
    if !large.isEmpty {
      ground.cautions.append(
        Caution(
          "others-large", "More than a quarter of the market is 'others': its concentration is a least value",
          rows: large.map { sales.players[$0] }))
    }
  }

  private var periodsTable: FindingsTable {
    var table = FindingsTable(
      "periods", title: "The market by period",
      columns: [
        .init("period", .text), .init("segment", .text), .init("size"), .init("growth", .share),
        .init("players", .integer),
        .init("hhi"), .init("cr4", .share), .init("numbers_equivalent"), .init("leader", .text),
        .init("leader_share", .share), .init("own_share", .share),
      ])
    for segment in [nil] + sales.segments.indices.map({ Optional($0) }) {
      for period in sales.periods.indices {
        let found = concentration(period, segment: segment)
        table.add([
          .text(sales.periods[period]), Value(segment.map { sales.segments[$0] }), Value(found.size),
          Value(period > 0 ? growth(sales.size(period - 1, segment: segment), found.size) : nil),
          .integer(found.players), Value(found.index), Value(found.fourLargest), Value(found.numbersEquivalent),
          Value(found.leader.map { sales.players[$0] }), Value(found.leaderShare),
          Value(share(own, period, segment: segment)),
        ])
      }
    }
    return table
  }

  /// Players by their last value, the largest first, others at the end.
  private var order: [Int] {
    sales.players.indices.sorted { a, b in
      if isOther[a] != isOther[b] { return isOther[b] }
      let (p, q) = (sales.value(last, a) ?? -1, sales.value(last, b) ?? -1)
      return p != q ? p > q : a < b
    }
  }

  private var playersTable: FindingsTable {
    var table = FindingsTable(
      "players", title: "Players by period",
      columns: [
        .init("player", .text), .init("period", .text), .init("value"), .init("share", .share),
        .init("change", .signed),
        .init("growth", .share),
      ])
    for player in order {
      for period in sales.periods.indices {
        guard let value = sales.value(period, player) else { continue }
        let before = period > 0 ? sales.value(period - 1, player) : nil
        table.add([
          .text(sales.players[player]), .text(sales.periods[period]), Value(value), Value(share(player, period)),
          Value(change(player, period)), Value(growth(before, value)),
        ])
      }
    }
    return table
  }

  private var standingTable: FindingsTable {
    var table = FindingsTable(
      "standing", title: "Players in the last period",
      columns: [
        .init("player", .text), .init("value"), .init("share", .share), .init("change", .signed),
        .init("growth", .share),
        .init("cagr", .share), .init("rank", .integer), .init("others", .truth),
      ])
    for (rank, player) in order.enumerated() {
      guard let value = sales.value(last, player) else { continue }
      let before = last > 0 ? sales.value(last - 1, player) : nil
      let start = sales.periods.indices.first { (sales.value($0, player) ?? 0) > 0 } ?? last
      table.add([
        .text(sales.players[player]), Value(value), Value(share(player, last)), Value(change(player, last)),
        Value(growth(before, value)),
        Value(compoundGrowth(sales.value(start, player), value, span: sales.span(start, last))),
        isOther[player] ? .missing : .integer(rank + 1), .truth(isOther[player]),
      ])
    }
    return table
  }

  private var segmentsTable: FindingsTable {
    var table = FindingsTable(
      "segments", title: "Parts of the market in the last period",
      columns: [
        .init("segment", .text), .init("slug", .text), .init("size"), .init("share", .share), .init("growth", .share),
        .init("cagr", .share), .init("hhi"), .init("leader", .text), .init("leader_share", .share),
        .init("own_share", .share),
      ])
    let slugs = uniqueSlugs(sales.segments)
    let whole = sales.size(last)
    let order = sales.segments.indices.sorted {
      (-sales.size(last, segment: $0), $0) < (-sales.size(last, segment: $1), $1)
    }
    for at in order {
      let found = concentration(last, segment: at)
      let before = last > 0 ? sales.size(last - 1, segment: at) : nil
      table.add([
        .text(sales.segments[at]), .text(slugs[at]), Value(found.size), Value(whole > 0 ? found.size / whole : .nan),
        Value(growth(before, found.size)),
        Value(compoundGrowth(sales.size(0, segment: at), found.size, span: sales.span(0, last))), Value(found.index),
        Value(found.leader.map { sales.players[$0] }), Value(found.leaderShare), Value(share(own, last, segment: at)),
      ])
    }
    return table
  }
}
