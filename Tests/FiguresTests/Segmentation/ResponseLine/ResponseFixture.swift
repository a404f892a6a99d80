import Formats
import Graphics
import ValueModels

@testable import Figures

/// Findings of a response line made up by formula: rates that fall along the line, somewhat off what was foretold.
enum ResponseFixture {
  /// - Parameters:
  ///   - top: rate of the first customers, 0–1; the last have a twentieth of it.
  ///   - breakEven: nil where no cost and margin are given.
  ///   - found: what happened as a multiple of what was foretold.
  static func findings(
    top: Double = 0.42, breakEven: Double? = 0.1, found: Double = 1, tenths: Int = 10, hasUplift: Bool = true,
    gain: Double = 0.06
  ) -> Findings {
    var findings = Findings(
      id: "mailing", type: "response-line", title: "A mailing",
      method: Method(
        summary:
          "Logistic regression of 2,800 customers on 5 features (9 terms), judged on 1,200 others: 30% drawn at random",
        settings: [.init("base_of", .text("customers"))]))
    func foretold(_ share: Double) -> Double { top * (0.05 + 0.95 * (1 - share) * (1 - share)) }
    func rate(_ share: Double) -> Double {
      min(1, found * foretold(share) * (1 + 0.12 * (((share * 37).truncatingRemainder(dividingBy: 1)) - 0.5)))
    }
    let contact = breakEven.map { level in (0..<200).count { foretold(Double($0) / 200) >= level } }
    let contactShare = contact.map { Double($0) / 200 }
    let neverShare = contactShare.map { $0 < 1 ? min(0.3, (1 - $0) / 2) : 0 }

    var line = FindingsTable(
      "line", title: "Line",
      columns: [
        .init("bin", .integer), .init("to", .share), .init("customers", .integer),
        .init("responders", .integer), .init("rate", .share), .init("lower", .share), .init("upper", .share),
        .init("predicted", .share), .init("predicted_upper", .share), .init("zone", .text),
      ])
    for bin in 0..<50 {
      let share = (Double(bin) + 0.5) / 50
      var zone: Value = .missing
      if let contactShare, let neverShare {
        zone = .text(share < contactShare ? "contact" : share >= 1 - neverShare ? "never" : "perhaps")
      }
      line.add([
        .integer(bin + 1), .number(share + 0.01), .integer(24), .integer(Int(24 * rate(share))),
        .number(rate(share)), .number(0.8 * rate(share)), .number(min(1, 1.2 * rate(share))), .number(foretold(share)),
        .number(1.1 * foretold(share)), zone,
      ])
    }
    var deciles = FindingsTable(
      "deciles", title: "Tenths",
      columns: [
        .init("decile", .integer), .init("customers", .integer), .init("responders", .integer), .init("rate", .share),
        .init("lower", .share), .init("upper", .share), .init("lift"), .init("cumulative_gain", .share),
        .init("predicted", .share),
      ])
    let shares = (0..<tenths).map { (Double($0) + 0.5) / Double(tenths) }
    let total = shares.reduce(0) { $0 + rate($1) }
    var gained = 0.0
    for (at, share) in shares.enumerated() {
      gained += rate(share)
      deciles.add([
        .integer(at + 1), .integer(1200 / tenths), .integer(Int(120 * rate(share))), .number(rate(share)),
        .number(0.75 * rate(share)), .number(min(1, 1.25 * rate(share))), .number(rate(share) / total * Double(tenths)),
        .number(gained / total), .number(foretold(share)),
      ])
    }
    let mean = total / Double(tenths)
    findings.facts = [
      Fact("base", 4000), Fact("responders", 520), Fact("rate", 0.13, .share), Fact("holdout_base", 1200),
      Fact("holdout_rate", mean, .share), Fact("auc", 0.742), Fact("auc_lower", 0.712), Fact("auc_upper", 0.772),
      Fact("ks", 0.37), Fact("gain_top_fifth", 0.49, .share), Fact("calibration_slope", 0.97),
      Fact("calibration_intercept", 0.02, .signed), Fact("hosmer_lemeshow", 0.41, .probability),
      Fact("break_even", Value(breakEven), .share), Fact("contact_share", Value(contactShare), .share),
      Fact("never_share", Value(neverShare), .share),
    ]
    if found > 1.25 || found < 0.8 { findings.cautions = [Caution("calibration-level", "The level has moved")] }
    findings.tables = [deciles, line]
    if hasUplift { addUplift(&findings, gain) }
    findings.data = [DataUse(name: "mailing", rows: 4000, used: 4000, sha256: "", source: .transactions)]
    return findings
  }

  private static func addUplift(_ findings: inout Findings, _ gain: Double) {
    var uplift = FindingsTable(
      "uplift", title: "Uplift",
      columns: [
        .init("decile", .integer), .init("customers", .integer), .init("uplift", .share), .init("lower", .share),
        .init("upper", .share), .init("predicted", .share),
      ])
    for at in 0..<10 {
      let predicted = gain * (1.6 - 0.2 * Double(at))
      let difference = predicted * (at % 3 == 0 ? 1.2 : 0.8)
      uplift.add([
        .integer(at + 1), .integer(120), .number(difference), .number(difference - 0.04), .number(difference + 0.04),
        .number(predicted),
      ])
    }
    var qini = FindingsTable(
      "qini", title: "Qini", columns: [.init("share", .share), .init("gain", .share), .init("at_random", .share)])
    for step in 0...20 {
      let share = Double(step) / 20
      qini.add([.number(share), .number(gain * share * (1.8 - 0.8 * share)), .number(gain * share)])
    }
    findings.facts += [
      Fact("effect", gain, .share), Fact("effect_lower", gain - 0.01, .share),
      Fact("effect_upper", gain + 0.01, .share),
      Fact("qini", 0.081), Fact("qini_lower", gain > 0 ? 0.034 : -0.02), Fact("qini_upper", 0.127),
    ]
    findings.tables += [uplift, qini]
  }

  static func context(_ findings: Findings, _ width: FigureWidth = .normal) -> FigureContext {
    FigureContext(findings: findings, language: .british, width: width, measurer: FixedWidthMeasurer())
  }
}
