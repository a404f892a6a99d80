import Statistics
import Testing

@testable import ValueModels

@Suite struct StandardisationTests {
  @Test func withinAPersonLevelAndSpreadGo() {
    // The same pattern at three levels and two spreads, one person of the opposite mind, one without any pattern.
    let points = Matrix([[1, 2, 3], [3, 4, 5], [1, 5, 9], [3, 2, 1], [4, 4, 4]])
    let (scores, flat) = Standardisation.withinPerson(points)
    #expect(flat == 1)
    for row in 0..<3 { #expect(Array(scores.row(row)) == [-1, 0, 1]) }
    #expect(Array(scores.row(3)) == [1, 0, -1])
    #expect(Array(scores.row(4)) == [0, 0, 0])
  }

  /// R's scale(): divisor n − 1.
  @Test func columnsHaveMeanZeroAndDeviationOne() {
    let (scores, _) = Standardisation.columns(Matrix([[1, 10], [2, 30], [3, 20]]))
    #expect(scores == Matrix([[-1, -1], [0, 1], [1, 0]]))
  }

  @Test func noneChangesNothing() {
    let points = Matrix([[1, 10], [2, 30]])
    #expect(Standardisation.none(points).points == points)
  }
}
