/// On how few others an actor depends.
struct ChainConcentration {
  let actors: ChainActors
  let flows: [ChainFlows.Flow]

  private struct Group: Hashable {
    var kind: FlowKind
    var unit: String?
    var period: String?
  }

  /// `concentration(actor, side, kind, unit, period, partners, total, hhi, equivalent, largest, largest_share)`.
  ///
  /// Suppliers: who gives an actor products and services, and whom it pays. Channels: to whom it gives products and
  /// services, and who pays it. Shares are within a kind, unit and period; Herfindahl–Hirschman index 0–1 and its inverse,
  /// the number of equal partners that would give it.
  func table() -> FindingsTable {
    var table = FindingsTable(
      "concentration", title: "On how few suppliers and channels each actor depends",
      columns: [
        .init("actor", .text), .init("side", .text), .init("kind", .text), .init("unit", .text), .init("period", .text),
        .init("partners", .integer), .init("total"), .init("hhi"), .init("equivalent"), .init("largest", .text),
        .init("largest_share", .share),
      ])
    let valued = flows.filter { ($0.value ?? 0) > 0 && [.product, .service, .money].contains($0.kind) }
    for actor in actors.actors.indices {
      for side in ["suppliers", "channels"] {
        // Money runs against what it pays for: a supplier gives products and gets money.
        let mine = valued.filter { flow in
          (side == "suppliers") == (flow.kind != .money) ? flow.to == actor : flow.from == actor
        }
        for group in distinct(mine.map { Group(kind: $0.kind, unit: $0.unit, period: $0.period) }) {
          let members = mine.filter { Group(kind: $0.kind, unit: $0.unit, period: $0.period) == group }
          table.add(row(actor, side, group, members))
        }
      }
    }
    return table
  }

  private func row(_ actor: Int, _ side: String, _ group: Group, _ members: [ChainFlows.Flow]) -> [Value] {
    let partners = distinct(members.map { $0.from == actor ? $0.to : $0.from })
    let values = partners.map { partner in
      members.reduce(0) { $0 + ($1.from == partner || $1.to == partner ? $1.value ?? 0 : 0) }
    }
    let total = values.reduce(0, +)
    let shares = values.map { $0 / total }
    let index = shares.reduce(0) { $0 + $1 * $1 }
    let largest = shares.indices.max { (shares[$0], -$0) < (shares[$1], -$1) } ?? 0
    return [
      .text(actors.names[actor]), .text(side), .text(group.kind.rawValue), Value(group.unit), Value(group.period),
      .integer(partners.count), Value(total), Value(index), Value(1 / index), .text(actors.names[partners[largest]]),
      Value(shares[largest]),
    ]
  }
}
