import ValueModels

/// What the figures of a response line read from its findings.
struct ResponseContents {
  struct Part {
    var from: Double
    var to: Double
    var customers: Double
    var responders: Double
    var rate: Double
    var lower: Double?
    var upper: Double?
    var predicted: Double
    var zone: String?
    /// Share of all who responded that this part and those before it hold, 0–1; of tenths only.
    var gain: Double?
    var lift: Double?
  }

  struct Uplift {
    var customers: Double
    var difference: Double
    var lower: Double
    var upper: Double
    var predicted: Double
  }

  let bins: [Part]
  let tenths: [Part]
  let uplift: [Uplift]
  /// Share contacted, gain, gain at random; from 0.
  let qini: [(share: Double, gain: Double, atRandom: Double)]
  let findings: Findings

  init(_ findings: Findings) {
    self.findings = findings
    bins = findings.table("line").map(Self.parts) ?? []
    tenths = findings.table("deciles").map(Self.parts) ?? []
    uplift =
      findings.table("uplift").map { table in
        let columns = ["customers", "uplift", "lower", "upper", "predicted"].map { table.numbers($0) }
        return table.rows.indices.compactMap { row in
          guard let n = columns[0][row], let difference = columns[1][row], let lower = columns[2][row],
            let upper = columns[3][row], let predicted = columns[4][row]
          else { return nil }
          return Uplift(customers: n, difference: difference, lower: lower, upper: upper, predicted: predicted)
        }
      } ?? []
    qini =
      findings.table("qini").map { table in
        let columns = ["share", "gain", "at_random"].map { table.numbers($0) }
        return table.rows.indices.compactMap { row in
          guard let share = columns[0][row], let gain = columns[1][row], let random = columns[2][row] else {
            return nil
          }
          return (share, gain, random)
        }
      } ?? []
  }

  private static func parts(_ table: FindingsTable) -> [Part] {
    func numbers(_ name: String) -> [Double?] {
      table.index(of: name) == nil ? table.rows.map { _ in nil } : table.numbers(name)
    }
    let (customers, responders, rate) = (numbers("customers"), numbers("responders"), numbers("rate"))
    let (lower, upper, predicted) = (numbers("lower"), numbers("upper"), numbers("predicted"))
    let (gain, lift) = (numbers("cumulative_gain"), numbers("lift"))
    let zones = table.index(of: "zone") == nil ? [] : table.texts("zone")
    let all = max(1, customers.reduce(0) { $0 + ($1 ?? 0) })
    var passed = 0.0
    return table.rows.indices.compactMap { row in
      guard let customers = customers[row], let responders = responders[row], let rate = rate[row],
        let predicted = predicted[row]
      else { return nil }
      let from = passed / all
      passed += customers
      return Part(
        from: from, to: passed / all, customers: customers, responders: responders, rate: rate, lower: lower[row],
        upper: upper[row], predicted: predicted, zone: row < zones.count && !zones[row].isEmpty ? zones[row] : nil,
        gain: gain[row], lift: lift[row])
    }
  }

  func number(_ fact: String) -> Double? { findings.number(fact) }
  /// What the cases are called: "customers".
  var noun: String { findings.caseNoun }
}

/// The figures of a response line that have something to draw.
enum ResponseLineFigures {
  static func offered(_ findings: Findings) -> [FigureKind] {
    let contents = ResponseContents(findings)
    var kinds: [FigureKind] = []
    // Without a model, or without models of both arms, the figures' places say why.
    let reason = findings.cautions.first { ["too-few-responders", "no-uplift"].contains($0.id) }?.message
    if let reason, contents.bins.isEmpty {
      kinds += ["line", "gains", "lift", "calibration"].map { absent($0, reason) }
    }
    if contents.bins.count > 1 {
      kinds.append(
        FigureKind("line", caption: "From most likely to respond to never") { context throws(NothingToDraw) in
          try ResponseLineFigure.draw(context)
        })
    }
    if contents.tenths.count > 1 {
      kinds += [
        FigureKind("gains", caption: "How many of those who respond each share of customers holds") {
          context throws(NothingToDraw) in
          try GainsFigure.draw(context)
        },
        FigureKind("lift", caption: "How often each tenth responds") { context throws(NothingToDraw) in
          try LiftFigure.draw(context)
        },
        FigureKind("calibration", caption: "What was foretold, and what happened") { context throws(NothingToDraw) in
          try ResponseCalibrationFigure.draw(context)
        },
      ]
    }
    if let reason, contents.uplift.isEmpty, findings.fact("effect") != nil {
      kinds += ["uplift", "qini"].map { absent($0, reason) }
    }
    if contents.uplift.count > 1 {
      kinds.append(
        FigureKind("uplift", caption: "Who responds because of the contact") { context throws(NothingToDraw) in
          try UpliftFigure.draw(context)
        })
    }
    if contents.qini.count > 1 {
      kinds.append(
        FigureKind("qini", caption: "What contacting the most movable first would gain") {
          context throws(NothingToDraw) in
          try QiniFigure.draw(context)
        })
    }
    return kinds
  }

  private static func absent(_ name: String, _ reason: String) -> FigureKind {
    FigureKind(name, caption: "") { _ throws(NothingToDraw) in throw NothingToDraw(reason) }
  }
}
