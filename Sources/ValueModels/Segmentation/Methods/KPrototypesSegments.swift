import Diagnostics
import Statistics
import Tables

extension SegmentationMethod {
  static let kPrototypes = SegmentationMethod(
    name: "k-prototypes", variables: .mixed, needsCompleteRows: true, honoursWeights: true,
    references: [
      "Huang 1998 (k-prototypes)", "Arthur & Vassilvitskii 2007 (k-means++)", "Rousseeuw 1987 (silhouette)",
      "Hennig 2007 (stability)",
    ]
  ) { (work, settings) throws(Rejection) -> any SegmentSolution in try KPrototypesSegments(&work, settings) }
}

/// Segments by numbers and categories together.
struct KPrototypesSegments: SegmentSolution {
  let settings: SegmentationSettings
  let numbers: [Column]
  let categories: [CategoryVariable]
  let gamma: Double
  /// Whether γ follows Huang's rule or was given.
  let isStandardGamma: Bool
  /// One for each number of segments, rising.
  let partitions: [KPrototypes]
  let silhouettes: [Double]
  let silhouetteMethod: Silhouettes.Method
  let taken: Int
  /// How well random halves agree (adjusted Rand index), a number of segments each; nil where not computed.
  let splitHalves: [Double?]
  let stability: [Double]?
  private let raw: Matrix

  init(_ work: inout Groundwork, _ settings: SegmentationSettings) throws(Rejection) {
    self.settings = settings
    let asCategories = settings.categoryColumns.map(\.name)
    numbers = settings.variables.filter { !asCategories.contains($0.name) }
    categories = settings.categoryColumns.map { CategoryVariable($0, rows: settings.rows.kept) }
    var raw = Matrix(rows: settings.rows.kept.count, columns: numbers.count)
    for (column, variable) in numbers.enumerated() {
      let values = variable.numbers()
      for (at, row) in settings.rows.kept.enumerated() { raw[at, column] = values[row] }
    }
    self.raw = raw
    let points = settings.standardisation(raw).points
    let answers = CategoryVariable.answers(categories)
    isStandardGamma = settings.gamma == nil
    gamma = settings.gamma ?? KPrototypes.gamma(points)
    work.record("gamma", .number(gamma))
    do {
      let distinct = try KPrototypes.distinctRows(points, answers)
      let least = max(2, settings.count.least)
      guard distinct >= least else {
        throw work.rejection(
          "analysis.too-few-distinct-rows", at: work.position(of: "segments"),
          "there are at most as many segments as rows that differ, and \(least) segments were asked "
            + "for of \(distinct) different \(distinct == 1 ? "row" : "rows")",
          hint: SegmentCount.fewerHint(distinct))
      }
      let isLarge = points.rows > ChoiceOfSegments.mostRowsForComparison
      partitions = try KPrototypes.fits(
        points, answers, gamma: gamma, clusters: settings.count.candidates(distinct: distinct, isLarge: isLarge),
        weights: settings.weights, starts: settings.starts, seed: settings.seed)
    } catch let rejection as Rejection {
      throw rejection
    } catch {
      throw SegmentNumbers.tooFarApart(work)
    }
    let measured =
      (try? Silhouettes.of(
        KPrototypes.embedding(points, answers, gamma: gamma), partitions: partitions.map(\.assignments))) ?? []
    silhouettes = partitions.indices.map { measured.indices.contains($0) ? measured[$0].average : 0 }
    silhouetteMethod = measured.first?.method ?? .points
    switch settings.count {
    case .given(let wanted): taken = partitions.firstIndex { $0.clusters == wanted } ?? 0
    case .chosen:
      let best = silhouettes.max() ?? 0
      taken = silhouettes.firstIndex { $0 >= best - 1e-12 } ?? 0
    }
    let draws = settings.stabilityDraws
    stability =
      draws > 0
      ? partitions[taken].stability(points, answers, weights: settings.weights, draws: draws, seed: settings.seed)
        .jaccard : nil
    splitHalves =
      draws > 0
      ? KPrototypes.splitHalves(
        points, answers, gamma: gamma, clusters: partitions.map(\.clusters), weights: settings.weights,
        halvings: max(10, draws / 10), seed: settings.seed) : partitions.map { _ in nil }
  }

  var partition: KPrototypes { partitions[taken] }
  var count: Int { partition.clusters }
  var assignments: [Int] { partition.assignments }
  var points: Matrix? { nil }

  var criterion: String {
    if case .given = settings.count { "given" } else { "silhouette" }
  }

  func facts(_ grouping: Grouping) -> [Fact] {
    // With one variable, the cost gives away what is hidden.
    let givesAway = settings.variables.count == 1 && grouping.hidden.contains(true)
    var facts = [
      Fact("cost", givesAway ? .missing : Value(partition.objective)),
      Fact("within_ss", givesAway ? .missing : Value(partition.withinSS)), Fact("gamma", gamma),
      Fact("best_starts", partition.bestStarts), Fact("silhouette", silhouettes[taken]),
    ]
    if let splitHalf = splitHalves[taken] { facts.append(Fact("split_half", splitHalf)) }
    return facts
  }

  func tables(_ grouping: Grouping) -> [FindingsTable] {
    [criteria, centresTable(raw, numbers, grouping), modes(grouping)]
  }

  /// `criteria`, a row a number of segments.
  private var criteria: FindingsTable {
    var table = FindingsTable(
      "criteria", title: "Numbers of segments compared",
      columns: [
        .init("segments", .integer), .init("cost"), .init("silhouette"), .init("split_half"),
        .init("best_starts", .integer),
        .init("taken", .truth),
      ])
    for (at, partition) in partitions.enumerated() {
      table.add([
        .integer(partition.clusters), Value(partition.objective), Value(silhouettes[at]), Value(splitHalves[at]),
        .integer(partition.bestStarts), .truth(at == taken),
      ])
    }
    return table
  }

  /// `modes`: the commonest value of each category; missing for hidden segments.
  private func modes(_ grouping: Grouping) -> FindingsTable {
    var table = FindingsTable(
      "modes", title: "The commonest value of each category by segment",
      columns: [.init("segment", .integer), .init("variable", .text), .init("level", .text)])
    for g in 0..<grouping.count {
      for (category, variable) in categories.enumerated() {
        let level = grouping.hidden[g] ? nil : variable.levels[partition.modes[g][category]]
        table.add([grouping.keys[g], .text(variable.name), Value(level)])
      }
    }
    return table
  }
}
