import Testing

@testable import ValueModels

@Suite struct SuppressionTests {
  @Test func nothingSmallHidesNothing() {
    #expect(Suppression(below: 10).hidden([10, 40, 0]) == [false, false, false])
  }

  @Test func aSmallGroupHidesTheSmallestOther() {
    #expect(Suppression(below: 10).hidden([40, 30, 12, 9]) == [false, false, true, true])
  }

  @Test func twoThatTogetherAreSmallHideAThird() {
    #expect(Suppression(below: 10).hidden([40, 30, 4, 5]) == [false, true, true, true])
    #expect(Suppression(below: 10).hidden([40, 30, 5, 5]) == [false, false, true, true])
  }

  @Test func twoGroupsAreBothHidden() {
    #expect(Suppression(below: 10).hidden([100, 3]) == [true, true])
  }

  @Test func groupsHiddenElsewhereStayHiddenAndDoNotCountWhenEmpty() {
    let hidden = Suppression(below: 10).hidden([50, 40, 20, 0], always: [false, false, true, true])
    #expect(hidden == [false, true, true, true])
  }

  @Test(arguments: [[7], [0, 3], [9, 9], [1, 1, 1]])
  func allMayBeHidden(_ bases: [Int]) {
    let hidden = Suppression(below: 10).hidden(bases)
    #expect(zip(bases, hidden).allSatisfy { $0 == 0 || $1 })
  }
}
