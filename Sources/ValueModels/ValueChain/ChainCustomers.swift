/// How each actor counts as a customer: anyone who buys, pays, uses, influences or recommends.
///
/// What the file states goes first; what the flows show is added and marked, so that nobody who decides is overlooked.
struct ChainCustomers {
  let actors: ChainActors
  let flows: [ChainFlows.Flow]

  static let roles = ["buys", "pays", "uses", "influences", "recommends"]
  private static let words: [[String]] = [
    ["buyer", "buys"], ["payer", "pays"], ["user", "uses"], ["influencer", "influences"],
    ["recommender", "recommends"],
  ]

  /// Role by role: "stated", "flows" (the flows show it) or nil.
  func roles(of actor: Int) -> [String?] {
    let stated = actors.actors[actor].kinds
    let shown = self.shown(actor)
    return Self.roles.indices.map { role in
      if Self.words[role].contains(where: stated.contains) { return "stated" }
      return shown[role] ? "flows" : nil
    }
  }

  var isCustomer: [Bool] { actors.actors.indices.map { roles(of: $0).contains { $0 != nil } } }

  /// `customers(actor, slug, buys, pays, uses, influences, recommends)`: those who count as customers, in the file's order.
  func table(slugs: [String]) -> FindingsTable {
    var table = FindingsTable(
      "customers", title: "Who counts as a customer, and why",
      columns: [.init("actor", .text), .init("slug", .text)] + Self.roles.map { .init($0, .text) })
    for actor in actors.actors.indices {
      let roles = roles(of: actor)
      guard roles.contains(where: { $0 != nil }) else { continue }
      table.add([.text(actors.names[actor]), .text(slugs[actor])] + roles.map { Value($0) })
    }
    return table
  }

  /// Buys: gets a product or service from one it gives money to. Pays: gives money. Uses: gets a product or service and hands
  /// no product on. Influences: gives influence. That somebody recommends no flow shows: it is only ever stated.
  private func shown(_ actor: Int) -> [Bool] {
    let goods: [FlowKind] = [.product, .service]
    let paid = Set(flows.filter { $0.from == actor && $0.kind == .money }.map(\.to))
    let got = flows.filter { $0.to == actor && goods.contains($0.kind) }
    let handsOn = flows.contains { $0.from == actor && $0.kind == .product }
    let buys = got.contains { paid.contains($0.from) }
    let influences = flows.contains { $0.from == actor && $0.kind == .influence }
    return [buys, !paid.isEmpty, !got.isEmpty && !handsOn, influences, false]
  }
}
