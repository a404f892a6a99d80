import Testing

@testable import Statistics

@Suite struct ValidityTests {
  /// R's cluster::silhouette.
  @Test func silhouettesAgreeWithR() throws {
    let expected = try reference("cluster/points.expected.json", as: ClusterReference.self)
    let points = Matrix(expected.points)
    let exact = try Silhouettes.of(points, partitions: [expected.assignments, points.column(0).map { $0 > 0 ? 1 : 0 }])
    #expect(agree(exact[0].average, expected.silhouette))
    #expect(agree(exact[0].byCluster, expected.silhouette_by_cluster))
    #expect(exact[0].method == .points && exact.count == 2)
    let rough = try Silhouettes.of(points, assignments: expected.assignments, exactLimit: 10)
    #expect(rough.method == .centres && rough.average > exact[0].average && rough.average <= 1)
  }

  @Test func silhouettesOfOddPartitions() throws {
    let points = Matrix([[0], [0], [5], [9]])
    // A point alone has 0; coinciding points have 1 where others are away.
    let fit = try Silhouettes.of(points, assignments: [0, 0, 2, 5])
    #expect(fit.byCluster == [1, 0, 0, 0, 0, 0] && fit.average == 0.5)
    #expect(try Silhouettes.of(Matrix(rows: 4, columns: 1), assignments: [0, 1, 0, 1]).average == 0)
    #expect(throws: Silhouettes.Failure.tooFewClusters) { try Silhouettes.of(points, assignments: [1, 1, 1, 1]) }
    #expect(throws: Silhouettes.Failure.assignmentCount(1)) { try Silhouettes.of(points, assignments: [1]) }
    #expect(throws: Silhouettes.Failure.badAssignment(row: 3)) {
      try Silhouettes.of(points, assignments: [1, 0, 1, -1])
    }
    #expect(throws: Silhouettes.Failure.tooFewClusters) {
      try Silhouettes.of(Matrix(rows: 0, columns: 0), assignments: [])
    }
  }

  /// R's clusGap with squared distances, its box turned like ours, 500 sets; ours are 60 other sets, so within errors.
  @Test func gapsAgreeWithR() throws {
    let expected = try reference("cluster/points.expected.json", as: ClusterReference.self)
    let points = Matrix(expected.points)
    let fits = try KMeans.fits(points, clusters: Array(1...6))
    let gap = try GapStatistic.compute(
      points, partitions: fits.map { ($0.clusters, $0.totalWithinSS) }, sets: 60)
    for at in gap.clusters.indices {
      // R halves the sum of squares, which changes no gap; its 20 starts may miss the least sum.
      #expect(gap.logWithinSS[at] <= expected.log_w[at] + 0.6931471805599453 + 1e-9)
      #expect(abs(gap.expected[at] - 0.6931471805599453 - expected.gap[at] - expected.log_w[at]) < 0.04)
      #expect(abs(gap.standardErrors[at] - expected.gap_se[at]) < 0.3 * expected.gap_se[at])
    }
    #expect(gap.choice == expected.gap_choice && gap.sets == 60)
  }

  @Test func gapsOfOddPointsAreFinite() throws {
    let pair = Matrix([[0, 0], [0, 1], [4, 4]])
    let gap = try GapStatistic.compute(pair, partitions: [(3, 0), (2, 0.5), (1, 20)], sets: 5)
    #expect(gap.clusters == [1, 2] && gap.gaps.allSatisfy { $0.isFinite })
    let none = try GapStatistic.compute(pair, partitions: [], sets: 5)
    #expect(none.choice == 1 && none.sets == 0)
    let flat = try GapStatistic.compute(
      Matrix([[0, 1], [1, 1], [7, 1], [8, 1]]), partitions: [(1, 50), (2, 1)], sets: 5)
    #expect(flat.gaps.allSatisfy { $0.isFinite })
  }

  /// Hubert & Arabie (1985); scikit-learn's adjusted_rand_score gives 0.24242424 for this pair.
  @Test func adjustedRand() throws {
    #expect(
      agree(try #require(PartitionMeasures.adjustedRand([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2])), 0.24242424242424243))
    #expect(PartitionMeasures.adjustedRand([0, 1, 1], [5, 2, 2]) == 1)
    #expect(PartitionMeasures.adjustedRand([0, 0], [3, 3]) == 1)
    #expect(PartitionMeasures.adjustedRand([0], [1]) == nil && PartitionMeasures.adjustedRand([0, 1], [1]) == nil)
  }

  @Test func calinskiHarabasz() throws {
    let fit = try KMeans.fit(Matrix([[0], [2], [10], [12]]), clusters: 2)
    #expect(PartitionMeasures.calinskiHarabasz(fit) == 50)
    #expect(PartitionMeasures.calinskiHarabasz(try KMeans.fit(Matrix([[0], [2]]), clusters: 2)) == nil)
    #expect(PartitionMeasures.calinskiHarabasz(try KMeans.fit(Matrix([[0], [2]]), clusters: 1)) == nil)
  }

  @Test func clearClustersAreStable() throws {
    let points = Matrix(try reference("cluster/points.expected.json", as: ClusterReference.self).points)
    let clear = try PartitionMeasures.bootstrapJaccard(points, partition: KMeans.fit(points, clusters: 3))
    let forced = try PartitionMeasures.bootstrapJaccard(points, partition: KMeans.fit(points, clusters: 5))
    #expect(clear.allSatisfy { $0 > 0.85 && $0 <= 1 } && forced.contains { $0 < 0.75 })
    let few = Matrix([[0], [1], [9]])
    #expect(try PartitionMeasures.bootstrapJaccard(few, partition: KMeans.fit(few, clusters: 3)).count == 3)
  }
}
