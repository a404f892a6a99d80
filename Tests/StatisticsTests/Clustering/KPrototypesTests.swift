import Foundation
import Testing

@testable import Statistics

@Suite struct KPrototypesTests {
  private struct Expected: Decodable {
    struct Model: Decodable {
      var clusters: Int
      var gamma: Double
      var cost: Double
      var sizes: [Int]
    }
    var models: [Model]
  }

  private static let noCategories = CategoricalAnswers(codes: [], levels: [])

  /// Invented: 300 people, 3 numbers, 3 categories.
  private func sample() throws -> (numbers: Matrix, categories: CategoricalAnswers) {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Reference/kmodes/mixed.csv")
    let cells = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",") }
    let numbers = Matrix(cells.map { row in row.prefix(3).map { Double($0) ?? .nan } })
    let codes = (3..<6).map { q in cells.map { Int32($0[q]) ?? -1 } }
    return (numbers, CategoricalAnswers(codes: codes, levels: [2, 3, 5]))
  }

  @Test("never worse than 120 starts of kmodes") func isNeverWorseThanKModes() throws {
    let (numbers, categories) = try sample()
    let expected: Expected = try reference("kmodes/mixed.expected.json")
    for want in expected.models {
      let found = try KPrototypes.fits(numbers, categories, gamma: want.gamma, clusters: [want.clusters])[0]
      #expect(found.objective <= want.cost * (1 + 1e-9))
      if agree(found.objective, want.cost, 1e-9) { #expect(found.sizes == want.sizes) }
    }
  }

  @Test("customers of a telephone company, when they are at hand") func telco() throws {
    guard sharedData != nil else { return }
    let rows = try cells("telco_churn.csv").filter { !$0.contains("") }.prefix(800)
    let numeric = [6, 19, 20]
    var numbers = Matrix(rows.map { row in numeric.map { Double($0 < row.count ? row[$0] : "") ?? .nan } })
    for j in 0..<3 {
      let moments = try Moments(numbers.column(j))
      let deviation = (moments.sampleVariance ?? 1).squareRoot()
      for i in 0..<numbers.rows { numbers[i, j] = (numbers[i, j] - moments.mean) / deviation }
    }
    let others = (1..<21).filter { !numeric.contains($0) }
    var levels: [Int] = []
    let codes = others.map { column -> [Int32] in
      let names = Set(rows.map { $0[column] }).sorted()
      levels.append(names.count)
      return rows.map { Int32(names.firstIndex(of: $0[column]) ?? 0) }
    }
    let expected: Expected = try reference("kmodes/telco.expected.json")
    for want in expected.models {
      let found = try KPrototypes.fits(
        numbers, CategoricalAnswers(codes: codes, levels: levels), gamma: want.gamma, clusters: [want.clusters])[0]
      #expect(found.objective <= want.cost * (1 + 1e-9))
    }
  }

  @Test("without categories it is k-means") func numbersAlone() throws {
    let (numbers, _) = try sample()
    let found = try KPrototypes.fits(numbers, Self.noCategories, gamma: 1, clusters: [4])[0]
    let means = try KMeans.fit(numbers, clusters: 4)
    #expect(agree(found.objective, means.totalWithinSS, 1e-9))
    #expect(PartitionMeasures.adjustedRand(found.assignments, means.assignments) == 1)
    #expect(agree(found.withinSS, found.objective, 1e-12))
  }

  @Test("without numbers it is k-modes: no single move helps") func categoriesAlone() throws {
    let (_, categories) = try sample()
    let none = Matrix(rows: 0, columns: 0)
    let found = try KPrototypes.fits(none, categories, gamma: 1, clusters: [3])[0]
    #expect(found.objective == cost(found.assignments, categories, clusters: 3))
    for row in 0..<300 {
      for other in 0..<3 {
        var moved = found.assignments
        moved[row] = other
        #expect(cost(moved, categories, clusters: 3) >= found.objective)
      }
    }
  }

  /// Rows less those of the commonest level, over clusters and categories.
  private func cost(_ assignments: [Int], _ categories: CategoricalAnswers, clusters: Int) -> Double {
    var total = 0.0
    for (codes, levels) in zip(categories.codes, categories.levels) {
      for c in 0..<clusters {
        var counts = [Double](repeating: 0, count: levels)
        for (row, code) in codes.enumerated() where assignments[row] == c { counts[Int(code)] += 1 }
        total += counts.reduce(0, +) - (counts.max() ?? 0)
      }
    }
    return total
  }

  @Test("a row of weight 2 counts as two rows") func weightsAreRows() throws {
    let (numbers, categories) = try sample()
    let twice = Array(0..<300) + Array(0..<50)
    let weights = (0..<300).map { $0 < 50 ? 2.0 : 1 }
    let a = try KPrototypes.fits(numbers, categories, gamma: 1, clusters: [4], weights: weights)[0]
    let b = try KPrototypes.fits(
      numbers.selecting(rows: twice),
      CategoricalAnswers(codes: categories.codes.map { codes in twice.map { codes[$0] } }, levels: categories.levels),
      gamma: 1, clusters: [4])[0]
    #expect(agree(a.objective, b.objective, 1e-9))
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let (numbers, categories) = try sample()
    func fit(_ threads: Int) throws -> KPrototypes {
      try ParallelWork.$threads.withValue(threads) {
        try KPrototypes.fits(numbers, categories, gamma: 0.5, clusters: [5])[0]
      }
    }
    let (one, three) = (try fit(1), try fit(3))
    #expect(one.assignments == three.assignments)
    #expect(one.objective == three.objective)
    #expect(
      one.stability(numbers, categories, draws: 10).jaccard
        == ParallelWork.$threads.withValue(1) { one.stability(numbers, categories, draws: 10).jaccard })
  }

  @Test func gammaIsHalfTheMeanSpread() throws {
    let points = Matrix([[0, 0], [2, 4]])
    #expect(agree(KPrototypes.gamma(points), (2.0.squareRoot() + 8.0.squareRoot()) / 4))
    #expect(KPrototypes.gamma(Matrix(rows: 3, columns: 0)) == 1)
  }

  @Test func faultsAreNamed() {
    let numbers = Matrix([[0], [1], [1]])
    let categories = CategoricalAnswers(codes: [[0, 1, 1]], levels: [2])
    func fault(
      _ numbers: Matrix, _ categories: CategoricalAnswers, gamma: Double = 1, clusters: Int = 2,
      weights: [Double]? = nil
    ) -> KPrototypes.Failure? {
      thrown { () throws(KPrototypes.Failure) in
        _ = try KPrototypes.fits(numbers, categories, gamma: gamma, clusters: [clusters], weights: weights)
      }
    }
    #expect(fault(numbers, categories) == nil)
    #expect(fault(numbers, categories, clusters: 3) == .moreClustersThanDistinctRows(clusters: 3, distinct: 2))
    #expect(fault(numbers, categories, gamma: -1) == .badGamma(-1))
    #expect(fault(numbers, categories, clusters: 0) == .tooFewClusters(0))
    #expect(fault(numbers, categories, weights: [1, -1, 1]) == .badWeight(row: 1))
    #expect(fault(Matrix([[.nan], [1], [1]]), categories) == .notFinite(row: 0, column: 0))
    #expect(
      fault(numbers, CategoricalAnswers(codes: [[0, -1, 1]], levels: [2])) == .missingCategory(row: 1, category: 0))
    #expect(fault(Matrix([[0], [1]]), categories) == .rowCount)
    #expect(fault(Matrix(rows: 0, columns: 0), Self.noCategories) == .noCases)
  }
}
