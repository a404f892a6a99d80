import Diagnostics
import Statistics

extension KPrototypesSegments {
  func summary(people: String) -> String {
    func counted(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }
    let scaled =
      switch settings.standardisation {
      case .columns: " (each standardised)"
      case .withinPerson: " (standardised within each person)"
      case .none: " as they are"
      }
    let rule = isStandardGamma ? ", half the mean standard deviation of the numbers (Huang)" : ", as given"
    return "k-prototypes of \(grouped(settings.rows.kept.count)) \(people) on "
      + "\(counted(numbers.count, "number", "numbers"))\(numbers.isEmpty ? "" : scaled) and "
      + "\(counted(categories.count, "category", "categories")), a category that differs costing γ = \(short(gamma))"
      + "\(numbers.isEmpty ? "" : rule), best of \(settings.starts) starts; \(reason)"
  }

  var reason: String {
    let number = partition.clusters
    guard partitions.count > 1 else {
      if case .given = settings.count { return "\(number) segments were asked for" }
      return "the answers differ too little for more than \(number) segments"
    }
    let range = "\(partitions[0].clusters) to \(partitions[partitions.count - 1].clusters)"
    guard case .given = settings.count else {
      return
        "\(number) segments have the largest average silhouette, \(short(silhouettes[taken])), among \(range) segments"
    }
    var sentence = "\(number) segments were asked for; their average silhouette is \(short(silhouettes[taken]))"
    if let best = silhouettes.max(), let at = silhouettes.firstIndex(of: best), at != taken {
      sentence += ", the largest among \(range) segments is \(short(best)) with \(partitions[at].clusters)"
    }
    return sentence
  }

  func cautions(people: String) -> [Caution] {
    var cautions: [Caution] = []
    if numbers.isEmpty || categories.isEmpty {
      cautions.append(
        Caution(
          "one-kind-of-variable",
          categories.isEmpty
            ? "All variables are numbers, so that this is k-means; 'method: k-means' says more of it"
            : "All variables are categories, so that this is k-modes; 'method: latent-class' says more of them"))
    }
    cautions += partitionCautions(
      silhouette: silhouettes[taken], starts: partition.starts, bestStarts: partition.bestStarts, sizes: partition.sizes
    )
    if silhouetteMethod == .centres {
      cautions.append(
        Caution(
          "simplified-silhouette",
          "Silhouettes are taken to the segments' centres, since there are too many rows for all pairs; they come out higher than exact ones"
        ))
    }
    cautions.append(
      Caution(
        "descriptive-tests",
        "Test values of the variables the segments were formed from only describe them: the segments were made to differ there"
      ))
    return cautions
  }
}
