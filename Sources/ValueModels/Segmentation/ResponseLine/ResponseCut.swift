import Statistics

/// Where contacting stops paying: break-even and what follows from it, judged on customers the model has not seen.
struct ResponseCut {
  /// Cost over margin; of columns the mean cost over the mean margin.
  let breakEven: Double
  /// Whether one cost and one margin hold for all, so that the cut is one place on the line.
  let isSame: Bool
  /// The share of customers whose probability reaches their break-even, 0–1.
  let contactShare: Double
  /// By place in the order: whether the probability reaches the customer's break-even.
  let isContacted: [Bool]
  /// Customers of the tail where contacting never pays: the model's upper limits and what was observed lie below break-even.
  let never: Int
  /// What those contacted, and those not, did.
  let inside: ResponseOrder.Stretch
  let outside: ResponseOrder.Stretch

  /// - Parameter parts: stretches of the whole order, from the first customer to the last.
  init(
    _ order: ResponseOrder, cost: ResponseLineSettings.Amount, margin: ResponseLineSettings.Amount,
    parts: [ResponseOrder.Stretch]
  ) {
    var (costs, margins, contact, total) = (0.0, 0.0, 0.0, 0.0)
    var isContacted = [Bool](repeating: false, count: order.count)
    for (at, row) in order.rows.enumerated() {
      let w = order.weights[at]
      costs += w * cost[row]
      margins += w * margin[row]
      total += w
      if order.probabilities[at] * margin[row] >= cost[row] {
        contact += w
        isContacted[at] = true
      }
    }
    isSame = cost.isSame && margin.isSame
    if case .same(let c) = cost, case .same(let m) = margin { breakEven = c / m } else { breakEven = costs / margins }
    contactShare = total > 0 ? contact / total : 0
    self.isContacted = isContacted
    let number = isContacted.lastIndex(of: true).map { $0 + 1 } ?? 0
    inside = order.stretch(0..<number)
    outside = order.stretch(number..<order.count)

    // From the end: parts whose upper limit lies below break-even, as long as what was observed there does not say otherwise.
    var tail = 0
    var lowest = order.count
    for part in parts.reversed() {
      guard part.range.lowerBound >= number, part.meanUpper < breakEven else { break }
      lowest = part.range.lowerBound
      if let upper = order.stretch(lowest..<order.count).interval?.upper, upper < breakEven {
        tail = order.count - lowest
      }
    }
    never = tail
  }

  /// What contacting the first so many customers brings in, and what the model said it would; in units of cost and margin.
  struct Depth {
    var customers: Int
    var responders: Int
    var rate: Double
    var expected: Double
    var profit: Double
    /// 95% limits, from Wilson's interval of the rate; nil where margins differ by customer.
    var interval: Interval?
  }

  static func depths(
    _ order: ResponseOrder, cost: ResponseLineSettings.Amount, margin: ResponseLineSettings.Amount, steps: Int
  ) -> [Depth] {
    var (expected, profit, weight) = (0.0, 0.0, 0.0)
    var depths: [Depth] = []
    for range in equalParts(order.count, steps) {
      for at in range {
        let (row, w) = (order.rows[at], order.weights[at])
        expected += w * (order.probabilities[at] * margin[row] - cost[row])
        profit += w * ((order.responded[at] ? margin[row] : 0) - cost[row])
        weight += w
      }
      let all = order.stretch(0..<range.upperBound)
      var interval: Interval?
      if case .same(let c) = cost, case .same(let m) = margin, let limits = all.interval {
        interval = Interval(lower: weight * (limits.lower * m - c), upper: weight * (limits.upper * m - c))
      }
      depths.append(
        Depth(
          customers: range.upperBound, responders: all.responders, rate: all.rate, expected: expected, profit: profit,
          interval: interval))
    }
    return depths
  }
}
