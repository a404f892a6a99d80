import Testing

@testable import Statistics

@Suite struct GroupPlaneTests {
  /// The same axes as the discriminant analysis that is checked against MASS, up to their scale: distances between the
  /// middles of groups in units of the spread within them.
  @Test func middlesAreThoseOfTheDiscriminantAnalysis() throws {
    let points = Matrix(
      (0..<120).map { (row: Int) -> [Double] in
        let group = Double(row % 4)
        return [
          Double(row * 37 % 41) / 10 + 2 * group, Double(row * 17 % 23) / 5 - group * group, Double(row * 29 % 31) / 8,
        ]
      })
    let groups = (0..<120).map { $0 % 4 }
    let plane = try #require(GroupPlane(points, groups: groups, count: 4))
    let centred = Matrix((0..<120).map { row in (0..<3).map { points[row, $0] - points.columnSums[$0] / 120 } })
    let analysis = try DiscriminantAnalysis.fit(GroupMoments(centred, groups: groups, count: 4))
    let scale = (120.0 / 116).squareRoot()
    for a in 0..<4 {
      for b in 0..<a {
        let (one, other) = (try #require(plane.places[a]), try #require(plane.places[b]))
        let own = (one.x - other.x) * (one.x - other.x) + (one.y - other.y) * (one.y - other.y)
        let theirs = (0..<2).reduce(0.0) {
          let difference = analysis.rows.principal[a, $1] - analysis.rows.principal[b, $1]
          return $0 + difference * difference
        }
        #expect(agree(own, theirs * scale * scale))
      }
    }
    #expect(agree(plane.explained, analysis.percentages.prefix(2).reduce(0, +) / 100))
  }

  @Test func twoGroupsAndDependentVariablesHaveAPlaneToo() throws {
    let points = Matrix(
      (0..<40).map { (row: Int) -> [Double] in
        let (a, b) = (Double(row % 2) * 5 + Double(row * 7 % 11) / 4, Double(row * 3 % 7))
        return [a, b, -a - b]
      })
    let plane = try #require(GroupPlane(points, groups: (0..<40).map { $0 % 2 }, count: 2))
    #expect(plane.explained == 1)
    let (one, other) = (try #require(plane.places[0]), try #require(plane.places[1]))
    #expect(abs(one.y - other.y) < 1e-8 && abs(one.x - other.x) > 1)
    #expect(abs(one.deviationX * one.deviationX + other.deviationX * other.deviationX - 2) < 1e-8)
    #expect(GroupPlane(points, groups: [Int](repeating: 0, count: 40), count: 1) == nil)
    #expect(GroupPlane(points.firstColumns(1), groups: (0..<40).map { $0 % 2 }, count: 2) == nil)
    #expect(GroupPlane(points, groups: (0..<40).map { $0 % 2 }, count: 3)?.places[2] == nil)
  }
}
