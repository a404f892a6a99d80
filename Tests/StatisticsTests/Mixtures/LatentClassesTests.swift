import Foundation
import Testing

@testable import Statistics

@Suite struct LatentClassesTests {
  private struct Expected: Decodable {
    struct Model: Decodable {
      var classes: Int
      var log_likelihood: Double
      var shares: [Double]
      var parameters: Int?
      var aic: Double?
      var bic: Double?
      var caic: Double?
      var entropy: Double?
      var modal: [Double]?
    }
    struct Groups: Decodable {
      var plain: [Model]
      var weighted: [Model]
    }
    var models: Groups
  }

  /// Invented answers of 400 people to 8 questions, some missing, and their weights.
  private func sample() throws -> (answers: CategoricalAnswers, weights: [Double]) {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Reference/stepmix/answers.csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
    let cells = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let levels = [2, 3, 4, 2, 3, 4, 2, 3]
    let codes = levels.indices.map { q in cells.map { Int32($0[q]) ?? -1 } }
    return (CategoricalAnswers(codes: codes, levels: levels), cells.map { Double($0[8]) ?? .nan })
  }

  /// 118 slides judged by 7 raters (Landis & Koch 1977); nil where the table is not at hand.
  private func carcinoma() throws -> CategoricalAnswers? {
    guard let data = sharedData else { return nil }
    let file = data.deletingLastPathComponent().appending(path: "oracles/mapping/lca-carcinoma.csv")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    let rows = text.split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",") }
    return CategoricalAnswers(
      codes: (1...7).map { q in rows.map { Int32($0[q]) ?? -1 } }, levels: [Int](repeating: 2, count: 7))
  }

  @Test("published: carcinoma of the uterine cervix (Linzer & Lewis 2011)") func carcinomaIsAsPublished() throws {
    guard let answers = try carcinoma() else { return }
    let models = try LatentClasses.fits(answers, classes: [1, 2, 3, 4])
    for (model, logLikelihood) in zip(models, [-524.4648, -317.2568, -293.705, -289.2858]) {
      #expect(abs(model.logLikelihood - logLikelihood) < 1e-4)
    }
    let three = models[2]
    #expect(three.parameters == 23)
    #expect(three.degrees == 95)
    #expect(abs(three.bic - 697.1357) < 1e-4)
    #expect(abs((three.gSquared ?? 0) - 15.26171) < 1e-5)
    #expect(abs((three.chiSquared ?? 0) - 20.50335) < 1e-4)
    #expect(agree(three.shares, [0.4447, 0.3736, 0.1817], 1e-3))
    #expect(three.boundary > 0)
  }

  @Test func agreesWithStepMix() throws {
    let (answers, weights) = try sample()
    let expected: Expected = try reference("stepmix/classes.expected.json")
    for want in expected.models.plain {
      let model = try #require(try LatentClasses.fits(answers, classes: [want.classes]).first)
      #expect(model.logLikelihood > want.log_likelihood - 1e-6)
      guard abs(model.logLikelihood - want.log_likelihood) < 1e-4 else { continue }
      #expect(model.parameters == want.parameters)
      #expect(agree(model.aic, want.aic ?? 0, 1e-7))
      #expect(agree(model.bic, want.bic ?? 0, 1e-7))
      #expect(agree(model.caic, want.caic ?? 0, 1e-7))
      #expect(agree(model.entropy, want.entropy ?? 0, 1e-4))
      #expect(agree(model.shares.sorted(by: >), want.shares, 1e-3))
    }
    for want in expected.models.weighted {
      let model = try #require(try LatentClasses.fits(answers, classes: [want.classes], weights: weights).first)
      #expect(abs(model.logLikelihood - want.log_likelihood) < 1e-5)
      #expect(agree(model.shares.sorted(by: >), want.shares, 1e-3))
    }
  }

  @Test("a row of weight 2 counts as two rows") func weightsAreRows() throws {
    let (answers, _) = try sample()
    let doubled = CategoricalAnswers(codes: answers.codes.map { $0 + $0.prefix(100) }, levels: answers.levels)
    let weights = (0..<400).map { $0 < 100 ? 2.0 : 1 }
    let a = try LatentClasses.fits(answers, classes: [3], weights: weights)[0]
    let b = try LatentClasses.fits(doubled, classes: [3])[0]
    #expect(agree(a.shares, b.shares, 1e-4))
    #expect(agree(a.logLikelihood * 500 / 400, b.logLikelihood, 1e-7))
    #expect(a.base == 400)
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let (answers, _) = try sample()
    let one = try ParallelWork.$threads.withValue(1) { try LatentClasses.fits(answers, classes: [4]) }[0]
    let three = try ParallelWork.$threads.withValue(3) { try LatentClasses.fits(answers, classes: [4]) }[0]
    #expect(one.values == three.values)
    #expect(one.bestStarts == three.bestStarts)
    let a = one.stability(answers, draws: 12)
    let b = ParallelWork.$threads.withValue(1) { three.stability(answers, draws: 12) }
    #expect(a.jaccard == b.jaccard)
    #expect(
      LatentClasses.splitHalves([one], answers, halvings: 6)
        == ParallelWork.$threads.withValue(1) { LatentClasses.splitHalves([one], answers, halvings: 6) })
  }

  @Test func classesAreInOrderOfSizeAndProbabilitiesSumToOne() throws {
    let (answers, _) = try sample()
    let model = try LatentClasses.fits(answers, classes: [4])[0]
    let sizes = (0..<4).map { k in model.assignments.count { $0 == k } }
    #expect(sizes == sizes.sorted(by: >))
    #expect(agree(model.shares.reduce(0, +), 1))
    for question in model.probabilities { for own in question { #expect(agree(own.reduce(0, +), 1)) } }
  }

  @Test("as many questions as make a product of probabilities vanish") func manyQuestions() throws {
    var generator = SeededGenerator(seed: 3)
    let kinds = (0..<60).map { $0 % 3 }
    let codes = (0..<900).map { q in
      kinds.map { kind in generator.uniform() < 0.75 ? Int32((kind + q) % 3) : Int32(generator.index(below: 3)) }
    }
    let answers = CategoricalAnswers(codes: codes, levels: [Int](repeating: 3, count: 900))
    let model = try LatentClasses.fits(answers, classes: [3], starts: 4)[0]
    #expect(model.logLikelihood.isFinite)
    #expect(PartitionMeasures.adjustedRand(model.assignments, kinds) == 1)
  }

  @Test func faultsAreNamed() {
    let answers = CategoricalAnswers(codes: [[0, 1, 1], [0, 1, 1]], levels: [2, 2])
    func fault(_ classes: Int, _ weights: [Double]? = nil) -> LatentClasses.Failure? {
      thrown { () throws(LatentClasses.Failure) in
        _ = try LatentClasses.fits(answers, classes: [classes], weights: weights)
      }
    }
    #expect(fault(3) == .moreClassesThanPatterns(classes: 3, patterns: 2))
    #expect(fault(0) == .tooFewClasses(0))
    #expect(fault(2, [1, 1]) == .weightCount(2))
    #expect(fault(2, [1, -1, 1]) == .badWeight(row: 1))
    #expect(fault(2, [0, 0, 0]) == .badWeight(row: 0))
    #expect(fault(2, [0, 1, 1]) == .moreClassesThanPatterns(classes: 2, patterns: 1))
    let none = CategoricalAnswers(codes: [], levels: [])
    #expect(
      thrown { () throws(LatentClasses.Failure) in _ = try LatentClasses.fits(none, classes: [2]) } == .noAnswers)
  }

  @Test("answers of 2,218 people, when they are at hand: never worse than 60 starts of StepMix")
  func scotch() throws {
    struct Scotch: Decodable {
      struct Model: Decodable {
        var classes: Int
        var log_likelihood: Double
      }
      var models: [Model]
    }
    guard sharedData != nil else { return }
    let rows = try cells("scotch_brands_consumed.csv")
    let codes = (1...21).map { q in rows.map { Int32($0[q]) ?? -1 } }
    let answers = CategoricalAnswers(codes: codes, levels: [Int](repeating: 2, count: 21))
    let expected: Scotch = try reference("stepmix/scotch.expected.json")
    let models = try LatentClasses.fits(answers, classes: expected.models.map(\.classes))
    for (model, want) in zip(models, expected.models) {
      #expect(model.logLikelihood > want.log_likelihood - 1e-6)
    }
    // Where the least BIC lies.
    #expect(models.map(\.bic).min() == models[3].bic)
    #expect(models[3].classes == 5)
  }
}
