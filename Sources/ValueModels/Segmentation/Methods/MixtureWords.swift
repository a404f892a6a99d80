import Diagnostics
import Statistics

extension MixtureSegments {
  func summary(people: String) -> String {
    let families =
      settings.families.count == 1
      ? "covariances \(mixture.family.rawValue)"
      : "covariances \(mixture.family.rawValue), the best of \(settings.families.count) families by BIC"
    return "Gaussian mixture of \(numbers.described(settings, people: people)); \(families); \(reason)"
  }

  private var isGiven: Bool { if case .given = settings.count { true } else { false } }
  private var fits: [GaussianMixture] { attempts.compactMap(\.mixture) }

  /// The best of each number of segments by a criterion, numbers rising.
  private func best(_ criterion: (GaussianMixture) -> Double) -> GaussianMixture? {
    fits.filter { $0.components > 1 && Self.isInhabited($0) }.min { criterion($0) < criterion($1) }
  }

  var reason: String {
    let numbers = distinct(attempts.map(\.components)).filter { $0 > 1 }
    let bic = inWords(mixture.bic)
    guard let first = numbers.first, let last = numbers.last, first != last else {
      return "\(count) segments \(isGiven ? "were asked for" : "were the only number to try"); their BIC is \(bic)"
    }
    var sentence: String
    if isGiven {
      sentence = "\(count) segments were asked for; their BIC is \(bic)"
      if let least = best(\.bic), least.components != count {
        sentence += ", the least among \(first) to \(last) segments is \(inWords(least.bic)) with \(least.components)"
      }
    } else {
      sentence = "\(count) segments have the least BIC, \(bic), among \(first) to \(last) segments"
    }
    if let icl = best(\.icl) {
      sentence +=
        icl.components == count
        ? "; ICL takes \(count) as well" : "; ICL, which asks for segments apart, would take \(icl.components)"
    }
    return sentence
  }

  func cautions(people: String) -> [Caution] {
    var cautions: [Caution] = []
    if let single = fits.filter({ $0.components == 1 }).min(by: { $0.bic < $1.bic }), single.bic <= mixture.bic {
      cautions.append(
        Caution(
          "criteria-disagree",
          "A single group has a smaller BIC (\(inWords(single.bic))): these segments divide people who differ by degrees"
        ))
    } else if let icl = best(\.icl), icl.components != count {
      cautions.append(
        Caution(
          "criteria-disagree",
          "ICL, which also asks that segments be apart, would take \(icl.components) segments, not \(count)"))
    }
    if !isGiven, case .chosen(let range, _) = settings.count, count == range.upperBound {
      cautions.append(
        Caution(
          "last-number-taken",
          "The largest number of segments tried has the least BIC; a higher limit in 'segments' may find a better number"
        ))
    }
    let lost = attempts.filter { $0.mixture == nil && $0.components > 1 }
    if !lost.isEmpty {
      cautions.append(
        Caution(
          "mixtures-refused",
          "\(lost.count) of \(attempts.count { $0.components > 1 }) mixtures could not be fitted and were not compared",
          rows: refusals(lost)))
    }
    if let entropy = mixture.entropy, entropy < 0.6 {
      cautions.append(
        Caution(
          "weak-structure",
          "Entropy R² is \(short(entropy)): many \(people) belong almost as much to another segment as to their own"))
    }
    if mixture.starts > 3, mixture.bestStarts == 1 {
      cautions.append(
        Caution(
          "few-best-starts",
          "Only 1 of the \(mixture.starts) climbs that went to the end came to the best likelihood; more 'starts' may find a better one"
        ))
    }
    if !mixture.isConverged {
      cautions.append(
        Caution("not-converged", "The likelihood was still rising when the search was ended; more may be found"))
    }
    if numbers.flat > 0 { cautions.append(flatAnswers(numbers.flat, settings, people: people)) }
    cautions.append(descriptiveTests)
    return cautions
  }

  /// "VVV for 5, 6 and 8 segments: every start ended in …"
  private func refusals(_ lost: [MixtureSearch.Attempt]) -> [String] {
    settings.families.flatMap { family -> [String] in
      let own = lost.filter { $0.family == family }
      return distinct(own.map { Self.reason($0) }).map { reason in
        let numbers = own.filter { Self.reason($0) == reason }.map { "\($0.components)" }
        return "\(family.rawValue) for \(listed(numbers)) segments: \(reason)"
      }
    }
  }
}

/// A criterion in whole units where it is large, for sentences.
private func inWords(_ number: Double) -> String {
  guard number.isFinite, abs(number) < 1e15 else { return "–" }
  return abs(number) >= 1_000 ? (number < 0 ? "−" : "") + grouped(Int(abs(number).rounded())) : short(number)
}

private func listed(_ names: [String]) -> String {
  guard let last = names.last, names.count > 1 else { return names.first ?? "" }
  return names.dropLast().joined(separator: ", ") + " and " + last
}
