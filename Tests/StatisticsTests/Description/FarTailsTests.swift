import Testing

@testable import Statistics

/// Test values beyond the reach of a probability as a double. Expected: scipy 1.17, hypergeom.logpmf and the tail's ratio to
/// it, then a root of log_ndtr(−z) = log(p / 2). (R before 4.3 has only 7 digits of qnorm(log.p = TRUE) that far out.)
@Suite struct FarTailsTests {
  @Test(arguments: [
    (2680, 3875, 3473, 7043, 37.528257311325405), (4000, 5000, 4500, 10000, 74.19948767030388),
    (5000, 5000, 5000, 10000, 117.65752995340286), (90000, 100_000, 200_000, 1_000_000, 517.1004163441017),
    (900, 1000, 2000, 10000, 51.68543340660499),
  ])
  func sharesFarFromTheTotal(_ x: Int, _ groupSize: Int, _ total: Int, _ size: Int, _ expected: Double) throws {
    let value = try #require(TestValue.share(inGroup: x, groupSize: groupSize, total: total, size: size))
    #expect(abs(value - expected) < 1e-9 * expected)
    // The same group, seen by what it has not.
    let other = try #require(
      TestValue.share(inGroup: groupSize - x, groupSize: groupSize, total: size - total, size: size))
    #expect(abs(other + expected) < 1e-9 * expected)
  }

  /// Both ways agree where both work.
  @Test(arguments: [280, 300, 330]) func theTwoWaysMeet(_ x: Int) throws {
    let distribution = Hypergeometric(population: 2000, marked: 500, draws: 600)
    let near = try #require(TestValue.share(inGroup: x, groupSize: 600, total: 500, size: 2000))
    #expect(abs(TestValue.farShare(x, distribution, isAbove: true) - near) < 1e-9 * near)
  }
}
