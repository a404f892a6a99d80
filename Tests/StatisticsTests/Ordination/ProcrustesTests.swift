import Testing

@testable import Statistics

@Suite struct ProcrustesTests {
  private let target = Matrix([[0, 0], [4, 0], [4, 2], [1, 5], [-2, 1]])

  @Test func aTurnedAndStretchedCopyFitsExactly() throws {
    let (cosine, sine) = (0.6, 0.8)
    var copy = target
    for i in 0..<target.rows {
      copy[i, 0] = 3 * (cosine * target[i, 0] - sine * target[i, 1]) + 7
      copy[i, 1] = 3 * (sine * target[i, 0] + cosine * target[i, 1]) - 2
    }
    let fit = try Procrustes.fit(copy, to: target, scaling: true)
    #expect(agree(fit.scale, 1 / 3.0) && agree(fit.statistic, 0))
    #expect(agree(fit.fitted.storage, target.storage) && fit.residuals.allSatisfy { $0 < 1e-9 })
    let rigid = try Procrustes.fit(copy, to: target, reflection: false)
    #expect(agree(rigid.statistic, 0) && rigid.scale == 1)
  }

  /// scipy.spatial.procrustes, whose disparity is m₁₂².
  @Test func agreesWithScipy() throws {
    struct Scipy: Decodable {
      let target, moved: [[Double]]
      let disparity: Double
    }
    let expected = try reference("scipy/distributions.expected.json", as: Scipy.self)
    let fit = try Procrustes.fit(Matrix(expected.moved), to: Matrix(expected.target), scaling: true)
    #expect(agree(fit.statistic, expected.disparity))
    let norm = try PrincipalComponents.fit(Matrix(expected.target), scale: .covariance).totalVariance * 7
    #expect(agree(fit.residuals.reduce(0) { $0 + $1 * $1 }, expected.disparity * norm))
  }

  @Test func aMirrorImageNeedsReflection() throws {
    let mirrored = target.scalingColumns(by: [-1, 1])
    #expect(agree(try Procrustes.fit(mirrored, to: target).statistic, 0))
    let turned = try Procrustes.fit(mirrored, to: target, reflection: false)
    #expect(turned.statistic > 0.01)
    let r = turned.rotation
    #expect(agree(r[0, 0] * r[1, 1] - r[0, 1] * r[1, 0], 1))
  }

  @Test func badConfigurationsAreRefused() {
    typealias Failure = Procrustes.Failure
    func failure(_ a: [[Double]], _ b: [[Double]]) -> Failure? {
      thrown { () throws(Failure) in
        _ = try Procrustes.fit(Matrix(a), to: Matrix(b))
      }
    }
    #expect(failure([], []) == .shapesDiffer)
    #expect(failure([[1, 2]], [[1, 2], [3, 4]]) == .shapesDiffer)
    #expect(failure([[1, 2], [1, 2]], [[1, 2], [3, 4]]) == .noSpread)
    #expect(failure([[1, .nan], [1, 2]], [[1, 2], [3, 4]]) == .notFinite(row: 0, column: 1, fitted: true))
    #expect(failure([[1e200, 0], [0, 1]], [[1, 2], [3, 4]]) == .noSpread)
  }
}
