import Testing

@testable import Statistics

/// R: stats::cmdscale, MASS::isoMDS and vegan::monoMDS, best of 60 starts each (`Reference/MASS`).
@Suite struct MultidimensionalScalingTests {
  struct Expected: Decodable {
    let dissimilarities: [[Double]]
    let eigenvalues, goodness: [Double]
    let points: [[Double]]
    let isoMDS, primary, secondary, linear: [Double]
  }

  @Test(arguments: ["tied", "eurodist"])
  func classicalScalingIsThatOfR(_ name: String) throws {
    let expected = try reference("MASS/\(name).expected.json", as: Expected.self)
    let fit = try ClassicalScaling.fit(Dissimilarities(Matrix(expected.dissimilarities)))
    let unit = expected.eigenvalues[0]
    #expect(agree(fit.eigenvalues, expected.eigenvalues, 1e-8, floor: 1e-9 * unit))
    #expect(agreeUpToSigns(fit.coordinates.firstColumns(2), expected.points, 1e-8, floor: 1e-9 * unit.squareRoot()))
    #expect(agree(fit.goodness(dimensions: 2), expected.goodness[0]))
    #expect(agree(fit.goodnessOfPositive(dimensions: 2), expected.goodness[1]))
  }

  @Test(arguments: ["tied", "eurodist"], 1...4)
  func noStressIsWorseThanThatOfR(_ name: String, _ dimensions: Int) throws {
    let expected = try reference("MASS/\(name).expected.json", as: Expected.self)
    let data = try Dissimilarities(Matrix(expected.dissimilarities))
    func stress(_ level: ScalingLevel) throws -> Double {
      try MultidimensionalScaling.fit(
        data, level: level, dimensions: dimensions, starts: name == "tied" || dimensions > 2 ? 20 : 6, seed: 1
      ).stress
    }
    let primary = try stress(.ordinal(.primary))
    #expect(primary <= expected.primary[dimensions - 1] + 2e-5)
    #expect(primary <= expected.isoMDS[dimensions - 1] + 2e-5)
    // The larger table takes its time in a debug build: the other levels in the plane are enough.
    guard name == "tied" || dimensions == 2 else { return }
    let secondary = try stress(.ordinal(.secondary))
    #expect(secondary <= expected.secondary[dimensions - 1] + 2e-5)
    #expect(primary <= secondary + 1e-6)
    let interval = try stress(.interval)
    // Their line may start below 0 at the least dissimilarity, ours may not.
    #expect(interval <= expected.linear[dimensions - 1] * 1.001 + 2e-5)
    #expect(try stress(.ratio) >= interval - 1e-6)
  }

  @Test func distancesInAPlaneAreFoundAgain() throws {
    var generator = SeededGenerator(seed: 4)
    var points = Matrix(rows: 12, columns: 2)
    for at in points.storage.indices { points.storage[at] = generator.normal() }
    var table = Matrix(rows: 12, columns: 12)
    for i in 0..<12 {
      for j in 0..<12 {
        let (x, y) = (points[i, 0] - points[j, 0], points[i, 1] - points[j, 1])
        table[i, j] = (x * x + y * y).squareRoot()
      }
    }
    // Two pairs that nobody compared do not hinder.
    table[0, 5] = .nan
    table[3, 4] = .nan
    let data = try Dissimilarities(table)
    #expect(data.pairs.count == 64 && !data.isComplete)
    for level in [ScalingLevel.ratio, .interval, .ordinal(.primary)] {
      let fit = try MultidimensionalScaling.fit(data, level: level, dimensions: 2, starts: 10, seed: 1)
      #expect(fit.stress < 1e-3 && !fit.isDegenerate && fit.hasConverged)
      let match = try Procrustes.fit(fit.configuration, to: points, scaling: true)
      #expect(match.statistic < (level == .ratio ? 1e-5 : 1e-2))
      if level == .ratio { #expect(abs(match.scale - 1) < 1e-3) }
    }
  }

  @Test func theSameSeedGivesTheSameMap() throws {
    let expected = try reference("MASS/tied.expected.json", as: Expected.self)
    let data = try Dissimilarities(Matrix(expected.dissimilarities))
    let fits = try (0..<2).map { _ in
      try MultidimensionalScaling.fit(data, level: .ordinal(.primary), dimensions: 2, starts: 5, seed: 9)
    }
    #expect(fits[0].configuration == fits[1].configuration)
    #expect(fits[0].starts == 6 && fits[0].startsAtBest >= 1)
    #expect(abs(fits[0].misfitShares.reduce(0, +) - 1) < 1e-9 || fits[0].stress < 1e-6)
    for axis in 0..<2 {
      let column = fits[0].configuration.column(axis)
      #expect(abs(column.reduce(0, +)) < 1e-9)
      #expect((column.max() ?? 0) >= -(column.min() ?? 0) * (1 - 1e-9))
    }
  }

  /// Two tight groups far from each other: the order is kept by putting each group on one point.
  @Test func twoFarGroupsAreDegenerate() throws {
    var table = Matrix(rows: 8, columns: 8)
    for i in 0..<8 {
      for j in 0..<8 where i != j {
        let low = Double((i * j) % 5) / 10
        table[i, j] = (i < 4) == (j < 4) ? 1 + low : 100 + low
      }
    }
    let data = try Dissimilarities(table)
    let fit = try MultidimensionalScaling.fit(data, level: .ordinal(.primary), dimensions: 2, starts: 20, seed: 1)
    #expect(fit.isDegenerate)
    let ratio = try MultidimensionalScaling.fit(data, level: .ratio, dimensions: 2, starts: 5, seed: 1)
    #expect(!ratio.isDegenerate)
  }

  @Test func tablesThatCannotBeScaled() {
    typealias Failure = Dissimilarities.Failure
    func failure(_ rows: [[Double]]) -> Failure? {
      thrown { () throws(Failure) in _ = try Dissimilarities(Matrix(rows)) }
    }
    let unknown = Double.nan
    #expect(failure([[0, 1], [1, 0]]) == .tooFew(2))
    #expect(failure([[0, 1, -2], [1, 0, 1], [-2, 1, 0]]) == .negative(0, 2))
    #expect(failure([[0, 1, 2], [1, 0, .infinity], [2, .infinity, 0]]) == .notFinite(1, 2))
    #expect(failure([[0, 3, 3], [3, 0, 3], [3, 3, 0]]) == .noDifferences)
    #expect(
      failure([
        [0, 1, unknown, unknown], [1, 0, unknown, unknown], [unknown, unknown, 0, 1], [unknown, unknown, 1, 0],
      ]) == .disconnected([2, 3]))
    let gap = thrown { () throws(Failure) in
      _ = try ClassicalScaling.fit(Dissimilarities(Matrix([[0, 1, 2], [1, 0, unknown], [2, unknown, 0]])))
    }
    #expect(gap == .missing(1, 2))
  }

  @Test func monotoneRegressionPoolsWhatDescends() {
    #expect(monotoneRegression([1, 3, 2, 4]) == [1, 2.5, 2.5, 4])
    #expect(monotoneRegression([4, 3, 2, 1]) == [2.5, 2.5, 2.5, 2.5])
    #expect(monotoneRegression([3, 0], weights: [1, 2]) == [1, 1])
    #expect(monotoneRegression([]) == [])
  }
}
