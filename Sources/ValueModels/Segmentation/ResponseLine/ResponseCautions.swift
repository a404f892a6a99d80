import Diagnostics
import Statistics

/// Doubts about a response line.
enum ResponseCautions {
  /// Of the rows and their order.
  static func rows(_ data: ResponseData, _ settings: ResponseLineSettings, people: String) -> [Caution] {
    var cautions: [Caution] = []
    if data.repeated > 0 {
      cautions.append(
        Caution(
          "repeated-customers",
          "\(grouped(data.repeated)) \(people) stand in several rows; rows, not \(people), are counted"
            + (settings.holdOut.column == nil ? "" : ", and one can stand on both sides of the hold-out")))
    }
    let unsorted = settings.holdOut.unsorted(settings.rows)
    if !unsorted.isEmpty {
      cautions.append(
        Caution(
          "rows-not-in-order",
          "The hold-out is the last rows of the table, and the rows are not in order of \(quotedList(unsorted)): it is not the latest",
          rows: unsorted))
    }
    return cautions
  }

  /// Of what the model learns from.
  static func features(
    _ features: ResponseFeatures, _ fit: LogisticRegression, _ lone: [LoneFeature]
  ) -> [Caution] {
    var cautions: [Caution] = []
    for leak in lone where leak.area > 0.95 {
      cautions.append(
        Caution(
          "leak",
          "'\(leak.name)' alone tells who responds nearly without fail (AUC \(short(leak.area))): it is most likely known "
            + "only after the response, and then the model is of no use", rows: [leak.name]))
    }
    let strongest = lone.max { $0.area < $1.area }
    if let strongest, strongest.area > 0.75, strongest.area <= 0.95 {
      cautions.append(
        Caution(
          "strong-feature",
          "'\(strongest.name)' alone orders customers with an AUC of \(short(strongest.area)); make sure that it is known before "
            + "they are contacted", rows: [strongest.name]))
    }
    if fit.isSeparated {
      let names = fit.runaways.map { features.terms[$0].name }
      cautions.append(
        Caution(
          "separated",
          "Responses are separated"
            + (names.isEmpty ? "" : " by \(quotedList(Array(names.prefix(4))))\(names.count > 4 ? " and others" : "")")
            + ": all or none respond there, and no finite coefficient fits; a ridge penalty (λ = \(short(fit.ridge)) on "
            + "standardised columns) holds them", rows: names))
    }
    let aliased = zip(features.terms, fit.coefficients).filter { $1 == nil }.map(\.0.name)
    if !aliased.isEmpty {
      cautions.append(
        Caution(
          "aliased-terms",
          "\(aliased.count == 1 ? "One term repeats" : "\(aliased.count) terms repeat") what the features before say or "
            + "\(aliased.count == 1 ? "is" : "are") the same in every row learnt from, and "
            + "\(aliased.count == 1 ? "has" : "have") no coefficient: \(quotedList(Array(aliased.prefix(4))))"
            + (aliased.count > 4 ? " and others" : ""), rows: aliased))
    }
    let pooled = features.features.filter { !$0.pooled.isEmpty }
    if !pooled.isEmpty {
      cautions.append(
        Caution(
          "rare-levels",
          "Levels that few customers have are one level together: "
            + pooled.prefix(4).map { "\($0.pooled.count) of '\($0.name)'" }.joined(separator: ", ")
            + (pooled.count > 4 ? ", …" : ""), rows: pooled.map(\.name)))
    }
    for feature in features.features where feature.unseen > 0 {
      cautions.append(
        Caution(
          "unseen-level",
          "\(grouped(feature.unseen)) customers held out have a '\(feature.name)' that none learnt from has; they are "
            + "scored as \(feature.pooled.isEmpty ? "its commonest level" : "a rare level")", rows: [feature.name]))
    }
    return cautions
  }

  /// Of how well it foretells.
  static func performance(
    _ order: ResponseOrder, curve: RankCurve?, calibration: Calibration?, deciles: Int, cut: ResponseCut?,
    people: String, mentionsAmounts: Bool
  ) -> [Caution] {
    var cautions: [Caution] = []
    if let interval = curve?.interval(), interval.lower <= 0.5 {
      cautions.append(
        Caution("no-order", "The order may be chance: the interval of the AUC reaches 0.5"))
    }
    let whole = order.whole
    let ratio = whole.predicted > 0 ? whole.rate / whole.predicted : .infinity
    let isOff = whole.interval.map { $0.lower > whole.predicted || $0.upper < whole.predicted } ?? false
    if isOff, !(0.8...1.25).contains(ratio) {
      cautions.append(
        Caution(
          "calibration-level",
          "\(percentWords(whole.rate)) of the \(people) held out responded and \(percentWords(whole.predicted)) were "
            + "foretold: the level has moved since, and probabilities are to be read as an order"))
    }
    if let calibration, abs(calibration.slope - 1) > 0.2,
      abs(calibration.slope - 1) > 2 * calibration.slopeStandardError
    {
      cautions.append(
        Caution(
          "calibration-slope",
          "Differences foretold come true \(calibration.slope < 1 ? "only in part" : "more than in full") (calibration slope "
            + "\(short(calibration.slope)), 1 where right)"))
    }
    if deciles < 10 {
      cautions.append(
        Caution(
          "few-customers",
          "With \(grouped(order.count)) \(people) held out there are \(deciles) groups, not ten: none may be too small to show"
        ))
    }
    if mentionsAmounts {
      cautions.append(
        Caution("no-break-even", "Break-even needs 'contact_cost' and 'margin', and one of them is given"))
    }
    guard let cut else { return cautions }
    let line = percentWords(cut.breakEven)
    if cut.breakEven >= 1 {
      cautions.append(
        Caution("break-even-out-of-reach", "A contact costs more than a response brings, so that none pays"))
    }
    // Where everyone has a break-even of their own, those below the cut are no stretch of the line.
    guard cut.isSame else { return cautions }
    if let interval = cut.outside.interval, !cut.outside.range.isEmpty, interval.lower > cut.breakEven {
      cautions.append(
        Caution(
          "cut-too-early",
          "Of those below the cut \(percentWords(cut.outside.rate)) responded, more than break-even (\(line)): contacting "
            + "them would have paid, too"))
    }
    if let interval = cut.inside.interval, !cut.inside.range.isEmpty, interval.upper < cut.breakEven {
      cautions.append(
        Caution(
          "cut-too-late",
          "Of those above the cut only \(percentWords(cut.inside.rate)) responded, less than break-even (\(line))"))
    }
    return cautions
  }

  /// Why there can be no uplift, in a sentence; nil where there can.
  static func arms(_ data: ResponseData, _ settings: ResponseLineSettings, people: String) -> String? {
    for (name, arm) in [("treated", true), ("controls", false)] {
      let rows = data.rows.filter { settings.treatment?.isTreated[$0] == arm }
      let yes = rows.count { settings.responded[$0] }
      if min(yes, rows.count - yes) < ResponseData.fewestResponders {
        return
          "Of \(grouped(rows.count)) \(name) \(grouped(yes)) responded; a model of either arm needs at least "
          + "\(ResponseData.fewestResponders) \(people) who did and as many who did not, so that there is no uplift"
      }
    }
    return nil
  }

  static func uplift(
    _ uplift: ResponseUplift, _ features: ResponseFeatures, _ data: ResponseData, _ settings: ResponseLineSettings,
    people: String
  ) -> [Caution] {
    var cautions: [Caution] = []
    if let interval = uplift.interval, interval.lower <= 0 {
      cautions.append(
        Caution(
          "uplift-not-ordered",
          "The interval of the Qini coefficient reaches 0 (\(short(interval.lower)) to \(short(interval.upper))): who is "
            + "moved most cannot be told from chance, and the whole effect is the better guide"))
    }
    if !uplift.separated.isEmpty {
      cautions.append(
        Caution(
          "separated",
          "Responses are separated in the model of the \(uplift.separated.joined(separator: " and the ")); a ridge penalty holds it"
        ))
    }
    if let area = armArea(features, data, settings) {
      cautions.append(
        Caution(
          "treatment-not-random",
          "The features foretell who was treated (AUC \(short(area))): chance did not decide alone, and uplift mixes with who "
            + "was chosen"))
    }
    return cautions
  }

  /// How well the features tell the arms apart, where they clearly do.
  private static func armArea(
    _ features: ResponseFeatures, _ data: ResponseData, _ settings: ResponseLineSettings
  ) -> Double? {
    guard let isTreated = settings.treatment?.isTreated else { return nil }
    let train = features.design(data.train)
    guard
      let fit = try? LogisticRegression(train, outcomes: data.train.map { isTreated[$0] == true }),
      let curve = try? RankCurve(
        fit.prediction(features.design(data.held)).logits, outcomes: data.held.map { isTreated[$0] == true }),
      let interval = curve.interval()
    else { return nil }
    return interval.lower > 0.55 ? curve.area : nil
  }
}
