import Diagnostics
import Statistics
import Tables

extension SegmentationMethod {
  static let gaussianMixture = SegmentationMethod(
    name: "gaussian-mixture", variables: .numbers, needsCompleteRows: true, honoursWeights: true,
    references: [
      "Fraley & Raftery 2002 (mixtures, families of covariances)", "Dempster, Laird & Rubin 1977 (EM)",
      "Biernacki, Celeux & Govaert 2003 (starts)", "Varadhan & Roland 2008 (squared extrapolation)",
      "Schwarz 1978 (BIC)", "Biernacki, Celeux & Govaert 2000 (ICL)", "Rossi, Gilula & Allenby 2001 (scale use)",
      "Hennig 2007 (stability)",
    ]
  ) { (work, settings) throws(Rejection) -> any SegmentSolution in try MixtureSegments(&work, settings) }
}

/// Segments as components of a mixture of normal distributions.
struct MixtureSegments: SegmentSolution {
  let settings: SegmentationSettings
  let numbers: SegmentNumbers
  /// For each number of segments from 1, family by family.
  let attempts: [MixtureSearch.Attempt]
  let mixture: GaussianMixture
  /// The number of each component of `mixture` by size of its segment.
  private let order: [Int]
  let assignments: [Int]
  let memberships: Matrix?
  let stability: [Double]?
  /// By number of segments: how well random halves agree.
  let splitHalves: [(segments: Int, agreement: Double?)]

  init(_ work: inout Groundwork, _ settings: SegmentationSettings) throws(Rejection) {
    self.settings = settings
    let numbers = try SegmentNumbers(&work, settings)
    self.numbers = numbers
    let isLarge = numbers.points.rows > ChoiceOfSegments.mostRowsForComparison
    let candidates = settings.count.candidates(distinct: numbers.distinct, isLarge: isLarge)
    do {
      attempts = try Self.attempts(numbers.points, candidates, settings)
    } catch {
      throw SegmentNumbers.tooFarApart(work)
    }
    let fits = attempts.compactMap(\.mixture).filter { $0.components > 1 && Self.isInhabited($0) }
    let wanted = fits.filter { fit in
      if case .given(let number) = settings.count { fit.components == number } else { true }
    }
    guard let best = wanted.min(by: { $0.bic < $1.bic }) else { throw Self.rejection(work, attempts, settings) }
    mixture = best
    let sized = Grouping.bySize(best.assignments, count: best.components)
    order = sized.order
    assignments = sized.membership
    memberships = best.memberships.selecting(columns: sized.order)
    let stable = Self.stability(numbers, settings, best, sized.membership, fits)
    stability = stable.jaccard
    splitHalves = stable.halves
  }

  /// A number given is searched with all starts by itself; its neighbours are there for comparison.
  private static func attempts(
    _ points: Matrix, _ candidates: [Int], _ settings: SegmentationSettings
  ) throws(KMeans.Failure) -> [MixtureSearch.Attempt] {
    func fits(_ numbers: [Int], starts: Int) throws(KMeans.Failure) -> [MixtureSearch.Attempt] {
      try MixtureSearch.fits(
        points, weights: settings.weights, components: numbers, families: settings.families, starts: starts,
        seed: settings.seed)
    }
    guard case .given(let number) = settings.count else { return try fits([1] + candidates, starts: settings.starts) }
    let others = try fits([1] + candidates.filter { $0 != number }, starts: 0)
    let own = try fits([number], starts: settings.starts)
    return (others + own).enumerated().sorted {
      ($0.element.components, $0.offset) < ($1.element.components, $1.offset)
    }.map(\.element)
  }

  /// Whether every component is the likeliest one of somebody.
  static func isInhabited(_ mixture: GaussianMixture) -> Bool {
    Set(mixture.assignments).count == mixture.components
  }

  /// Of the mixture taken, and the agreement of halves for the best mixture of each number.
  private static func stability(
    _ numbers: SegmentNumbers, _ settings: SegmentationSettings, _ taken: GaussianMixture, _ assignments: [Int],
    _ fits: [GaussianMixture]
  ) -> (jaccard: [Double]?, halves: [(segments: Int, agreement: Double?)]) {
    guard settings.stabilityDraws > 0 else { return (nil, []) }
    func refit(_ mixture: GaussianMixture) -> MixtureRefit? {
      try? MixtureRefit(numbers.points, weights: settings.weights, mixture: mixture)
    }
    var jaccard: [Double]?
    if let own = refit(taken) {
      jaccard =
        PartitionStability.of(
          assignments, clusters: taken.components, draws: settings.stabilityDraws, seed: settings.seed
        ) { times, seed in own.assignments(times: times, seed: seed) }.jaccard
    }
    var best: [GaussianMixture] = []
    for k in distinct(fits.map(\.components)) {
      let own = fits.filter { $0.components == k }
      if k == taken.components {
        best.append(taken)
      } else if let least = own.min(by: { $0.bic < $1.bic }) {
        best.append(least)
      }
    }
    let refits = best.map(refit)
    let halves = PartitionStability.splitHalves(
      rows: numbers.points.rows, partitions: best.count, halvings: settings.halvings, seed: settings.seed
    ) { times, seed in refits.map { $0?.assignments(times: times, seed: seed) } }
    return (jaccard, zip(best, halves).map { ($0.components, $1) })
  }

  private static func rejection(
    _ work: Groundwork, _ attempts: [MixtureSearch.Attempt], _ settings: SegmentationSettings
  ) -> Rejection {
    let number = settings.count.least
    let reasons = distinct(attempts.filter { $0.components >= number }.map { reason($0) })
    return work.rejection(
      "analysis.not-computable", at: work.position(of: "segments"),
      "a mixture needs components that spread over several \(settings.rows.people), and none was found: "
        + reasons.joined(separator: "; "),
      hint: "ask for fewer segments, or 'method: k-means'")
  }

  /// Why an attempt gave no segments.
  static func reason(_ attempt: MixtureSearch.Attempt) -> String {
    switch attempt.result {
    case .success: "a component is nobody's likeliest"
    case .failure(.dependentVariables): "the variables depend on each other, so that full covariances have no inverse"
    case .failure(.degenerate): "every start ended in a component without spread"
    case .failure(.tooManyParameters): "there are more parameters than rows"
    case .failure(.moreComponentsThanDistinctRows): "there are more components than rows that differ"
    }
  }

  var count: Int { mixture.components }
  var points: Matrix? { numbers.points }
  var criterion: String { if case .given = settings.count { "given" } else { "bic" } }

  func facts(_ grouping: Grouping) -> [Fact] {
    var facts = [
      Fact("covariance", .text(mixture.family.rawValue), .text), Fact("log_likelihood", mixture.logLikelihood),
      Fact("parameters", mixture.parameters), Fact("bic", mixture.bic), Fact("aic", mixture.aic),
      Fact("icl", mixture.icl), Fact("entropy", Value(mixture.entropy)), Fact("best_starts", mixture.bestStarts),
    ]
    if let own = splitHalves.first(where: { $0.segments == count })?.agreement {
      facts.append(Fact("split_half", own))
    }
    return facts
  }

  func tables(_ grouping: Grouping) -> [FindingsTable] {
    [criteria, numbers.centres(settings.variables, grouping)]
  }

  /// `criteria`: a row a number of segments, 1 too: its best family, and the BIC of each family.
  private var criteria: FindingsTable {
    var table = FindingsTable(
      "criteria", title: "Numbers of segments and families of covariances compared",
      columns: [
        .init("segments", .integer), .init("covariance", .text), .init("log_likelihood"), .init("parameters", .integer),
        .init("bic"), .init("aic"), .init("icl"), .init("entropy"), .init("split_half"),
        .init("best_starts", .integer), .init("ends", .integer),
      ] + settings.families.map { .init("bic_" + $0.rawValue.lowercased()) } + [.init("taken", .truth)])
    for k in distinct(attempts.map(\.components)) {
      let own = attempts.filter { $0.components == k }
      let fits = own.compactMap(\.mixture)
      let inhabited = fits.filter { Self.isInhabited($0) }
      let best = k == count ? mixture : (inhabited.isEmpty ? fits : inhabited).min { $0.bic < $1.bic }
      let half = splitHalves.first { $0.segments == k }?.agreement
      var row: [Value] = [.integer(k), Value(best?.family.rawValue), Value(best?.logLikelihood)]
      row += [best.map { .integer($0.parameters) } ?? .missing, Value(best?.bic), Value(best?.aic)]
      row += [Value(best?.icl), Value(best?.entropy), Value(half)]
      row += [best.map { .integer($0.bestStarts) } ?? .missing, best.map { .integer($0.starts) } ?? .missing]
      row += settings.families.map { family in Value(own.first { $0.family == family }?.mixture?.bic) }
      table.add(row + [.truth(k == count)])
    }
    return table
  }
}
