import Diagnostics
import Statistics

extension LatentClassSegments {
  func summary(people: String) -> String {
    let gaps = variables.contains { $0.codes.contains(-1) }
    return "Latent classes of \(grouped(settings.rows.kept.count)) \(people) by \(variables.count) "
      + "\(variables.count == 1 ? "variable" : "variables") (\(grouped(model.patterns)) different answer patterns"
      + "\(gaps ? ", missing answers left out of the likelihood" : "")), best of \(settings.starts) starts; \(reason)"
  }

  var reason: String {
    let number = model.classes
    guard models.count > 1 else {
      if case .given = settings.count { return "\(number) segments were asked for" }
      return "\(number) segments were the only number to try"
    }
    let range = "\(models[0].classes) to \(models[models.count - 1].classes)"
    let least = leastBy(\.bic)
    var sentence: String
    if case .given = settings.count {
      sentence = "\(number) segments were asked for; their BIC is \(inWords(model.bic))"
      if least != number {
        sentence += ", the least among \(range) segments is \(inWords(models.map(\.bic).min() ?? 0)) with \(least)"
      }
    } else {
      sentence = "\(number) segments have the least BIC, \(inWords(model.bic)), among \(range) segments"
    }
    let others = [("CAIC", leastBy(\.caic)), ("SABIC", leastBy(\.sabic)), ("AIC", leastBy(\.aic))]
    let same = others.filter { $0.1 == number }.map(\.0)
    if !same.isEmpty { sentence += "; \(listed(same)) \(same.count == 1 ? "takes" : "take") \(number) as well" }
    for other in Set(others.map(\.1)).sorted() where other != number {
      sentence += "; \(listed(others.filter { $0.1 == other }.map(\.0))) would take \(other)"
    }
    return sentence
  }

  private func leastBy(_ criterion: (LatentClasses) -> Double) -> Int {
    models.reduce(models[0]) { criterion($1) < criterion($0) ? $1 : $0 }.classes
  }

  func cautions(people: String) -> [Caution] {
    var cautions: [Caution] = []
    if singleBIC <= model.bic {
      cautions.append(
        Caution(
          "criteria-disagree",
          "A single class has a smaller BIC (\(inWords(singleBIC))): the answers go together no more than by chance, and "
            + "these segments divide people who differ by degrees"))
    }
    if case .chosen(let range, _) = settings.count, models.count > 1, model.classes == range.upperBound {
      cautions.append(
        Caution(
          "last-number-taken",
          "The largest number of segments tried has the least BIC; a higher limit in 'segments' may find a better number"
        ))
    }
    if model.degrees < 0 {
      cautions.append(
        Caution(
          "not-identified",
          "\(model.parameters) parameters are more than the answers can tell (\(-model.degrees) too many): other classes "
            + "fit as well; ask for fewer segments or more variables"))
    } else if model.parameters > model.patterns - 1 {
      cautions.append(
        Caution(
          "not-identified",
          "\(model.parameters) parameters were estimated from \(grouped(model.patterns)) different answer patterns: other "
            + "classes may fit as well; ask for fewer segments"))
    }
    if model.boundary > 0 {
      cautions.append(
        Caution(
          "boundary-estimates",
          "\(model.boundary) of \(model.probabilities.joined().joined().count) probabilities of answers are 0 or 1: within a "
            + "segment nobody, or everybody, is expected to answer so, which small segments overstate"))
    }
    if model.entropy < 0.6 {
      cautions.append(
        Caution(
          "weak-structure",
          "Entropy R² is \(short(model.entropy)): many \(people) belong almost as much to another segment as to their own"
        ))
    }
    if model.starts > 1, model.bestStarts * 20 < model.starts {
      cautions.append(
        Caution(
          "few-best-starts",
          "Only \(model.bestStarts) of \(model.starts) starts came to the best likelihood; more 'starts' may find a better one"
        ))
    }
    if !model.hasConverged {
      cautions.append(
        Caution("not-converged", "The likelihood was still rising when the search was ended; more may be found"))
    }
    cautions.append(
      Caution(
        "descriptive-tests",
        "Test values of the variables the segments were formed from only describe them: the segments were made to differ there"
      ))
    return cautions
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
