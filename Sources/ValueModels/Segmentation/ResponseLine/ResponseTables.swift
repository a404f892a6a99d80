import Statistics

/// The tables of a response line.
enum ResponseTables {
  static func deciles(_ parts: [ResponseOrder.Stretch], _ whole: ResponseOrder.Stretch) -> FindingsTable {
    var table = FindingsTable(
      "deciles", title: "Customers held out, from the most likely to the least, in \(parts.count) equal groups",
      columns: [
        .init("decile", .integer), .init("customers", .integer), .init("responders", .integer), .init("rate", .share),
        .init("lower", .share), .init("upper", .share), .init("lift"), .init("cumulative_gain", .share),
        .init("predicted", .share),
      ])
    var gained = 0.0
    for (at, part) in parts.enumerated() {
      gained += part.positive
      table.add([
        .integer(at + 1), .integer(part.range.count), .integer(part.responders), Value(part.rate),
        Value(part.interval?.lower), Value(part.interval?.upper), Value(part.rate / whole.rate),
        Value(gained / whole.positive), Value(part.predicted),
      ])
    }
    return table
  }

  /// - Parameter cut: nil without cost and margin.
  static func line(
    _ parts: [ResponseOrder.Stretch], _ order: ResponseOrder, cut: ResponseCut?
  ) -> FindingsTable {
    var table = FindingsTable(
      "line", title: "Customers held out in order, from most likely to respond to never, in \(parts.count) equal bins",
      columns: [
        .init("bin", .integer), .init("to", .share), .init("customers", .integer), .init("responders", .integer),
        .init("rate", .share), .init("lower", .share), .init("upper", .share), .init("predicted", .share),
        .init("predicted_upper", .share), .init("zone", .text),
      ])
    for (at, part) in parts.enumerated() {
      var zone: Value = .missing
      if let cut {
        // A bin is what most of its customers are.
        zone = .text(
          2 * part.range.count { cut.isContacted[$0] } > part.range.count
            ? "contact" : part.range.lowerBound >= order.count - cut.never ? "never" : "perhaps")
      }
      table.add([
        .integer(at + 1), Value(Double(part.range.upperBound) / Double(order.count)), .integer(part.range.count),
        .integer(part.responders), Value(part.rate), Value(part.interval?.lower), Value(part.interval?.upper),
        Value(part.predicted), Value(part.meanUpper), zone,
      ])
    }
    return table
  }

  static func coefficients(_ fit: LogisticRegression, _ features: ResponseFeatures) -> FindingsTable {
    var table = FindingsTable(
      "coefficients", title: "The model: log odds of a response, learnt from the customers not held out",
      columns: [
        .init("term", .text), .init("estimate", .signed), .init("standard_error"), .init("z", .signed),
        .init("p_value", .probability), .init("odds_ratio"), .init("lower"), .init("upper"), .init("against", .text),
      ])
    func add(_ name: String, _ found: LogisticRegression.Coefficient?, _ term: ResponseFeatures.Term?) {
      table.add([
        .text(name), Value(found?.estimate), Value(found?.standardError), Value(found?.z), Value(found?.pValue),
        Value(found?.oddsRatio), Value(found?.oddsInterval()?.lower), Value(found?.oddsInterval()?.upper),
        Value(term?.reference),
      ])
    }
    add("(Intercept)", fit.intercept, nil)
    for (term, found) in zip(features.terms, fit.coefficients) { add(term.name, found, term) }
    return table
  }

  static func depth(_ depths: [ResponseCut.Depth], _ count: Int) -> FindingsTable {
    var table = FindingsTable(
      "depth", title: "Profit by depth: what contacting so many of the customers held out brings in, less its cost",
      columns: [
        .init("depth", .share), .init("customers", .integer), .init("responders", .integer), .init("rate", .share),
        .init("expected_profit"), .init("profit"), .init("lower"), .init("upper"),
      ])
    for depth in depths {
      table.add([
        Value(Double(depth.customers) / Double(count)), .integer(depth.customers), .integer(depth.responders),
        Value(depth.rate), Value(depth.expected), Value(depth.profit), Value(depth.interval?.lower),
        Value(depth.interval?.upper),
      ])
    }
    return table
  }

  static func uplift(_ cells: [ResponseUplift.Cell]) -> FindingsTable {
    var table = FindingsTable(
      "uplift", title: "Customers held out, from the highest predicted uplift to the lowest, in \(cells.count) groups",
      columns: [.init("decile", .integer)] + upliftColumns)
    for (at, cell) in cells.enumerated() { table.add([.integer(at + 1)] + upliftValues(cell, isHidden: false)) }
    return table
  }

  static func groups(_ uplift: ResponseUplift) -> FindingsTable {
    var table = FindingsTable(
      "groups",
      title: "Four kinds of customers held out, by the two models; likely: \(percentWords(uplift.likely)) or more",
      columns: [.init("group", .text), .init("share", .share)] + upliftColumns + [.init("rule", .text)])
    let total = uplift.kinds.reduce(0) { $0 + $1.customers }
    for kind in ResponseUplift.Kind.allCases {
      let cell = uplift.kinds[kind.rawValue]
      let isHidden = uplift.hidden[kind.rawValue]
      table.add(
        [.text(kind.name), isHidden ? .missing : Value(Double(cell.customers) / Double(total))]
          + upliftValues(cell, isHidden: isHidden) + [.text(kind.rule)])
    }
    return table
  }

  /// The Qini curve at every twentieth of the customers.
  static func qini(_ curve: QiniCurve) -> FindingsTable {
    var table = FindingsTable(
      "qini", title: "Responses gained per treated customer by share contacted, from the highest predicted uplift",
      columns: [.init("share", .share), .init("gain", .share), .init("at_random", .share)])
    let end = curve.points[curve.points.count - 1].gain
    var at = 0
    for step in 0...20 {
      let share = Double(step) / 20
      while at + 1 < curve.points.count, curve.points[at + 1].share <= share + 1e-12 { at += 1 }
      // Between two points of the curve in proportion.
      var gain = curve.points[at].gain
      if at + 1 < curve.points.count {
        let (a, b) = (curve.points[at], curve.points[at + 1])
        if b.share > a.share { gain += (b.gain - a.gain) * (share - a.share) / (b.share - a.share) }
      }
      table.add([Value(share), Value(gain), Value(share * end)])
    }
    return table
  }

  private static let upliftColumns: [FindingsTable.Column] = [
    .init("customers", .integer), .init("treated", .integer), .init("control", .integer),
    .init("rate_treated", .share), .init("rate_control", .share), .init("uplift", .share), .init("lower", .share),
    .init("upper", .share), .init("predicted", .share),
  ]

  private static func upliftValues(_ cell: ResponseUplift.Cell, isHidden: Bool) -> [Value] {
    if isHidden { return upliftColumns.map { _ in .missing } }
    return [
      .integer(cell.customers), .integer(cell.treated.customers), .integer(cell.control.customers),
      Value(cell.treated.rate), Value(cell.control.rate), Value(cell.difference), Value(cell.interval?.lower),
      Value(cell.interval?.upper), cell.customers > 0 ? Value(cell.mean) : .missing,
    ]
  }
}
