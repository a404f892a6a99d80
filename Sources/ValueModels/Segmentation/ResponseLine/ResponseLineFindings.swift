import Diagnostics
import Statistics
import Tables

/// Puts together what a response line found.
struct ResponseLineFindings {
  private var work: Groundwork
  private let settings: ResponseLineSettings
  private let data: ResponseData
  private let people: String
  private var facts: [Fact] = []
  private var tables: [FindingsTable] = []
  /// The longest table, which stands last.
  private var line: FindingsTable?

  init(_ work: Groundwork, _ settings: ResponseLineSettings) {
    self.work = work
    self.settings = settings
    data = ResponseData(settings)
    people = settings.rows.people
  }

  mutating func findings() throws(Rejection) -> Findings {
    var whole = ResponseUplift.Arm()
    for row in data.rows { whole.add(settings.weights?[row] ?? 1, settings.responded[row]) }
    facts = [
      Fact("base", data.rows.count), Fact("responders", data.responders), Fact("rate", whole.rate ?? 0, .share),
    ]
    if settings.weights != nil { facts.append(Fact("effective_base", whole.base)) }
    work.cautions += ResponseCautions.rows(data, settings, people: people)
    guard !data.held.isEmpty, !data.train.isEmpty else {
      throw work.rejection(
        "analysis.empty-holdout", at: work.position(of: "holdout"),
        "a model learns from some rows and is judged by others, and 'holdout' puts all \(grouped(data.rows.count)) on one side"
      )
    }
    if settings.treatment != nil { addEffect() }
    if let objection = data.objection(settings, people: people) {
      work.cautions.append(Caution("too-few-responders", objection))
      addNothing()
      return finished("Responses of \(grouped(data.rows.count)) \(people); too few for a model")
    }
    let limit = work.input.privacy.suppressBelow
    let features = ResponseFeatures(settings.features, train: data.train, held: data.held, fewest: limit)
    let fit: LogisticRegression
    do throws(LogisticRegression.Failure) {
      fit = try LogisticRegression(
        features.design(data.train), outcomes: data.train.map { settings.responded[$0] },
        weights: settings.weights.map { weights in data.train.map { weights[$0] } }, ridge: settings.ridge)
    } catch {
      throw work.rejection(
        "analysis.not-computable", at: work.position(of: "features"),
        "features are numbers a regression can weigh against each other, and these are too far apart",
        hint: "look for values that are wrong by many orders of magnitude")
    }
    let order = ResponseOrder(
      data.held, fit.prediction(features.design(data.held)), responded: settings.responded, weights: settings.weights,
      seed: settings.seed)
    let lone = features.features.compactMap {
      LoneFeature($0, responded: settings.responded, train: data.train, held: data.held)
    }
    work.cautions += ResponseCautions.features(features, fit, lone)
    addLine(order, fit, features)
    if settings.treatment != nil { addUplift(features, likely: whole.rate ?? 0.5) }
    return finished(summary(fit, features))
  }

  /// Facts of a model that there is none of: pages that print them stay whole.
  private mutating func addNothing() {
    var names = [
      "training_base", "holdout_base", "holdout_rate", "auc", "auc_lower", "auc_upper", "ks", "lift_top_decile",
      "gain_top_fifth", "calibration_intercept", "calibration_slope", "hosmer_lemeshow", "break_even", "contact_share",
    ]
    if settings.contactCost != nil, settings.margin != nil {
      names += ["never_share", "profit_of_contacts", "profit_of_all"]
    }
    facts += names.map { Fact($0, .missing) }
    if settings.treatment != nil { addNoUplift() }
  }

  private mutating func addNoUplift() {
    var names = ["qini", "qini_lower", "qini_upper", "qini_area"]
    if settings.contactCost != nil, settings.margin != nil { names.append("uplift_contact_share") }
    facts += names.map { Fact($0, .missing) }
  }

  /// How many equal parts of the order there may be, so that each holds as many customers as may be shown.
  private func parts(_ wanted: Int) -> Int {
    let fewest = max(1, work.input.privacy.suppressBelow) * data.mostRowsOfOne
    return max(1, min(wanted, data.held.count / fewest))
  }

  private mutating func addLine(_ order: ResponseOrder, _ fit: LogisticRegression, _ features: ResponseFeatures) {
    let whole = order.whole
    facts += [
      Fact("training_base", data.train.count), Fact("holdout_base", order.count),
      Fact("holdout_rate", whole.rate, .share),
    ]
    let curve = try? RankCurve(
      order.logits, outcomes: order.responded, weights: order.isWeighted ? order.weights : nil)
    facts += [
      Fact("auc", Value(curve?.area)), Fact("auc_lower", Value(curve?.interval()?.lower)),
      Fact("auc_upper", Value(curve?.interval()?.upper)), Fact("ks", Value(curve?.separation)),
    ]
    let deciles = order.parts(parts(10))
    let lift = deciles.count == 10 ? Value(deciles[0].rate / whole.rate) : .missing
    let fifth = order.stretch(0..<Int((0.2 * Double(order.count)).rounded()))
    facts += [
      Fact("lift_top_decile", lift), Fact("gain_top_fifth", Value(fifth.positive / whole.positive), .share),
    ]
    let calibration = Calibration(
      logits: order.logits, outcomes: order.responded, weights: order.isWeighted ? order.weights : nil)
    // Groups of weighted rows have no χ² distribution.
    let test =
      order.isWeighted
      ? nil : hosmerLemeshowTest(deciles.map { (Double($0.range.count), $0.positive, $0.expected) })
    facts += [
      Fact("calibration_intercept", Value(calibration?.intercept), .signed),
      Fact("calibration_slope", Value(calibration?.slope)),
      Fact("hosmer_lemeshow", Value(test?.pValue), .probability),
    ]
    // Bins of fifty customers or more: fewer would show chance more than order.
    let bins = order.parts(max(deciles.count, parts(min(50, order.count / 50))))
    var cut: ResponseCut?
    if let cost = settings.contactCost, let margin = settings.margin {
      let found = ResponseCut(order, cost: cost, margin: margin, parts: bins)
      cut = found
      let depths = ResponseCut.depths(order, cost: cost, margin: margin, steps: parts(20))
      addCut(found, order, cost, margin)
      tables += [
        ResponseTables.deciles(deciles, whole), ResponseTables.depth(depths, order.count),
        ResponseTables.coefficients(fit, features),
      ]
    } else {
      facts += [Fact("break_even", .missing, .share), Fact("contact_share", .missing, .share)]
      tables += [ResponseTables.deciles(deciles, whole), ResponseTables.coefficients(fit, features)]
    }
    line = ResponseTables.line(bins, order, cut: cut)
    work.cautions += ResponseCautions.performance(
      order, curve: curve, calibration: calibration, deciles: deciles.count, cut: cut, people: people,
      mentionsAmounts: (settings.contactCost == nil) != (settings.margin == nil))
  }

  private mutating func addCut(
    _ cut: ResponseCut, _ order: ResponseOrder, _ cost: ResponseLineSettings.Amount,
    _ margin: ResponseLineSettings.Amount
  ) {
    var (contacts, all) = (0.0, 0.0)
    for (at, row) in order.rows.enumerated() {
      let profit = order.weights[at] * ((order.responded[at] ? margin[row] : 0) - cost[row])
      all += profit
      if order.probabilities[at] * margin[row] >= cost[row] { contacts += profit }
    }
    facts += [
      Fact("break_even", cut.breakEven, .share), Fact("contact_share", cut.contactShare, .share),
      Fact("never_share", Double(cut.never) / Double(order.count), .share), Fact("profit_of_contacts", contacts),
      Fact("profit_of_all", all),
    ]
  }

  private mutating func addEffect() {
    let effect = ResponseUplift.effect(data.rows, settings: settings)
    facts += [
      Fact("effect", Value(effect.difference), .share), Fact("effect_lower", Value(effect.interval?.lower), .share),
      Fact("effect_upper", Value(effect.interval?.upper), .share),
      Fact("treated_rate", Value(effect.treated.rate), .share),
      Fact("control_rate", Value(effect.control.rate), .share), Fact("treated", effect.treated.customers),
      Fact("controls", effect.control.customers),
    ]
  }

  private mutating func addUplift(_ features: ResponseFeatures, likely: Double) {
    if let objection = ResponseCautions.arms(data, settings, people: people) {
      work.cautions.append(Caution("too-few-responders", objection))
      addNoUplift()
      return
    }
    let suppression = Suppression(below: work.input.privacy.suppressBelow)
    guard
      let uplift = ResponseUplift(
        data, features: features, likely: likely, settings: settings, suppression: suppression)
    else {
      work.cautions.append(
        Caution("no-uplift", "The models of treated and control could not both be fitted, so that there is no uplift"))
      addNoUplift()
      return
    }
    facts += [
      Fact("qini", Value(uplift.qini?.coefficient)), Fact("qini_lower", Value(uplift.interval?.lower)),
      Fact("qini_upper", Value(uplift.interval?.upper)), Fact("qini_area", Value(uplift.qini?.area)),
    ]
    if let share = uplift.contactShare { facts.append(Fact("uplift_contact_share", share, .share)) }
    if uplift.deciles.isEmpty {
      work.cautions.append(
        Caution("few-customers", "Too few \(people) are held out in one arm to show uplift by group"))
    } else {
      tables.append(ResponseTables.uplift(uplift.deciles))
    }
    tables.append(ResponseTables.groups(uplift))
    if let curve = uplift.qini, !uplift.deciles.isEmpty { tables.append(ResponseTables.qini(curve)) }
    work.cautions += ResponseCautions.uplift(uplift, features, data, settings, people: people)
  }

  private func summary(_ fit: LogisticRegression, _ features: ResponseFeatures) -> String {
    let penalty = fit.ridge > 0 ? ", ridge penalty λ = \(short(fit.ridge))" : ""
    let used = fit.coefficients.count { $0 != nil }
    var text =
      "Logistic regression of \(grouped(data.train.count)) \(people) on \(features.features.count) "
      + "\(features.features.count == 1 ? "feature" : "features") (\(used) terms\(penalty)), judged on "
      + "\(grouped(data.held.count)) others: \(settings.holdOut.words)"
    if settings.treatment != nil { text += "; uplift as the difference of two such models, treated and control" }
    return text
  }

  private func finished(_ summary: String) -> Findings {
    var findings = work.findings(summary: summary, baseOf: people, data: [settings.rows])
    findings.facts = facts
    findings.tables = tables + [line].compactMap { $0 }
    return findings
  }
}
