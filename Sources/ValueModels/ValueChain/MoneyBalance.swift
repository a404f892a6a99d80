import Diagnostics

/// Money in and out of every actor, within one unit and period.
struct MoneyBalance {
  var unit: String?
  var period: String?
  /// By actor; nil where the actor has no money flow of this measure.
  var moneyIn: [Double?]
  var moneyOut: [Double?]
  var total: Double

  func net(_ actor: Int) -> Double? {
    if moneyIn[actor] == nil, moneyOut[actor] == nil { return nil }
    return (moneyIn[actor] ?? 0) - (moneyOut[actor] ?? 0)
  }

  /// One balance for each unit and period of the money flows that have a value, in order of first appearance.
  static func all(_ flows: [ChainFlows.Flow], actors: Int) -> [MoneyBalance] {
    var balances: [MoneyBalance] = []
    for flow in flows where flow.kind == .money {
      guard let value = flow.value else { continue }
      var at = balances.firstIndex { $0.unit == flow.unit && $0.period == flow.period }
      if at == nil {
        let none = [Double?](repeating: nil, count: actors)
        balances.append(
          MoneyBalance(unit: flow.unit, period: flow.period, moneyIn: none, moneyOut: none, total: 0))
        at = balances.count - 1
      }
      guard let at else { continue }
      balances[at].moneyOut[flow.from] = (balances[at].moneyOut[flow.from] ?? 0) + value
      balances[at].moneyIn[flow.to] = (balances[at].moneyIn[flow.to] ?? 0) + value
      balances[at].total += value
    }
    return balances
  }
}
