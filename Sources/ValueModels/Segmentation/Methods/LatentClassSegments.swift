import Diagnostics
import Statistics
import Tables

extension SegmentationMethod {
  static let latentClass = SegmentationMethod(
    name: "latent-class", variables: .categories, needsCompleteRows: false, honoursWeights: true,
    references: [
      "Lazarsfeld & Henry 1968 (latent classes)", "Goodman 1974", "Dempster, Laird & Rubin 1977 (EM)",
      "Varadhan & Roland 2008 (squared extrapolation)", "Linzer & Lewis 2011 (poLCA)", "Schwarz 1978 (BIC)",
      "Bozdogan 1987 (CAIC)", "Sclove 1987 (SABIC)", "Hennig 2007 (stability)",
    ]
  ) { (work, settings) throws(Rejection) -> any SegmentSolution in try LatentClassSegments(&work, settings) }
}

/// Segments within which answers are independent of each other.
struct LatentClassSegments: SegmentSolution {
  let settings: SegmentationSettings
  let variables: [CategoryVariable]
  /// One for each number of classes, rising.
  let models: [LatentClasses]
  /// BIC of a single class, which is no segmentation at all.
  let singleBIC: Double
  let taken: Int
  /// How well random halves agree (adjusted Rand index), a number of segments each; nil where not computed.
  let splitHalves: [Double?]
  let stability: [Double]?
  let memberships: Matrix?

  /// Above it a fixed number of classes is taken without its neighbours: more classes than there are climb slowly.
  static let mostAnswersForComparison = 100_000

  init(_ work: inout Groundwork, _ settings: SegmentationSettings) throws(Rejection) {
    self.settings = settings
    variables = settings.variables.map { CategoryVariable($0, rows: settings.rows.kept) }
    let answers = CategoryVariable.answers(variables)
    let distinct = LatentClasses.patterns(answers)
    let least = max(2, settings.count.least)
    guard distinct >= least else {
      throw work.rejection(
        "analysis.too-few-distinct-rows", at: work.position(of: "segments"),
        "there are at most as many segments as answer patterns that differ, and \(least) segments were asked "
          + "for of \(distinct) different \(distinct == 1 ? "pattern" : "patterns")",
        hint: SegmentCount.fewerHint(distinct))
    }
    let candidates = settings.count.candidates(
      distinct: distinct, isLarge: settings.rows.kept.count * variables.count > Self.mostAnswersForComparison)
    do {
      models = try LatentClasses.fits(
        answers, classes: candidates, weights: settings.weights, starts: settings.starts, seed: settings.seed)
      singleBIC = try LatentClasses.fits(answers, classes: [1], weights: settings.weights).first?.bic ?? .infinity
    } catch {
      throw work.unexplained
    }
    switch settings.count {
    case .given(let wanted): taken = models.firstIndex { $0.classes == wanted } ?? 0
    case .chosen:
      let least = models.reduce(.infinity) { min($0, $1.bic) }
      taken = models.firstIndex { $0.bic <= least + 1e-9 * abs(least) } ?? 0
    }
    let model = models[taken]
    let draws = settings.stabilityDraws
    stability =
      draws > 0
      ? model.stability(answers, weights: settings.weights, draws: draws, seed: settings.seed).jaccard : nil
    splitHalves =
      draws > 0
      ? LatentClasses.splitHalves(
        models, answers, weights: settings.weights, halvings: max(10, draws / 10), seed: settings.seed)
      : models.map { _ in nil }
    memberships = model.memberships(answers)
  }

  var model: LatentClasses { models[taken] }
  var count: Int { model.classes }
  var assignments: [Int] { model.assignments }
  var points: Matrix? { nil }

  var criterion: String {
    if case .given = settings.count { "given" } else { "bic" }
  }

  func facts(_ grouping: Grouping) -> [Fact] {
    var facts = [
      Fact("log_likelihood", model.logLikelihood), Fact("parameters", model.parameters), Fact("bic", model.bic),
      Fact("aic", model.aic), Fact("caic", model.caic), Fact("sabic", model.sabic), Fact("entropy", model.entropy),
      Fact("degrees_of_freedom", .integer(model.degrees), .integer), Fact("g_squared", Value(model.gSquared)),
      Fact("chi_squared", Value(model.chiSquared)), Fact("patterns", model.patterns),
      Fact("best_starts", model.bestStarts),
    ]
    if let splitHalf = splitHalves[taken] { facts.append(Fact("split_half", splitHalf)) }
    return facts
  }

  func tables(_ grouping: Grouping) -> [FindingsTable] { [criteria, probabilities(grouping)] }

  /// `criteria`, a row a number of segments.
  private var criteria: FindingsTable {
    var table = FindingsTable(
      "criteria", title: "Numbers of segments compared",
      columns: [
        .init("segments", .integer), .init("log_likelihood"), .init("parameters", .integer), .init("bic"),
        .init("aic"), .init("caic"), .init("sabic"), .init("entropy"), .init("degrees_of_freedom", .integer),
        .init("g_squared"), .init("split_half"), .init("best_starts", .integer), .init("taken", .truth),
      ])
    for (at, model) in models.enumerated() {
      table.add([
        .integer(model.classes), Value(model.logLikelihood), .integer(model.parameters), Value(model.bic),
        Value(model.aic), Value(model.caic), Value(model.sabic), Value(model.entropy), .integer(model.degrees),
        Value(model.gSquared), Value(splitHalves[at]), .integer(model.bestStarts), .truth(at == taken),
      ])
    }
    return table
  }

  /// `probabilities`: of each answer in each segment; missing for hidden segments.
  private func probabilities(_ grouping: Grouping) -> FindingsTable {
    var table = FindingsTable(
      "probabilities", title: "How probable each answer is in each segment",
      columns: [
        .init("segment", .integer), .init("variable", .text), .init("level", .text), .init("probability", .share),
      ])
    for g in 0..<grouping.count {
      for (question, variable) in variables.enumerated() {
        for (level, name) in variable.levels.enumerated() {
          let probability = grouping.hidden[g] ? nil : model.probabilities[question][g][level]
          table.add([grouping.keys[g], .text(variable.name), .text(name), Value(probability)])
        }
      }
    }
    return table
  }
}
