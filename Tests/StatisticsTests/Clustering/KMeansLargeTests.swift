import Testing

@testable import Statistics

@Suite struct KMeansLargeTests {
  /// Four invented groups of unlike size in three dimensions, more rows than all starts are followed on.
  private static let (points, kinds): (Matrix, [Int]) = {
    var generator = SeededGenerator(seed: 31)
    let rows = KMeansData.mostRowsForAllStarts + 500
    let kinds = (0..<rows).map { [0, 0, 0, 1, 1, 2, 2, 3][$0 % 8] }
    let cells = kinds.flatMap { kind in
      (0..<3).map { axis in (axis == kind % 3 ? 9.0 : 0) * (kind == 3 ? -1 : 1) + generator.normal() }
    }
    return (Matrix(rows: rows, columns: 3, storage: cells), kinds)
  }()

  @Test func groupsAreFoundAndNoRowIsNearerToAnotherCentre() throws {
    let found = try KMeans.fit(Self.points, clusters: 4, starts: 20)
    #expect((PartitionMeasures.adjustedRand(found.assignments, Self.kinds) ?? 0) > 0.999)
    #expect(found.starts == 20 && found.bestStarts > 1)
    for row in stride(from: 0, to: Self.points.rows, by: 7) {
      let squares = (0..<4).map { c in
        zip(Self.points.row(row), found.centres.row(c)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      #expect(squares[found.assignments[row]] <= (squares.min() ?? 0) + 1e-6)
    }
  }

  @Test("the same as from all starts on all rows, and on any number of threads") func sameAsAllStarts() throws {
    // Half the rows: every start is followed on all of them.
    let half = Self.points.selecting(rows: Array(0..<Self.points.rows / 2))
    let twice = Matrix(rows: half.rows * 2, columns: 3, storage: half.storage + half.map { $0 + 1e-7 }.storage)
    let small = try KMeans.fit(half, clusters: 4, starts: 10)
    let large = try KMeans.fit(twice, clusters: 4, starts: 10)
    #expect(agree(large.totalWithinSS, 2 * small.totalWithinSS, 1e-6))
    let alone = try ParallelWork.$threads.withValue(1) { try KMeans.fit(twice, clusters: 4, starts: 10) }
    #expect(alone.assignments == large.assignments && alone.totalWithinSS == large.totalWithinSS)
  }
}
