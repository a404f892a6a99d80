import Diagnostics
import Settings
import Statistics
import Tables

/// Each customer's probability, for a file outside the site: `publish_scores`.
///
/// All rows used get a score, also those the model learnt from; it is the model whose performance the findings tell.
/// - Returns: nil where no file is asked for, or where there is no model.
@Sendable func responseScores(_ input: AnalysisInput) throws(Rejection) -> PrivateFile? {
  guard let asked = input.settings["publish_scores"], !asked.isNull else { return nil }
  var work = Groundwork(input, responseLineKind)
  let settings = ResponseLineSettings(&work)
  try work.check()
  guard let settings, let path = settings.scoresPath else { return nil }
  let data = ResponseData(settings)
  guard data.objection(settings, people: settings.rows.people) == nil else { return nil }
  let features = ResponseFeatures(
    settings.features, train: data.train, held: data.held, fewest: input.privacy.suppressBelow)
  guard let fit = settings.fit(features, data.train) else { return nil }
  let said = fit.prediction(features.design(data.rows))
  let uplift = settings.treatment.flatMap { upliftScores(settings, $0, data, features) }
  let order = ResponseOrder(data.rows, said, responded: settings.responded, weights: nil, seed: settings.seed)
  var place = [Int](repeating: 0, count: settings.rows.table.rowCount)
  for (at, row) in order.rows.enumerated() { place[row] = at + 1 }

  var table = FindingsTable(
    "scores", title: "Scores",
    columns: [
      .init(settings.customer?.name ?? "row", .text), .init("place", .integer), .init("probability"),
      .init("upper"), .init("contact", .truth), .init("held_out", .truth),
    ] + (uplift == nil ? [] : [.init("uplift")]))
  let probabilities = said.probabilities
  let upper = said.upperLimits()
  let held = Set(data.held)
  for (at, row) in data.rows.enumerated() {
    var contact = Value.missing
    if let cost = settings.contactCost, let margin = settings.margin {
      contact = .truth(probabilities[at] * margin[row] >= cost[row])
    }
    table.add(
      [
        settings.customer.map { Value($0.text(row)) } ?? .text("\(row + 1)"), .integer(place[row]),
        Value(probabilities[at]), Value(upper[at]), contact, .truth(held.contains(row)),
      ] + (uplift.map { [Value($0[at])] } ?? []))
  }
  return PrivateFile(path: path, position: asked.position, rows: data.rows.count, csv: table.csv)
}

/// The difference of the two models for every row used; nil where an arm has too few responders for one.
private func upliftScores(
  _ settings: ResponseLineSettings, _ treatment: ResponseTreatment, _ data: ResponseData, _ features: ResponseFeatures
) -> [Double]? {
  guard ResponseCautions.arms(data, settings, people: "") == nil else { return nil }
  let design = features.design(data.rows)
  let arms = [true, false].compactMap { arm in
    settings.fit(features, data.train.filter { treatment.isTreated[$0] == arm })?.prediction(design).probabilities
  }
  guard arms.count == 2 else { return nil }
  return zip(arms[0], arms[1]).map { $0 - $1 }
}

extension ResponseLineSettings {
  /// The regression of rows of the table; nil where there is none.
  func fit(_ features: ResponseFeatures, _ rows: [Int]) -> LogisticRegression? {
    try? LogisticRegression(
      features.design(rows), outcomes: rows.map { responded[$0] },
      weights: weights.map { weights in rows.map { weights[$0] } }, ridge: ridge)
  }
}

extension Groundwork {
  /// The setting `publish_scores`: a path that is not in the site or in what the site is made from.
  mutating func scoresPath() -> String? {
    guard let path = text("publish_scores") else { return nil }
    // Where the file lies is nobody's business on a page.
    record("publish_scores", .truth(true))
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    let isBelow = !path.hasPrefix("/") && parts.first != ".."
    if parts.isEmpty || path.hasSuffix("/") || parts.last == ".." {
      bad("publish_scores", at: position(of: "publish_scores"), "the path of a file")
      return nil
    }
    if isBelow, let first = parts.first, ["public", "content", "templates", ".valuemap"].contains(first) {
      fail(
        "analysis.scores-in-site", at: position(of: "publish_scores"),
        "scores of single customers stay outside the site and what it is made from, and '\(excerpt(path))' lies in \(first)/",
        hint: "name a file beside the study, such as '../scores.csv'")
      return nil
    }
    return path
  }
}
