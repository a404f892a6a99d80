import Testing

@testable import Statistics

private struct WardReference: Decodable {
  var points: [[Double]]
  var heights: [Double]
  var weights: [Double]
  var weighted_heights: [Double]
  var within_3: Double
  var sizes_3: [Int]
  var within_5: Double
  var sizes_5: [Int]
}

@Suite struct WardTreeTests {
  /// R's hclust(dist(x), "ward.D2") and cutree.
  @Test func heightsAndCutsAgreeWithR() throws {
    let expected = try reference("hclust/ward.expected.json", as: WardReference.self)
    let tree = try WardTree(Matrix(expected.points))
    #expect(agree(tree.heights, expected.heights))
    #expect(tree.fineGroups == nil)
    for (k, within, sizes) in [(3, expected.within_3, expected.sizes_3), (5, expected.within_5, expected.sizes_5)] {
      let cut = try tree.partition(clusters: k, consolidating: false)
      #expect(agree(cut.totalWithinSS, within) && cut.sizes == sizes)
      let moved = try tree.partition(clusters: k, consolidating: true)
      #expect(moved.totalWithinSS <= within + 1e-9)
    }
  }

  /// A row of weight 2 is two rows: R's tree of the repeated rows.
  @Test func weightsAreRepeatedRows() throws {
    let expected = try reference("hclust/ward.expected.json", as: WardReference.self)
    let points = Matrix(expected.points)
    let weighted = try WardTree(points, weights: expected.weights)
    #expect(agree(weighted.heights, expected.weighted_heights))
    let rows = expected.weights.enumerated().flatMap { [Int](repeating: $0.offset, count: Int($0.element)) }
    let repeated = try WardTree(points.selecting(rows: rows))
    #expect(repeated.heights.count == rows.count - 1)
    #expect(agree(repeated.heights.filter { $0 > 0 }, expected.weighted_heights))
  }

  /// The sum of squares within a cut is that of the merges below it.
  @Test func heightsAddUpToTheSumOfSquares() throws {
    let points = Matrix(
      (0..<200).map { (row: Int) -> [Double] in [Double(row * 7919 % 101), Double(row * 104_729 % 89), Double(row % 7)]
      })
    let tree = try WardTree(points)
    let all = try tree.partition(clusters: 1, consolidating: true)
    #expect(agree(tree.heights.reduce(0) { $0 + $1 * $1 / 2 }, all.totalSS))
    let four = try tree.partition(clusters: 4, consolidating: false)
    #expect(agree(tree.heights.dropLast(3).reduce(0) { $0 + $1 * $1 / 2 }, four.totalWithinSS))
    #expect(zip(tree.heights, tree.heights.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test func manyRowsStartFromFineGroups() throws {
    let points = Matrix(
      (0..<3_000).map { (row: Int) -> [Double] in
        [Double(row % 3) * 50 + Double(row * 7919 % 1_009) / 500, Double(row % 11)]
      })
    let tree = try WardTree(points, mostRows: 500)
    #expect(tree.fineGroups == 500 && tree.heights.count == 499)
    #expect(try tree.partition(clusters: 3, consolidating: true).sizes == [1_000, 1_000, 1_000])
  }

  @Test func oddPointsAreNoTrouble() throws {
    let one = try WardTree(Matrix([[1, 2]]))
    #expect(one.heights.isEmpty)
    #expect(try one.partition(clusters: 1, consolidating: true).assignments == [0])
    let same = try WardTree(Matrix([[1], [1], [1], [4]]))
    #expect(same.heights == [0, 0, 2 * (0.75 * 9.0 / 2).squareRoot()])
    #expect(throws: KMeans.Failure.moreClustersThanDistinctRows(clusters: 3, distinct: 2)) {
      try same.partition(clusters: 3, consolidating: false)
    }
    #expect(throws: KMeans.Failure.tooFewClusters(0)) { try same.partition(clusters: 0, consolidating: false) }
    #expect(throws: KMeans.Failure.badWeight(row: 1)) { try WardTree(Matrix([[1], [2]]), weights: [1, -1]) }
    #expect(throws: KMeans.Failure.noRows) { try WardTree(Matrix(rows: 0, columns: 2)) }
    let zero = try WardTree(Matrix([[1], [2], [90]]), weights: [1, 1, 0])
    #expect(zero.heights == [1])
    #expect(try zero.partition(clusters: 2, consolidating: false).assignments == [0, 1, 1])
    let far = try WardTree(Matrix([[1e200], [-1e200], [0]]))
    #expect(agree(far.heights[0], 1e200))
  }
}
