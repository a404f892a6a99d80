import Testing

@testable import Statistics

private struct MixtureReference: Decodable {
  struct Fit: Decodable {
    var family: String
    var components: Int
    var log_likelihood: Double
    var parameters: Int
    var bic: Double
  }

  struct Points: Decodable {
    var name: String
    var points: [[Double]]
    var fits: [Fit]
  }

  var sets: [Points]
}

@Suite struct GaussianMixtureTests {
  private static let families = CovarianceFamily.allCases

  /// mclust on R's `faithful` and on drawn points: our likelihoods are those or higher ones.
  @Test func likelihoodsAreNeverBelowThoseOfMclust() throws {
    let expected = try reference("mclust/mixtures.expected.json", as: MixtureReference.self)
    for set in expected.sets {
      let points = Matrix(set.points)
      let attempts = try MixtureSearch.fits(points, components: [1, 2, 3, 4], families: Self.families, starts: 20)
      var same = 0
      for fit in set.fits {
        let attempt = try #require(
          attempts.first { $0.family.rawValue == fit.family && $0.components == fit.components })
        var mixture = try #require(attempt.mixture)
        if mixture.logLikelihood < fit.log_likelihood - 1e-6 {
          // One asked for alone gets all the random starts.
          let alone = try MixtureSearch.fits(points, components: [fit.components], families: [attempt.family])
          mixture = try #require(alone[0].mixture)
        }
        let difference = mixture.logLikelihood - fit.log_likelihood
        #expect(difference > -1e-6, "\(set.name) \(fit.family) \(fit.components)")
        #expect(mixture.parameters == fit.parameters && mixture.isConverged)
        if abs(difference) < 1e-6 {
          same += 1
          #expect(abs(mixture.bic + fit.bic) < 1e-5)
        }
        #expect(difference > 1e-6 || fit.components > 1 || abs(difference) < 1e-7)
      }
      #expect(same >= set.fits.count * 2 / 3)
    }
  }

  @Test func membershipsSumToOneAndSharesToTheWhole() throws {
    let points = Matrix(
      (0..<90).map { (row: Int) -> [Double] in
        [Double(row % 3) * 4 + Double(row * 37 % 23) / 23, Double(row % 3) - Double(row * 53 % 29) / 29]
      })
    let fit = try #require(
      try MixtureSearch.fits(points, components: [3], families: [.diagonalVarying], starts: 10)[0].mixture)
    #expect(agree(fit.shares, [1.0 / 3, 1.0 / 3, 1.0 / 3], 1e-4))
    #expect(fit.memberships.rowSums.allSatisfy { abs($0 - 1) < 1e-12 })
    #expect((fit.entropy ?? 0) > 0.99 && fit.icl >= fit.bic)
    #expect(fit.assignments == (0..<90).map { fit.assignments[$0 % 3] })
    #expect(agree(fit.aic, -2 * fit.logLikelihood + 28) && fit.parameters == 14)
  }

  /// Weights are repetitions: the same likelihood, and rows of weight 0 still have a component.
  @Test func weightsAreRepeatedRows() throws {
    let points = Matrix((0..<60).map { (row: Int) -> [Double] in [Double(row % 2) * 3 + Double(row * 29 % 31) / 20] })
    let weights = (0..<60).map { Double($0 % 4) }
    let rows = (0..<60).flatMap { [Int](repeating: $0, count: $0 % 4) }
    for family in Self.families {
      let weighted = try MixtureSearch.fits(points, weights: weights, components: [2], families: [family], starts: 4)[0]
      let repeated = try MixtureSearch.fits(
        points.selecting(rows: rows), components: [2], families: [family], starts: 4)[0]
      let (a, b) = (try #require(weighted.mixture), try #require(repeated.mixture))
      #expect(abs(a.logLikelihood - b.logLikelihood) < 1e-6 && a.memberships.rows == 60 && agree(a.total, 90))
      #expect(a.memberships.rowSums.allSatisfy { abs($0 - 1) < 1e-12 })
    }
  }

  /// A group on one point has no variance: families in which variances vary have no likelihood there.
  @Test func degenerateComponentsAreRefused() throws {
    let points = Matrix(
      (0..<40).map { (row: Int) -> [Double] in row < 15 ? [9, 9] : [Double(row % 5), Double(row * 7 % 11)] })
    let attempts = try MixtureSearch.fits(
      points, components: [2], families: [.spherical, .sphericalVarying, .fullVarying], starts: 10)
    #expect(attempts[0].mixture != nil)
    for attempt in attempts.dropFirst() {
      // Nowhere near the point without spread.
      if let mixture = attempt.mixture {
        #expect(mixture.degenerateStarts > 0 && mixture.logLikelihood.isFinite)
      }
    }
    let sum = Matrix(
      (0..<30).map { (row: Int) -> [Double] in [Double(row % 7), Double(row % 4), Double(row % 7 + row % 4)] })
    let full = try MixtureSearch.fits(sum, components: [1], families: [.diagonal, .full], starts: 1)
    #expect(full[0].mixture != nil)
    guard case .failure(.dependentVariables) = full[1].result else {
      Issue.record("variables that add up have no full covariance")
      return
    }
  }

  @Test func refusalsNameTheirReason() throws {
    let points = Matrix([[0, 1], [1, 0], [2, 5], [3, 1], [0, 1], [7, 2]])
    func refusal(_ k: Int, _ family: CovarianceFamily) throws -> MixtureSearch.Refusal? {
      guard
        case .failure(let reason) = try MixtureSearch.fits(points, components: [k], families: [family], starts: 2)[0]
          .result
      else { return nil }
      return reason
    }
    #expect(try refusal(6, .spherical) == .moreComponentsThanDistinctRows)
    #expect(try refusal(2, .fullVarying) == .tooManyParameters(11))
    #expect(try refusal(1, .spherical) == nil)
    #expect(throws: KMeans.Failure.tooFewClusters(0)) {
      try MixtureSearch.fits(points, components: [0], families: [.spherical])
    }
    #expect(throws: KMeans.Failure.badWeight(row: 2)) {
      try MixtureSearch.fits(points, weights: [1, 1, -1, 1, 1, 1], components: [1], families: [.spherical])
    }
  }

  @Test func theSameSeedGivesTheSameMixtureOnAnyNumberOfThreads() throws {
    let points = Matrix((0..<120).map { (row: Int) -> [Double] in [Double(row * 31 % 47), Double(row * 17 % 29)] })
    func fit() throws -> [Double] {
      try MixtureSearch.fits(points, components: [2, 3], families: Self.families, starts: 6).map {
        $0.mixture?.logLikelihood ?? 0
      }
    }
    let one = try ParallelWork.$threads.withValue(1) { try fit() }
    #expect(try ParallelWork.$threads.withValue(2) { try fit() } == one)
  }
}
