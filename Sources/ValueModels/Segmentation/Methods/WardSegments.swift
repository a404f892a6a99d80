import Diagnostics
import Statistics
import Tables

extension SegmentationMethod {
  static let ward = SegmentationMethod(
    name: "ward", variables: .numbers, needsCompleteRows: true, honoursWeights: true,
    references: [
      "Ward 1963", "Murtagh & Legendre 2014 (ward.D2)", "Murtagh 1983 (chains of nearest neighbours)",
      "Hartigan & Wong 1979 (consolidation)", "Rousseeuw 1987 (silhouette)",
      "Tibshirani, Walther & Hastie 2001 (gap statistic)", "Caliński & Harabasz 1974",
      "Rossi, Gilula & Allenby 2001 (scale use)", "Hennig 2007 (stability)",
    ]
  ) { (work, settings) throws(Rejection) -> any SegmentSolution in try WardSegments(&work, settings) }
}

/// Segments from Ward's tree, cut where the number of segments asks for it.
struct WardSegments: SegmentSolution {
  private let settings: SegmentationSettings
  private let numbers: SegmentNumbers
  private let tree: WardTree
  private let choice: ChoiceOfSegments
  /// Rows that k-means moved after the cut; nil where it was not asked to.
  private let moved: Int?
  let stability: [Double]?

  /// Above it, trees of reference sets would take longer than the answer is worth.
  private static let mostRowsForGap = 3_000

  init(_ work: inout Groundwork, _ settings: SegmentationSettings) throws(Rejection) {
    self.settings = settings
    let numbers = try SegmentNumbers(&work, settings)
    self.numbers = numbers
    var gapSets = settings.gapSets
    if numbers.points.rows > Self.mostRowsForGap {
      gapSets = 0
      work.record("gap_sets", .integer(0))
    }
    do {
      tree = try WardTree(numbers.points, weights: settings.weights, seed: settings.seed)
      let maker = PartitionMaker.ward(
        tree, numbers.points, weights: settings.weights, consolidating: settings.isConsolidated, seed: settings.seed)
      choice = try ChoiceOfSegments(
        numbers.points, weights: settings.weights, count: settings.count, rule: settings.rule,
        distinct: numbers.distinct, maker: maker,
        gapSets: gapSets, halvings: settings.halvings, seed: settings.seed)
      let partition = choice.partition
      let cut = try tree.partition(clusters: partition.clusters, consolidating: false)
      moved = settings.isConsolidated ? Self.moved(cut.assignments, partition.assignments, partition.clusters) : nil
      stability =
        settings.stabilityDraws > 0
        ? PartitionStability.of(
          partition.assignments, clusters: partition.clusters, draws: settings.stabilityDraws, seed: settings.seed
        ) { times, seed in maker.refit(times, [partition.clusters], seed)[0] }.jaccard : nil
    } catch {
      throw SegmentNumbers.tooFarApart(work)
    }
  }

  /// Rows outside the part that each new cluster has most in common with a branch of the tree.
  private static func moved(_ cut: [Int], _ new: [Int], _ k: Int) -> Int {
    var shared = [Int](repeating: 0, count: k * k)
    for (a, b) in zip(cut, new) { shared[b * k + a] += 1 }
    return cut.count - (0..<k).reduce(0) { $0 + (shared[$1 * k..<($1 + 1) * k].max() ?? 0) }
  }

  var count: Int { choice.partition.clusters }
  var assignments: [Int] { choice.partition.assignments }
  var points: Matrix? { numbers.points }
  var criterion: String { choice.criterion }
  var reason: String { choice.reason }

  func summary(people: String) -> String {
    let after =
      moved.map { moved in
        moved == 0
          ? ", consolidated by k-means, which moved nobody"
          : ", consolidated by k-means, which moved \(grouped(moved)) of them from their branch of the tree"
      } ?? ", cut without consolidation"
    return "Ward's method (ward.D2) on \(numbers.described(settings, people: people))\(after); \(reason)"
  }

  func cautions(people: String) -> [Caution] {
    var cautions = clusterCautions(choice, settings, flat: numbers.flat, people: people)
    if let groups = tree.fineGroups {
      cautions.insert(
        Caution(
          "fine-groups",
          "\(grouped(tree.distinctRows)) different rows are too many to compare each with each: the tree joins "
            + "\(grouped(groups)) groups of neighbours that k-means formed first"), at: 0)
    }
    return cautions
  }

  func facts(_ grouping: Grouping) -> [Fact] {
    Array(choice.facts(grouping, settings).filter { $0.name != "best_starts" })
  }

  func tables(_ grouping: Grouping) -> [FindingsTable] {
    [choice.table(), numbers.centres(settings.variables, grouping), merges]
  }

  /// `merges`: the height of each merge, rising; of very many the last.
  private var merges: FindingsTable {
    var table = FindingsTable(
      "merges", title: "Heights at which Ward's tree joins groups", columns: [.init("step", .integer), .init("height")])
    let heights = tree.heights
    for step in max(0, heights.count - Self.mostMerges)..<heights.count {
      table.add([.integer(step + 1), Value(heights[step])])
    }
    return table
  }

  private static let mostMerges = 10_000
}
