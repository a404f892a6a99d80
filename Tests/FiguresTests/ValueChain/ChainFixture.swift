import Formats
import Graphics
import Statistics
import ValueModels

@testable import Figures

/// Findings of invented chains.
enum ChainFixture {
  typealias Flow = (from: String, to: String, what: String, kind: String, value: Double?, unit: String, period: String)

  static func findings(
    actors: [(name: String, role: String, stage: String, customer: String)], flows: [Flow], own: String? = nil
  ) -> Findings {
    var actorTable = FindingsTable(
      "actors", title: "Actors",
      columns: [
        .init("actor", .text), .init("slug", .text), .init("role", .text), .init("stage", .text),
        .init("customer_kind", .text),
      ])
    for (actor, slug) in zip(actors, uniqueSlugs(actors.map(\.name))) {
      actorTable.add([
        .text(actor.name), .text(slug), actor.role.isEmpty ? .missing : .text(actor.role),
        actor.stage.isEmpty ? .missing : .text(actor.stage), actor.customer.isEmpty ? .missing : .text(actor.customer),
      ])
    }
    var flowTable = FindingsTable(
      "flows", title: "Flows",
      columns: [
        .init("from", .text), .init("to", .text), .init("offering", .text), .init("kind", .text), .init("value"),
        .init("unit", .text), .init("period", .text), .init("source", .text),
      ])
    for flow in flows {
      flowTable.add([
        .text(flow.from), .text(flow.to), .text(flow.what), .text(flow.kind), Value(flow.value), .text(flow.unit),
        .text(flow.period), .missing,
      ])
    }
    var findings = Findings(
      id: "chain", type: "value-chain", title: "Who gives what to whom",
      method: Method(
        summary: "Value chain of \(actors.count) actors and \(flows.count) flows",
        settings: own.map { [.init("own", .text($0))] } ?? []))
    findings.tables = [actorTable, flowTable]
    return findings
  }

  /// A bakery: a hub with neighbours on both sides, in its own stage, and flows that skip stages.
  static let bakery = findings(
    actors: [
      ("Fields", "grow wheat", "1 Farm", ""), ("Mill", "grind and blend", "2 Mill", "buyer"),
      ("Yeast makers", "", "2 Mill", ""), ("Bakery", "bake bread overnight", "3 Oven", "buyer"),
      ("Power company", "heat and light", "3 Oven", ""), ("Drivers", "deliver before seven", "3 Oven", ""),
      ("Corner shops", "sell beside the milk", "4 Counter", "buyer, recommender"),
      ("Canteens", "feed two hundred a day", "4 Counter", "payer"), ("Households", "eat it", "5 Table", "user; payer"),
      ("Food writers", "test crusts", "5 Table", "influencer"),
    ],
    flows: [
      ("Fields", "Mill", "wheat", "product", 900, "t", "year"),
      ("Mill", "Fields", "price of wheat", "money", 0.2, "EUR", "loaf"),
      ("Mill", "Bakery", "flour in sacks", "product", 700, "t", "year"),
      ("Bakery", "Mill", "price of flour", "money", 0.45, "EUR", "loaf"),
      ("Yeast makers", "Bakery", "yeast", "product", 12, "t", "year"),
      ("Bakery", "Yeast makers", "price of yeast", "money", 0.05, "EUR", "loaf"),
      ("Power company", "Bakery", "gas and light", "service", nil, "", ""),
      ("Bakery", "Power company", "bill", "money", 0.3, "EUR", "loaf"),
      ("Drivers", "Bakery", "deliveries", "service", nil, "", ""),
      ("Bakery", "Drivers", "wages", "money", 0.4, "EUR", "loaf"),
      ("Bakery", "Corner shops", "bread on credit", "product", 500, "t", "year"),
      ("Corner shops", "Bakery", "wholesale price of a loaf", "money", 1.4, "EUR", "loaf"),
      ("Bakery", "Canteens", "rolls and trays", "product", 260, "t", "year"),
      ("Canteens", "Bakery", "monthly bill", "money", 0.9, "EUR", "loaf"),
      ("Corner shops", "Households", "bread every morning", "product", 480, "t", "year"),
      ("Households", "Corner shops", "price of a loaf", "money", 2.2, "EUR", "loaf"),
      ("Food writers", "Households", "ratings", "influence", 4, "1 to 5", "week"),
      ("Bakery", "Food writers", "open house", "information", 2, "1 to 5", "week"),
      ("Households", "Bakery", "complaints and praise", "information", 3, "1 to 5", "week"),
      ("Drivers", "Corner shops", "a word in the morning", "trust", 5, "1 to 5", "week"),
      ("Corner shops", "Drivers", "coffee", "trust", 4, "1 to 5", "week"),
    ], own: "Bakery")

  /// A chain of chance, the same for a seed.
  static func random(actors: Int, flows: Int, stages: Int, seed: UInt64) -> Findings {
    var generator = SeededGenerator(seed: seed)
    let words = [
      "grain", "advice", "price of the thing", "credit", "data about use", "hours", "a place to sit", "praise",
    ]
    let kinds = BandKind.allCases.dropLast().map(\.word)
    let list = (0..<actors).map { index in
      (
        name: "Actor \(index + 1)" + (index % 7 == 3 ? " of the valley and the coast" : ""),
        role: index % 3 == 0 ? "does what it can for others" : "",
        stage: stages == 0 ? "" : "\(generator.index(below: stages) + 1) Stage", customer: index % 4 == 1 ? "buyer" : ""
      )
    }
    let named = list.map { entry in (entry.name, entry.role, entry.stage, entry.customer) }
    let all = (0..<flows).map { index -> Flow in
      let from = generator.index(below: actors)
      var to = generator.index(below: actors)
      if to == from { to = (to + 1) % actors }
      let kind = kinds[generator.index(below: kinds.count)]
      let value = generator.index(below: 4) == 0 ? nil : Double(generator.index(below: 1000)) / 10
      return (
        list[from].name, list[to].name,
        words[generator.index(below: words.count)] + (index % 9 == 0 ? " and more" : ""),
        kind, value, kind == "money" ? "EUR" : "t", "year"
      )
    }
    return findings(actors: named, flows: all, own: list[0].name)
  }

  static func context(_ findings: Findings, _ width: FigureWidth = .normal) -> FigureContext {
    FigureContext(findings: findings, language: .british, width: width, measurer: FixedWidthMeasurer())
  }
}
