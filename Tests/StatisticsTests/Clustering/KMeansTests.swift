import Testing

@testable import Statistics

/// What R gives for three clouds; see Reference/cluster.
struct ClusterReference: Decodable {
  let points: [[Double]]
  let within: [Double]
  let assignments: [Int]
  let total, silhouette: Double
  let silhouette_by_cluster: [Double]
  let gap, log_w, gap_se: [Double]
  let gap_choice: Int
}

@Suite struct KMeansTests {
  /// R's kmeans with 200 starts: never a worse sum of squares.
  @Test func isNeverWorseThanR() throws {
    let expected = try reference("cluster/points.expected.json", as: ClusterReference.self)
    for fit in try KMeans.fits(Matrix(expected.points), clusters: Array(1...8)) {
      #expect(fit.totalWithinSS <= expected.within[fit.clusters - 1] * (1 + 1e-9))
      #expect(agree(fit.totalSS, expected.total))
      #expect(agree(fit.betweenSS + fit.totalWithinSS, fit.totalSS))
      #expect(fit.sizes.reduce(0, +) == 75 && fit.sizes == fit.sizes.sorted(by: >))
      #expect(fit.bestStarts >= 1 && fit.bestStarts <= fit.starts)
    }
    let fit = try KMeans.fit(Matrix(expected.points), clusters: 3)
    #expect(PartitionMeasures.adjustedRand(fit.assignments, expected.assignments) == 1)
    #expect(fit.bestStarts > 10)
  }

  @Test(.enabled(if: sharedData != nil, "needs customer_satisfaction_survey.csv, which is not in the repository"))
  func isNeverWorseThanROnASurvey() throws {
    struct Survey: Decodable {
      let clusters: [Int]
      let within_row_centred, within_row_standardised: [Double]
    }
    let expected = try reference("cluster/survey.expected.json", as: Survey.self)
    #if DEBUG
      let most = 2  // All of them take a minute without optimisation.
    #else
      let most = 8
    #endif
    let raw = Matrix(try cells("customer_satisfaction_survey.csv").map { $0[2...].compactMap { Double($0) } })
    for (divide, sums) in [(false, expected.within_row_centred), (true, expected.within_row_standardised)] {
      var points = raw
      for i in 0..<raw.rows {
        let row = try Moments(Array(raw.row(i)))
        let divisor = divide && row.variance > 0 ? row.variance.squareRoot() : 1
        for j in 0..<raw.columns { points[i, j] = (raw[i, j] - row.mean) / divisor }
      }
      for (k, sum) in zip(expected.clusters, sums) where k <= most {
        #expect(try KMeans.fit(points, clusters: k).totalWithinSS <= sum * (1 + 1e-9))
      }
    }
  }

  /// Answers on a scale without clear clusters, where several of 50 starts agree on a sum that is not the least: the sums
  /// are the least that six seeds came to.
  @Test(arguments: [
    (cloud: 2, clusters: 5, seed: 3, least: 1950.690269151139), (7, 5, 1, 2133.2737441895338),
    (9, 6, 5, 1871.9628754578755), (10, 6, 1, 1903.7278159166035), (10, 6, 2, 1903.7278159166035),
  ])
  func agreementOfSomeStartsIsNotTrusted(cloud: Int, clusters: Int, seed: Int, least: Double) throws {
    var generator = SeededGenerator(seed: UInt64(cloud))
    var points = Matrix(rows: 120, columns: 6)
    for i in 0..<120 {
      for j in 0..<6 { points[i, j] = Double(generator.index(below: 7)) + (i % 4 == j % 4 ? 2 : 0) }
    }
    let fit = try KMeans.fit(points, clusters: clusters, seed: UInt64(seed))
    #expect(fit.totalWithinSS <= least * (1 + 1e-9))
  }

  /// No single move lowers the sum (Hartigan & Wong 1979), and each point is at its nearest centre.
  @Test func theResultIsALocalOptimum() throws {
    var generator = SeededGenerator(seed: 12)
    let points = Matrix(rows: 120, columns: 3, storage: (0..<360).map { _ in generator.normal() })
    let fit = try KMeans.fit(points, clusters: 5, starts: 3)
    for i in 0..<points.rows {
      let squares = (0..<5).map { c in
        zip(points.row(i), fit.centres.row(c)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      let own = fit.assignments[i]
      let saving = fit.weights[own] / (fit.weights[own] - 1) * squares[own]
      for c in 0..<5 where c != own {
        #expect(fit.weights[c] / (fit.weights[c] + 1) * squares[c] >= saving * (1 - 1e-9))
      }
    }
  }

  @Test func theSameSeedGivesTheSame() throws {
    var generator = SeededGenerator(seed: 2)
    let points = Matrix(rows: 200, columns: 2, storage: (0..<400).map { _ in generator.uniform() })
    let a = try KMeans.fit(points, clusters: 6, starts: 5, seed: 9)
    let b = try KMeans.fits(points, clusters: [3, 6], starts: 5, seed: 9)[1]
    #expect(a.assignments == b.assignments && a.centres == b.centres && a.withinSS == b.withinSS)
  }

  @Test func weightsCountRows() throws {
    let points = Matrix([[0], [1], [10], [11], [30]])
    let weighted = try KMeans.fit(points, clusters: 2, weights: [2, 1, 3, 0, 1])
    let repeated = try KMeans.fit(Matrix([[0], [0], [1], [10], [10], [10], [30]]), clusters: 2)
    #expect(agree(weighted.totalWithinSS, repeated.totalWithinSS))
    #expect(weighted.assignments == [0, 0, 0, 0, 1])
    #expect(weighted.weights == [6, 1] && weighted.sizes == [3, 1])
    #expect(agree(weighted.totalSS, repeated.totalSS))
  }

  @Test func asManyClustersAsDifferentRows() throws {
    let points = Matrix([[1, 1], [2, 2], [1, 1], [3, 3], [-0.0, 0], [0, 0]])
    let fit = try KMeans.fit(points, clusters: 4)
    #expect(fit.totalWithinSS == 0 && fit.sizes == [2, 2, 1, 1])
    #expect(fit.assignments[0] == fit.assignments[2] && fit.assignments[4] == fit.assignments[5])
    // Clusters of one size are ordered by their centres.
    #expect(fit.centres[0, 0] == 0 && fit.centres[2, 0] == 2)
  }

  @Test func identicalPointsAreOneCluster() throws {
    let fit = try KMeans.fit(Matrix(rows: 9, columns: 2, repeating: 4), clusters: 1)
    #expect(fit.totalSS == 0 && fit.betweenSS == 0 && fit.centres == Matrix([[4, 4]]))
  }

  @Test func manyTiesEnd() throws {
    // A grid has many equal distances; the descent must stop.
    let grid = Matrix((0..<400).map { [Double($0 % 20), Double($0 / 20)] })
    for fit in try KMeans.fits(grid, clusters: [2, 4, 7, 20, 399, 400], starts: 3) {
      #expect(fit.sizes.allSatisfy { $0 > 0 } && fit.sizes.reduce(0, +) == 400)
    }
  }

  @Test func badPointsAreRefused() {
    typealias Failure = KMeans.Failure
    func failure(_ rows: [[Double]], _ k: Int, weights: [Double]? = nil) -> Failure? {
      thrown { () throws(Failure) in
        _ = try KMeans.fit(Matrix(rows), clusters: k, weights: weights)
      }
    }
    #expect(failure([], 1) == .noRows)
    #expect(failure([[], []], 1) == .noColumns)
    #expect(failure([[1], [.nan]], 1) == .notFinite(row: 1, column: 0))
    #expect(failure([[1], [2]], 0) == .tooFewClusters(0))
    #expect(failure([[1], [1], [2]], 3) == .moreClustersThanDistinctRows(clusters: 3, distinct: 2))
    #expect(failure([[1], [2]], 2, weights: [1, 0]) == .moreClustersThanDistinctRows(clusters: 2, distinct: 1))
    #expect(failure([[1], [2]], 1, weights: [1]) == .weightCount(1))
    #expect(failure([[1], [2]], 1, weights: [1, -1]) == .badWeight(row: 1))
    #expect(failure([[1], [2]], 1, weights: [0, 0]) == .badWeight(row: 0))
    #expect(failure([[1e200], [-1e200], [0]], 2) == .tooLarge)
  }

  @Test func extremeValuesKeepTheirClusters() throws {
    for factor in [1e-140, 1e140] {
      let fit = try KMeans.fit(Matrix([[0], [1], [10], [11], [12]]).map { $0 * factor }, clusters: 2)
      #expect(fit.assignments == [1, 1, 0, 0, 0])
      #expect(agree(fit.centres[0, 0], 11 * factor, floor: 0))
    }
    let far = try KMeans.fit(Matrix([[1e9], [1e9 + 1], [1e9 + 10], [1e9 + 11]]), clusters: 2)
    #expect(agree(far.totalWithinSS, 1, 1e-6))
    #expect(try KMeans.fit(Matrix([[1e308], [1e308]]), clusters: 1).totalSS == 0)
  }

  /// Few points, each many times: the partition of the points with their counts as weights, sizes in rows.
  @Test func identicalRowsAreWeights() throws {
    let points = Matrix((0..<12).map { (row: Int) -> [Double] in [Double(row * 7 % 12), Double(row * 5 % 13)] })
    let times = (0..<12).map { 2 + $0 % 5 }
    let rows = times.indices.flatMap { [Int](repeating: $0, count: times[$0]) }
    for k in [1, 2, 4, 12] {
      let weighted = try KMeans.fit(points, clusters: k, weights: times.map(Double.init))
      let repeated = try KMeans.fit(points.selecting(rows: rows), clusters: k)
      #expect(agree(repeated.totalWithinSS, weighted.totalWithinSS) && agree(repeated.totalSS, weighted.totalSS))
      #expect(repeated.sizes.reduce(0, +) == rows.count && repeated.assignments.count == rows.count)
      #expect(agree(repeated.weights, weighted.weights))
      #expect(rows.indices.allSatisfy { repeated.assignments[$0] == weighted.assignments[rows[$0]] })
    }
    let none = try KMeans.fit(points.selecting(rows: rows), clusters: 3, weights: rows.map { $0 == 11 ? 0 : 1 })
    #expect(none.assignments.count == rows.count && none.sizes.reduce(0, +) == rows.count - times[11])
  }
}
