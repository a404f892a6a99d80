import Testing

@testable import Statistics

/// One line of Reference/scipy: name, parameters, argument, values.
private struct Line: Decodable {
  let name: String
  let parameters: [Double]
  let x: Double
  let values: [Double]

  init(from decoder: any Decoder) throws {
    var fields = try decoder.unkeyedContainer()
    name = try fields.decode(String.self)
    parameters = try fields.decode([Double].self)
    x = try fields.decode(Double.self)
    values = try fields.decode([Double].self)
  }

  var computed: [Double] {
    let p = parameters
    return switch name {
    case "normal": [NormalDistribution.cdf(x), NormalDistribution.sf(x)]
    case "normal.quantile": [NormalDistribution.quantile(x)]
    case "t": [StudentT(degrees: p[0]).cdf(x), StudentT(degrees: p[0]).sf(x)]
    case "t.quantile": [StudentT(degrees: p[0]).quantile(x)]
    case "chi2": [ChiSquared(degrees: p[0]).cdf(x), ChiSquared(degrees: p[0]).sf(x)]
    case "chi2.quantile": [ChiSquared(degrees: p[0]).quantile(x)]
    case "f": [FisherF(numerator: p[0], denominator: p[1]).cdf(x), FisherF(numerator: p[0], denominator: p[1]).sf(x)]
    case "f.quantile": [FisherF(numerator: p[0], denominator: p[1]).quantile(x)]
    case "beta": [BetaDistribution(alpha: p[0], beta: p[1]).cdf(x), BetaDistribution(alpha: p[0], beta: p[1]).sf(x)]
    case "beta.quantile": [BetaDistribution(alpha: p[0], beta: p[1]).quantile(x)]
    case "binomial": binomial(Binomial(trials: Int(p[0]), probability: p[1]))
    case "hypergeometric":
      hypergeometric(Hypergeometric(population: Int(p[0]), marked: Int(p[1]), draws: Int(p[2])))
    default: []
    }
  }

  private func binomial(_ d: Binomial) -> [Double] { [d.pmf(Int(x)), d.cdf(Int(x)), d.sf(Int(x))] }
  private func hypergeometric(_ d: Hypergeometric) -> [Double] { [d.pmf(Int(x)), d.cdf(Int(x)), d.sf(Int(x))] }
}

@Suite struct DistributionsTests {
  /// scipy.stats, tails to 1 part in 10⁸ wherever they are above the smallest normal number.
  @Test func agreeWithScipy() throws {
    struct File: Decodable { let distributions: [Line] }
    let lines = try reference("scipy/distributions.expected.json", as: File.self).distributions
    #expect(lines.count > 200)
    for line in lines {
      #expect(
        agree(line.computed, line.values, 1e-8, floor: 1e-305), "\(line.name) \(line.parameters) at \(line.x)")
    }
  }

  @Test func argumentsOutsideTheDomainGiveNaN() {
    #expect(NormalDistribution.quantile(-0.1).isNaN && NormalDistribution.cdf(.nan).isNaN)
    #expect(NormalDistribution.quantile(0) == -.infinity && NormalDistribution.inverseSF(0) == .infinity)
    #expect(StudentT(degrees: 0).cdf(1).isNaN && StudentT(degrees: -3).quantile(0.5).isNaN)
    #expect(ChiSquared(degrees: .nan).sf(1).isNaN && ChiSquared(degrees: 3).sf(-1).isNaN)
    #expect(FisherF(numerator: 0, denominator: 3).sf(1).isNaN)
    #expect(
      BetaDistribution(alpha: -1, beta: 1).cdf(0.5).isNaN && BetaDistribution(alpha: 1, beta: 1).quantile(2).isNaN)
    #expect(Binomial(trials: 3, probability: 2).pmf(1).isNaN && Binomial(trials: 3, probability: 0.5).pmf(4) == 0)
    #expect(Hypergeometric(population: 3, marked: 4, draws: 1).cdf(0).isNaN)
    #expect(Hypergeometric(population: 10, marked: 4, draws: 3).cdf(-1) == 0)
    #expect(Hypergeometric(population: 0, marked: 0, draws: 0).cdf(0) == 1)
  }
}
