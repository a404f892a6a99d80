import Testing

@testable import Statistics

/// Resampling respondents and what it says of points.
@Suite struct ResamplingTests {
  /// With axes held fixed, the covariance of a brand's place is exactly Gᵀ(diag p − ppᵀ)G / n where each respondent
  /// gives one answer about it (Greenacre 2007, chapter 29, partial bootstrap).
  @Test func partialBootstrapHasItsKnownCovariance() throws {
    let counts = Matrix([[40, 25, 15, 20], [10, 30, 35, 25], [30, 10, 20, 40]])
    let fitted = try CorrespondenceAnalysis.fit(counts)
    let axes = fitted.columns.standard.firstColumns(2)
    // Each of 100 respondents names one attribute for each brand.
    var contributions = Matrix(rows: 100, columns: 12)
    for brand in 0..<3 {
      var who = 0
      for attribute in 0..<4 {
        for _ in 0..<Int(counts[brand, attribute]) {
          contributions[who, brand * 4 + attribute] = 1
          who += 1
        }
      }
    }
    let draws = 20_000
    var places = Matrix(rows: draws, columns: 6)
    Resamples.totals(contributions, draws: 0..<draws, seed: 1) { draw, totals in
      let profiles = Matrix(rows: 3, columns: 4, storage: totals.map { $0 / 100 })
      places.storage.replaceSubrange(draw * 6..<(draw + 1) * 6, with: profiles.multiplied(by: axes).storage)
    }
    let base = counts.map { $0 / 100 }.multiplied(by: axes)
    let regions = try #require(PointRegions(base, resampled: places))
    for brand in 0..<3 {
      func covariance(_ a: Int, _ b: Int) -> Double {
        let p = (0..<4).map { counts[brand, $0] / 100 }
        let mean = { (axis: Int) in (0..<4).reduce(0) { $0 + p[$1] * axes[$1, axis] } }
        return ((0..<4).reduce(0) { $0 + p[$1] * axes[$1, a] * axes[$1, b] } - mean(a) * mean(b)) / 100
      }
      let spread = regions.spread(brand)
      #expect(agree(spread.xx, covariance(0, 0), 0.04))
      #expect(agree(spread.yy, covariance(1, 1), 0.04))
      #expect(abs(spread.xy - covariance(0, 1)) < 0.03 * (spread.xx * spread.yy).squareRoot())
    }
  }

  @Test func drawsDoNotDependOnHowTheyAreDivided() {
    let contributions = Matrix((0..<30).map { [1, Double($0)] })
    var whole: [[Double]] = []
    Resamples.totals(contributions, draws: 0..<120, seed: 5) { _, totals in whole.append(Array(totals)) }
    var parts: [[Double]] = []
    for part in [0..<7, 7..<81, 81..<120] {
      Resamples.totals(contributions, draws: part, seed: 5) { _, totals in parts.append(Array(totals)) }
    }
    #expect(whole == parts)
    #expect(whole.allSatisfy { $0[0] == 30 })
    #expect(Set(whole.map { $0[1] }).count > 50)
  }

  @Test func strataKeepTheirSizes() {
    let contributions = Matrix((0..<30).map { $0 < 10 ? [1, 0] : [0, 1] })
    Resamples.totals(contributions, draws: 0..<40, seed: 5, strata: [0..<10, 10..<30]) { _, totals in
      #expect(Array(totals) == [10, 20])
    }
  }

  /// A difference of (3, 4) whose parts vary alike and independently: the way is 5, give or take the radius of the circle.
  @Test func theShortestAndLongestWayOfAMovement() throws {
    var generator = SeededGenerator(seed: 9)
    let base = Matrix([[0, 0], [3, 4], [0.5, 0]])
    var draws = Matrix(rows: 4_000, columns: 6)
    for draw in 0..<4_000 {
      for at in 0..<6 { draws[draw, at] = base.storage[at] + (at < 2 ? 0 : 0.5 * generator.normal()) }
    }
    let regions = try #require(PointRegions(base, resampled: draws))
    let reach = regions.reach(from: 0, to: 1, confidence: 0.95)
    let radius = 0.5 * 5.991464547107979.squareRoot()
    #expect(abs(reach.lower - (5 - radius)) < 0.05 && abs(reach.upper - (5 + radius)) < 0.05)
    let near = regions.reach(from: 0, to: 2, confidence: 0.95)
    #expect(near.lower == 0 && !regions.distinguishes(0, 2, confidence: 0.95))
    #expect(abs(near.upper - (0.5 + radius)) < 0.05)
  }

  @Test func turnsBackWhatWasTurned() throws {
    let target = Matrix([[1, 0.2], [-0.5, 0.8], [-0.4, -0.9], [0.3, 0.1]])
    for mirror in [1.0, -1] {
      let (c, s) = (0.6, 0.8)
      let turn = Matrix([[c, -s * mirror], [s, c * mirror]])
      let moved = target.multiplied(by: turn)
      #expect(agree(moved.turnedOnto(target, deciding: [0, 1, 2, 3]).storage, target.storage))
    }
    // The same as Procrustes' rotation where both are centred.
    let other = Matrix([[0.9, -0.1], [-0.2, 0.7], [-0.6, -0.5], [-0.1, -0.1]])
    let centred = Matrix([[0.9, 0], [-0.5, 0.7], [-0.5, -0.8], [0.1, 0.1]])
    let fit = try Procrustes.fit(other, to: centred)
    #expect(agree(other.turnedOnto(centred, deciding: [0, 1, 2, 3]).storage, fit.fitted.storage))
    #expect(Matrix([[-1], [2]]).turnedOnto(Matrix([[1], [-2]]), deciding: [0, 1]).storage == [1, -2])
  }

  /// Four points: two that move together, one alone, one that never moves.
  @Test func pairsAreToldApartByTheirDifference() throws {
    var generator = SeededGenerator(seed: 3)
    let base = Matrix([[0, 0], [0.5, 0], [3, 0], [3, 0]])
    var draws = Matrix(rows: 2_000, columns: 8)
    for draw in 0..<2_000 {
      let (a, b) = (generator.normal(), generator.normal())
      let own = generator.normal()
      let noise = (0..<8).map { [a, b, a + 0.05 * own, b, own, own, 0, 0][$0] }
      for at in 0..<8 { draws[draw, at] = base.storage[at] + noise[at] }
    }
    let regions = try #require(PointRegions(base, resampled: draws))
    #expect(agree(regions.spread(0).xx, 1, 0.1))
    #expect(regions.spread(2).correlation > 0.999)
    #expect(regions.spread(3) == .init(xx: 0, xy: 0, yy: 0))
    // Their ellipses lie over each other, and yet the difference never varies by more than a tenth of it.
    #expect(regions.overlaps(0, 1, confidence: 0.95))
    #expect(regions.distinguishes(0, 1, confidence: 0.95))
    #expect(!regions.distinguishes(2, 3, confidence: 0.95))
    #expect(regions.overlaps(2, 3, confidence: 0.95))
    #expect(!regions.overlaps(0, 3, confidence: 0.95))
    #expect(regions.overlaps(0, 3, confidence: 0.999))
  }

  @Test func rubbishHasNoRegions() {
    #expect(PointRegions(Matrix([[0, 0]]), resampled: Matrix([[1, 1]])) == nil)
    #expect(PointRegions(Matrix([[0, 0]]), resampled: Matrix([[1, 1], [.nan, 1]])) == nil)
    #expect(PointRegions(Matrix([[0, 0, 0]]), resampled: Matrix([[1, 1, 1], [1, 1, 1]])) == nil)
  }
}
