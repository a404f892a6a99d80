import Foundation
import Testing

@testable import Statistics

/// Against `ca::mjca` and `FactoMineR::MCA`, see `Reference/mca`.
@Suite struct MultipleCorrespondenceTests {
  private struct Expected: Decodable {
    var levels: [String]
    var inertias: [Double]
    var percentages: [Double]
    var total: [Double]?
    var principal: [[Double]]
    var supplementary: [[Double]]
    var contributions: [[Double]]
    var cosines: [[Double?]]
    var masses: [Double]?
    var level_inertias: [Double]?
    var ratios: [[Double]]?
    var supplementary_cosines: [[Double]]?
  }

  /// The Burt table of the file's first five columns, brands by their levels, names in order.
  private func tables(weighted: Bool) throws -> (burt: Matrix, sizes: [Int], brands: Matrix, names: [String]) {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Reference/mca/answers.csv")
    let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: ",").map(String.init)
    }
    let data = rows.dropFirst()
    let levels = (0..<6).map { column in Array(Set(data.map { $0[column] })).sorted() }
    let starts = levels.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    var burt = Matrix(rows: starts[5], columns: starts[5])
    var brands = Matrix(rows: levels[5].count, columns: starts[5])
    for row in data {
      let weight = weighted ? try #require(Double(row[6])) : 1
      let codes = try (0..<6).map { starts[$0] + (try #require(levels[$0].firstIndex(of: row[$0]))) }
      for a in 0..<5 { for b in 0..<5 { burt[codes[a], codes[b]] += weight } }
      for a in 0..<5 { brands[codes[5] - starts[5], codes[a]] += weight }
    }
    let names = (0..<5).flatMap { column in levels[column].map { "\(rows[0][column]):\($0)" } }
    return (burt, levels.prefix(5).map(\.count), brands, names)
  }

  @Test(arguments: MultipleCorrespondence.Inertia.allCases.filter { $0 != .benzecri })
  func mjca(_ rule: MultipleCorrespondence.Inertia) throws {
    let expected = try reference("mca/mjca-\(rule).expected.json", as: Expected.self)
    let (burt, sizes, brands, names) = try tables(weighted: false)
    let fit = try MultipleCorrespondence.fit(burt: burt, sizes: sizes, supplementary: brands, inertia: rule)
    #expect(names == Array(expected.levels.prefix(names.count)))
    #expect(agree(fit.inertias, expected.inertias))
    #expect(agree(fit.percentages, expected.percentages))
    #expect(agree([fit.totalInertia], expected.total ?? []))
    let active = Array(names.indices)
    #expect(agreeUpToSigns(fit.levels.principal.selecting(rows: active), expected.principal, 1e-7))
    #expect(agree(fit.levels.contributions.selecting(rows: active), expected.contributions, 1e-7))
    #expect(agree(Array(fit.levels.masses.prefix(names.count)), expected.masses ?? []))
    let cosines = expected.cosines.map { $0.map { $0 ?? 0 } }
    #expect(agree(fit.levels.squaredCosines.selecting(rows: active), cosines, 1e-7))
    if rule == .burt {
      #expect(agree(Array(fit.levels.inertias.prefix(names.count)), expected.level_inertias ?? []))
    }
    #expect(agree(fit.levels.inertias.reduce(0, +), fit.totalInertia))
    let passive = Array(names.count..<names.count + brands.rows)
    let places = fit.levels.principal.selecting(rows: passive)
    // mjca leaves supplementary levels at the mean of their cases under every rule; FactoMineR divides by √λ.
    let means = rule == .indicator ? places.scalingColumns(by: fit.eigenvalues.map { $0.squareRoot() }) : places
    #expect(agreeUpToSigns(means, expected.supplementary, 1e-7))
  }

  @Test(arguments: [false, true])
  func factoMineR(weighted: Bool) throws {
    let expected = try reference(
      "mca/factominer\(weighted ? "-weighted" : "").expected.json", as: Expected.self)
    let (burt, sizes, brands, names) = try tables(weighted: weighted)
    let fit = try MultipleCorrespondence.fit(burt: burt, sizes: sizes, supplementary: brands, inertia: .indicator)
    #expect(agree(fit.inertias, Array(expected.inertias.prefix(fit.axes))))
    #expect(agree(fit.percentages, Array(expected.percentages.prefix(fit.axes))))
    let active = Array(names.indices)
    let passive = Array(names.count..<names.count + brands.rows)
    #expect(agreeUpToSigns(fit.levels.principal.selecting(rows: active), expected.principal, 1e-7))
    #expect(agreeUpToSigns(fit.levels.principal.selecting(rows: passive), expected.supplementary, 1e-7))
    #expect(agree(fit.levels.contributions.selecting(rows: active), expected.contributions, 1e-7))
    #expect(agree(fit.levels.squaredCosines.selecting(rows: active), expected.cosines.map { $0.map { $0 ?? 0 } }, 1e-7))
    #expect(agree(fit.levels.squaredCosines.selecting(rows: passive), expected.supplementary_cosines ?? [], 1e-7))
    #expect(agree(fit.correlationRatios, expected.ratios ?? [], 1e-7))
  }

  @Test func benzecriSumsToAll() throws {
    let (burt, sizes, brands, _) = try tables(weighted: false)
    let mine = try MultipleCorrespondence.fit(burt: burt, sizes: sizes, supplementary: brands, inertia: .benzecri)
    let other = try MultipleCorrespondence.fit(burt: burt, sizes: sizes, supplementary: brands, inertia: .adjusted)
    #expect(agree(mine.percentages.reduce(0, +), 100))
    #expect(agree(mine.inertias, other.inertias))
    #expect(mine.percentages[0] > other.percentages[0])
  }

  @Test func refusals() {
    func fit(_ rows: [[Double]], _ sizes: [Int], sup: [[Double]] = []) -> MultipleCorrespondence.Failure? {
      thrown { () throws(MultipleCorrespondence.Failure) in
        _ = try MultipleCorrespondence.fit(burt: Matrix(rows), sizes: sizes, supplementary: Matrix(sup))
      }
    }
    #expect(fit([[2, 0], [0, 2]], [2]) == .tooFewVariables(1))
    #expect(fit([[2, 1, 1], [1, 1, 0], [1, 0, 1]], [1, 2]) == .tooFewLevels(variable: 0))
    let apart: [[Double]] = [[2, 0, 1, 1], [0, 2, 1, 1], [1, 1, 2, 0], [1, 1, 0, 2]]
    #expect(fit(apart, [2, 2]) == .noAssociation)
    #expect(fit([[4, 0, 2, 2], [0, 0, 0, 0], [2, 0, 2, 0], [2, 0, 0, 2]], [2, 2]) == .emptyLevel(1))
    #expect(fit(apart, [2, 2], sup: [[0, 0, 0, 0]]) == .emptySupplementary(0))
    #expect(
      fit([[2, 0, 1, 1], [0, 2, .nan, 1], [1, 1, 2, 0], [1, 1, 0, 2]], [2, 2]) == .badCount(row: 1, column: 2))
  }
}
