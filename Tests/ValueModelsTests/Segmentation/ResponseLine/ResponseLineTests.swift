import Statistics
import Testing

@testable import ValueModels

@Suite struct ResponseLineTests {
  private func found(_ more: String = "", _ csv: String? = nil, suppressBelow: Int = 10) throws -> Findings {
    try ResponseInput.asking(ResponseInput.plain + more, csv, suppressBelow: suppressBelow).findings()
  }

  private func sum(_ table: FindingsTable?, _ column: String) -> Double {
    table?.numbers(column).compactMap { $0 }.reduce(0, +) ?? .nan
  }

  @Test func `facts and tables fit together`() throws {
    let found = try found()
    let deciles = try #require(found.table("deciles"))
    #expect(
      found.number("base") == 2000 && found.number("holdout_base") == 600 && found.number("training_base") == 1400)
    #expect(sum(deciles, "customers") == 600 && deciles.rows.count == 10)
    #expect(isClose(deciles.numbers("cumulative_gain").last ?? nil, 1))
    #expect(isClose(found.number("lift_top_decile"), deciles.numbers("lift")[0]))
    let responders = sum(deciles, "responders")
    #expect(isClose(found.number("holdout_rate"), responders / 600))
    // Drawn within outcome: 30% of those who responded.
    #expect(responders == (0.3 * (found.number("responders") ?? 0)).rounded())
    let line = try #require(found.table("line"))
    #expect(sum(line, "customers") == 600 && sum(line, "responders") == responders)
    #expect(line.numbers("customers").allSatisfy { ($0 ?? 0) >= 10 })
    let area = try #require(found.number("auc"))
    #expect(area > 0.6 && area > found.number("auc_lower") ?? 1 && area < found.number("auc_upper") ?? 0)
    #expect(found.fact("break_even") == .missing && found.fact("contact_share") == .missing)
    #expect(found.setting("positive") == .list([.text("yes")]))
    #expect(found.setting("holdout") == .number(0.3))
    #expect(try found == self.found())
  }

  @Test func `coefficients are those of the regression of the rows learnt from`() throws {
    let found = try found("holdout: {last: 0.25}")
    let rows = ResponseInput.csv().split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    // The commonest town is Corby.
    let x = rows.prefix(1500).map { row -> [Double] in
      [Double(row[2]) ?? .nan, Double(row[3]) ?? .nan, row[4] == "Brill" ? 1 : 0, row[4] == "Aston" ? 1 : 0]
    }
    let fit = try LogisticRegression(Matrix(x), outcomes: rows.prefix(1500).map { $0[6] == "yes" })
    let table = try #require(found.table("coefficients"))
    func cell(_ term: String, _ column: String) -> Double? {
      table.rows(where: ["term": .text(term)]).first?[column]?.number
    }
    for (at, term) in ["orders", "months", "town: Brill", "town: Aston"].enumerated() {
      #expect(isClose(cell(term, "estimate"), fit.coefficients[at]?.estimate), "\(term)")
      #expect(isClose(cell(term, "standard_error"), fit.coefficients[at]?.standardError), "\(term)")
      #expect(isClose(cell(term, "odds_ratio"), fit.coefficients[at]?.oddsRatio), "\(term)")
    }
    #expect(isClose(cell("(Intercept)", "estimate"), fit.intercept.estimate))
    #expect(table.rows(where: ["term": .text("town: Brill")]).first?["against"] == .text("Corby"))
  }

  @Test func `break-even cuts the line, and never is the tail whose upper limits lie below it`() throws {
    let found = try found("contact_cost: 2\nmargin: 16")
    #expect(found.number("break_even") == 0.125)
    let line = try #require(found.table("line"))
    let zones = line.texts("zone")
    #expect(Set(zones) == ["contact", "perhaps", "never"])
    let order = ["contact", "perhaps", "never"].map { zone in zones.firstIndex(of: zone) ?? -1 }
    #expect(order == order.sorted() && order[0] == 0)
    for row in line.rows(where: ["zone": .text("never")]) { #expect((row["predicted_upper"]?.number ?? 1) < 0.125) }
    let depth = try #require(found.table("depth"))
    #expect(depth.rows.count == 20)
    let last = try #require(depth.rows.last)
    let all = (found.number("holdout_rate") ?? 0) * 600 * 16 - 2 * 600
    #expect(isClose(last[depth.index(of: "profit") ?? 0].number, all))
    #expect(isClose(found.number("profit_of_all"), all))
    #expect((found.number("profit_of_contacts") ?? 0) > all)
  }

  @Test func `cost and margin by customer`() throws {
    let csv = ResponseInput.csv { i, cells in cells[1] = i % 2 == 0 ? "1" : "3" }
    let found = try ResponseInput.asking(
      "customer: client\nresponded: said\n\(ResponseInput.features)\ncontact_cost: day\nmargin: 16", csv
    ).findings()
    let share = try #require(found.number("break_even"))
    #expect(abs(share - 2.0 / 16) < 0.01)
    #expect((found.number("contact_share") ?? 0) > 0.1)
  }

  @Test func `weights count as repeated rows in rates`() throws {
    let csv = ResponseInput.csv { i, cells in cells[1] = i % 3 == 0 ? "0" : "2" }
    let found = try found("weight: day", csv)
    #expect(found.data[0].used == 1333 && found.number("base") == 1333)
    #expect(isClose(found.number("effective_base"), 1333))
    #expect(found.dropped.allSatisfy { $0.reason == "a weight of 0" })
  }

  @Test func `the latest rows are held out by column or from a day on`() throws {
    let shuffled = ResponseInput.csv { i, cells in
      cells[1] = "2026-01-\((i * 7) % 28 + 1 < 10 ? "0" : "")\((i * 7) % 28 + 1)"
    }
    let latest = try found("holdout: {column: day, from: 2026-01-22}", shuffled)
    #expect(latest.number("holdout_base") == Double((0..<2000).count { ($0 * 7) % 28 + 1 >= 22 }))
    let share = try found("holdout: {last: 0.25, column: day}", shuffled)
    #expect(share.number("holdout_base") == 500)
    #expect(!share.cautions.contains { $0.id == "rows-not-in-order" })
    let rows = try found("holdout: {last: 0.25}", shuffled)
    #expect(rows.cautions.contains { $0.id == "rows-not-in-order" && $0.message.contains("'day'") })
  }

  @Test func `empty categories are a level of their own, or dropped`() throws {
    let csv = ResponseInput.csv { i, cells in if i % 10 == 0 { cells[4] = "" } }
    let kept = try found("", csv)
    #expect(kept.number("base") == 2000)
    #expect(kept.table("coefficients")?.texts("term").contains("town: (no value)") == true)
    let dropped = try found("missing: drop", csv)
    #expect(dropped.number("base") == 1800 && dropped.dropped.count == 200)
    let numbers = try found("", ResponseInput.csv { i, cells in if i % 10 == 0 { cells[2] = "" } })
    #expect(numbers.number("base") == 1800)
  }

  @Test func `rare levels are one level, never one alone`() throws {
    let csv = ResponseInput.csv { i, cells in if i % 400 == 0 { cells[4] = "Rarity \(i)" } }
    let found = try found("", csv)
    let terms = found.table("coefficients")?.texts("term") ?? []
    #expect(!terms.contains { $0.contains("Rarity") })
    #expect(terms.contains { $0.contains("rare levels") })
    #expect(found.cautions.contains { $0.id == "rare-levels" })
    let one = try self.found("", ResponseInput.csv { i, cells in if i == 3 { cells[4] = "Alone" } })
    #expect(one.table("coefficients")?.texts("term").contains { $0.contains("Alone") } == false)
  }

  @Test func `separation is held by a ridge and said`() throws {
    let found = try found(
      "", ResponseInput.csv { i, cells in if cells[2] == "8" { cells[4] = "Deal"; cells[6] = "yes" } })
    #expect(found.cautions.contains { $0.id == "separated" && $0.rows == ["town: Deal"] })
    #expect(found.table("coefficients")?.numbers("estimate").allSatisfy { abs($0 ?? 0) < 50 } == true)
  }

  @Test func `a column that repeats another has no coefficient and is said`() throws {
    let csv = ResponseInput.csv { _, cells in cells[1] = cells[4] == "Brill" ? "b" : "other" }
    let found = try ResponseInput.asking(
      "customer: client\nresponded: said\nfeatures: [orders, town, day]", csv
    ).findings()
    #expect(found.cautions.contains { $0.id == "aliased-terms" && $0.rows == ["day: b"] })
    let table = try #require(found.table("coefficients"))
    #expect(table.rows(where: ["term": .text("day: b")]).first?["estimate"] == .missing)
  }

  @Test func `a feature known only afterwards is told by what it alone can do`() throws {
    let leak = try found("", ResponseInput.csv { _, cells in cells[3] = cells[6] == "yes" ? "30" : cells[3] })
    #expect(leak.cautions.contains { $0.id == "leak" && $0.rows == ["months"] })
    #expect(try !found().cautions.contains { $0.id == "leak" })
  }

  @Test func `several rows of one customer stay together`() throws {
    let csv = ResponseInput.csv { i, cells in cells[0] = "C\(i / 4)" }
    let found = try found("", csv)
    #expect(found.cautions.contains { $0.id == "repeated-customers" && $0.message.hasPrefix("500 ") })
    #expect((found.number("holdout_base") ?? 0).truncatingRemainder(dividingBy: 4) == 0)
  }

  @Test func `under a hundred responders there is no model`() throws {
    let csv = ResponseInput.csv(300)
    let found = try found("", csv)
    #expect(found.cautions.contains { $0.id == "too-few-responders" })
    #expect(found.tables.isEmpty && found.number("base") == 300 && found.number("responders") ?? 0 < 100)
    #expect(found.number("auc") == nil)
  }

  @Test func `few customers make fewer groups, none of them small`() throws {
    let found = try found("", suppressBelow: 150)
    #expect(found.table("deciles")?.rows.count == 4)
    #expect(found.table("line")?.numbers("customers").allSatisfy { ($0 ?? 0) >= 150 } == true)
    #expect(found.fact("lift_top_decile") == .missing)
    #expect(found.cautions.contains { $0.id == "few-customers" })
  }

  @Test func `nobody is named`() throws {
    let json = try found("contact_cost: 2\nmargin: 16").json()
    #expect(!json.contains("\"C1"))
  }
}
