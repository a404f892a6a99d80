import Diagnostics
import Statistics
import Tables

extension SegmentationMethod {
  static let kMeans = SegmentationMethod(
    name: "k-means", variables: .numbers, needsCompleteRows: true, honoursWeights: true,
    references: [
      "Arthur & Vassilvitskii 2007 (k-means++)", "Hartigan & Wong 1979 (k-means)", "Rousseeuw 1987 (silhouette)",
      "Tibshirani, Walther & Hastie 2001 (gap statistic)", "Caliński & Harabasz 1974",
      "Rossi, Gilula & Allenby 2001 (scale use)", "Hennig 2007 (stability)",
    ]
  ) { (work, settings) throws(Rejection) -> any SegmentSolution in try KMeansSegments(&work, settings) }
}

/// Segments of least sum of squares within.
struct KMeansSegments: SegmentSolution {
  private let settings: SegmentationSettings
  private let numbers: SegmentNumbers
  private let choice: ChoiceOfSegments
  let stability: [Double]?

  init(_ work: inout Groundwork, _ settings: SegmentationSettings) throws(Rejection) {
    self.settings = settings
    numbers = try SegmentNumbers(&work, settings)
    do {
      choice = try ChoiceOfSegments(
        numbers.points, weights: settings.weights, count: settings.count, rule: settings.rule,
        distinct: numbers.distinct,
        maker: .kMeans(numbers.points, weights: settings.weights, starts: settings.starts, seed: settings.seed),
        gapSets: settings.gapSets, halvings: settings.halvings, seed: settings.seed)
    } catch {
      throw SegmentNumbers.tooFarApart(work)
    }
    if settings.stabilityDraws > 0 {
      stability = try? PartitionMeasures.bootstrapJaccard(
        numbers.points, partition: choice.partition, weights: settings.weights, draws: settings.stabilityDraws,
        starts: 5,
        seed: settings.seed)
    } else {
      stability = nil
    }
  }

  var count: Int { choice.partition.clusters }
  var assignments: [Int] { choice.partition.assignments }
  var points: Matrix? { numbers.points }
  var criterion: String { choice.criterion }
  var reason: String { choice.reason }

  func summary(people: String) -> String {
    "k-means of \(numbers.described(settings, people: people)), best of \(settings.starts) starts; \(reason)"
  }

  func cautions(people: String) -> [Caution] {
    clusterCautions(choice, settings, flat: numbers.flat, people: people)
  }

  func facts(_ grouping: Grouping) -> [Fact] { choice.facts(grouping, settings) }

  func tables(_ grouping: Grouping) -> [FindingsTable] {
    [choice.table(), numbers.centres(settings.variables, grouping)]
  }
}
