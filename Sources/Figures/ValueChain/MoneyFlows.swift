import ValueModels

/// Money of one unit and period between actors: what the money figure draws.
struct MoneyFlows {
  struct Payment {
    /// Indices into `actors`.
    var from: Int
    var to: Int
    var value: Double
  }

  /// Actors that pay or are paid, as indices into the chain's.
  private(set) var actors: [Int] = []
  private(set) var payments: [Payment] = []
  private(set) var unit = ""
  private(set) var period = ""
  /// Other units and periods that are left out, as words.
  private(set) var others: [String] = []
  /// Money flows without a value.
  private(set) var unvalued = 0

  /// The unit and period with the most flows; amounts of others are never added to it.
  init(_ contents: ChainContents) {
    var groups: [(unit: String, period: String, flows: [ChainFlow])] = []
    for flow in contents.flows where flow.kind == .money {
      guard let value = flow.value, value > 0, value.isFinite else {
        unvalued += 1
        continue
      }
      if let index = groups.firstIndex(where: { $0.unit == flow.unit && $0.period == flow.period }) {
        groups[index].flows.append(flow)
      } else {
        groups.append((flow.unit, flow.period, [flow]))
      }
    }
    guard let most = groups.map(\.flows.count).max(),
      let chosen = groups.firstIndex(where: { $0.flows.count == most })
    else { return }
    unit = groups[chosen].unit
    period = groups[chosen].period
    others = groups.indices.filter { $0 != chosen }.map {
      groups[$0].unit + (groups[$0].period.isEmpty ? "" : " per \(groups[$0].period)")
    }
    actors = contents.actors.indices.filter { actor in
      groups[chosen].flows.contains { $0.from == actor || $0.to == actor }
    }
    for flow in groups[chosen].flows {
      guard let from = actors.firstIndex(of: flow.from), let to = actors.firstIndex(of: flow.to) else { continue }
      if let same = payments.firstIndex(where: { $0.from == from && $0.to == to }) {
        payments[same].value += flow.value ?? 0
      } else {
        payments.append(Payment(from: from, to: to, value: flow.value ?? 0))
      }
    }
  }

  /// Amounts between nodes that are numbered from 0.
  init(payments: [Payment], nodes: Int) {
    self.payments = payments
    actors = Array(0..<nodes)
  }

  func paidIn(_ actor: Int) -> Double { payments.reduce(0) { $0 + ($1.to == actor ? $1.value : 0) } }
  func paidOut(_ actor: Int) -> Double { payments.reduce(0) { $0 + ($1.from == actor ? $1.value : 0) } }
}
