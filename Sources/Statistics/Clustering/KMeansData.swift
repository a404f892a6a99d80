/// The rows of weight > 0, checked, centred and brought to a working unit in which squares neither overflow nor vanish.
struct KMeansData {
  let rows: Int
  let columns: Int
  /// Row by row, centred, divided by `unit`.
  let points: [Double]
  /// Weights divided by the largest, each > 0.
  let weights: [Double]
  let weightUnit: Double
  let unit: Double
  let means: [Double]
  /// In the working units.
  let totalSS: Double
  let distinctRows: Int
  /// The row in the matrix given of each row here.
  private let origins: [Int]
  /// Rows of weight 0, centred, with their origin.
  private let passive: [(origin: Int, point: [Double])]
  /// Where at most half the rows differ: the same points once each, and the one of each row here; else empty. The search
  /// for clusters works on these, to the same sums of squares.
  private let condensed: [(data: KMeansData, groups: [Int32])]

  init(_ matrix: Matrix, weights given: [Double]?) throws(KMeans.Failure) {
    guard matrix.rows > 0 else { throw .noRows }
    guard matrix.columns > 0 else { throw .noColumns }
    if let (row, column) = matrix.firstNonFinite { throw .notFinite(row: row, column: column) }
    if let given {
      guard given.count == matrix.rows else { throw .weightCount(given.count) }
      if let bad = given.firstIndex(where: { !($0 >= 0) || !$0.isFinite }) { throw .badWeight(row: bad) }
    }
    let d = matrix.columns
    let caseWeights = given ?? [Double](repeating: 1, count: matrix.rows)
    let largestWeight = caseWeights.max() ?? 0
    guard largestWeight > 0 else { throw .badWeight(row: 0) }
    // A weight this far below the largest cannot move a centre.
    let kept = caseWeights.indices.filter { caseWeights[$0] / largestWeight > 1e-200 }
    let scaledWeights = kept.map { caseWeights[$0] / largestWeight }
    let weightSum = scaledWeights.reduce(0, +)
    let largest = matrix.storage.reduce(0) { max($0, abs($1)) }
    let divisor = largest > 0 ? largest : 1
    // Means as differences from the first row: exact for points that coincide.
    let first = (kept.first ?? 0) * d
    var centre = [Double](repeating: 0, count: d)
    for (at, row) in kept.enumerated() {
      for j in 0..<d {
        let difference = matrix.storage[row * d + j] / divisor - matrix.storage[first + j] / divisor
        centre[j] += scaledWeights[at] * difference
      }
    }
    for j in 0..<d { centre[j] = matrix.storage[first + j] / divisor + centre[j] / weightSum }
    var spread = 0.0
    for row in kept { for j in 0..<d { spread = max(spread, abs(matrix.storage[row * d + j] / divisor - centre[j])) } }
    // Ordinary data keep their unit, so that nothing is lost by scaling them.
    let isOrdinary = largest < 1e100 && spread * divisor > 1e-100
    let unit = isOrdinary || spread == 0 ? 1 : spread
    let total = isOrdinary ? 1 : divisor
    if isOrdinary { for j in 0..<d { centre[j] *= divisor } }
    func centred(_ row: Int) -> [Double] {
      (0..<d).map { (matrix.storage[row * d + $0] / total - centre[$0]) / unit }
    }
    points = kept.flatMap(centred)
    passive = caseWeights.indices.filter { !(caseWeights[$0] / largestWeight > 1e-200) }.map { ($0, centred($0)) }
    origins = kept
    rows = kept.count
    columns = d
    weights = scaledWeights
    weightUnit = largestWeight
    self.unit = spread == 0 ? 1 : unit * total
    means = centre.map { $0 * total }
    var square = 0.0
    for i in 0..<rows {
      var own = 0.0
      for j in 0..<d { own += points[i * d + j] * points[i * d + j] }
      square += scaledWeights[i] * own
    }
    totalSS = square
    var known: [DistinctRow: Int32] = [:]
    var groups = [Int32](repeating: 0, count: kept.count)
    for (at, row) in kept.enumerated() {
      let key = DistinctRow(cells: matrix.row(row))
      let group = known[key] ?? Int32(known.count)
      if Int(group) == known.count { known[key] = group }
      groups[at] = group
    }
    distinctRows = known.count
    condensed =
      known.count * 2 <= kept.count
      ? [(KMeansData(points, scaledWeights, groups, count: known.count, of: self.unit, totalSS, columns: d), groups)]
      : []
  }

  /// Every group of identical points as one of their common weight.
  private init(
    _ all: [Double], _ weights: [Double], _ groups: [Int32], count: Int, of unit: Double, _ totalSS: Double,
    columns: Int
  ) {
    var points = [Double](repeating: 0, count: count * columns)
    var summed = [Double](repeating: 0, count: count)
    for (row, group) in groups.enumerated() {
      summed[Int(group)] += weights[row]
      for j in 0..<columns { points[Int(group) * columns + j] = all[row * columns + j] }
    }
    rows = count
    self.columns = columns
    self.points = points
    self.weights = summed
    weightUnit = 1
    self.unit = unit
    means = [Double](repeating: 0, count: columns)
    self.totalSS = totalSS
    distinctRows = count
    origins = Array(0..<count)
    passive = []
    condensed = []
  }

  /// The clusters of the rows of the matrix given; rows of weight 0 go to the nearest centre.
  func assignmentsOfAllRows(_ own: [Int], centres: Matrix) -> [Int] {
    var result = [Int](repeating: 0, count: origins.count + passive.count)
    for (at, origin) in origins.enumerated() { result[origin] = own[at] }
    for (origin, point) in passive {
      var nearest = (cluster: 0, square: Double.infinity)
      for c in 0..<centres.rows {
        let square = zip(point, centres.row(c)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        if square < nearest.square { nearest = (c, square) }
      }
      result[origin] = nearest.cluster
    }
    return result
  }

  /// - Parameter isThorough: False stops after the starts: enough for resamples, of which there are many.
  func fit(clusters k: Int, starts: Int, seed: UInt64, isThorough: Bool = true) throws(KMeans.Failure) -> KMeans {
    guard k >= 1 else { throw .tooFewClusters(k) }
    guard k <= distinctRows else { throw .moreClustersThanDistinctRows(clusters: k, distinct: distinctRows) }
    let found: (assignments: [Int32], starts: Int, bestStarts: Int)
    if let (data, groups) = condensed.first {
      let once = data.search(clusters: k, starts: starts, seed: seed, isThorough: isThorough)
      found = (groups.map { once.assignments[Int($0)] }, once.starts, once.bestStarts)
    } else {
      found = search(clusters: k, starts: starts, seed: seed, isThorough: isThorough)
    }
    return try KMeans(
      self, assignments: found.assignments, clusters: k, starts: found.starts, bestStarts: found.bestStarts)
  }

  /// The clusters of least sum of squares found, the number of starts, and how many of them came to it.
  private func search(
    clusters k: Int, starts: Int, seed: UInt64, isThorough: Bool
  ) -> (assignments: [Int32], starts: Int, bestStarts: Int) {
    let runs = k == 1 ? 1 : max(1, starts)
    if isThorough, runs > 1, rows > Self.mostRowsForAllStarts,
      let found = foundBySamples(clusters: k, starts: runs, seed: seed)
    {
      return found
    }
    var descent = KMeansDescent(self, clusters: k)
    var results: [KMeansOutcome] = []
    for start in 0..<runs {
      var generator = SeededGenerator(seed: seed, stream: UInt64(start) + 1)
      descent.seed(&generator)
      descent.descend()
      results.append(KMeansOutcome(descent))
    }
    func reached() -> Int {
      let least = results.reduce(.infinity) { min($0, $1.sum) }
      return results.count { $0.sum - least <= 1e-9 * least + 1e-18 * totalSS }
    }
    let isSmall = rows <= 5_000
    var generator = SeededGenerator(seed: seed, stream: .max)
    for round in 0..<(isThorough ? isSmall ? 8 : 2 : 0) where runs > 1 {
      // A fifth of the starts can agree on a sum that is not the least; where starts are cheap that is not trusted yet.
      let enough = rows > 1_000 ? max(2, runs / 5) : round < 1 ? runs - runs / 10 : max(2, runs * 2 / 5)
      guard reached() < enough else { break }
      for start in 0..<runs {
        let a = generator.index(below: runs)
        let b = generator.index(below: runs)
        let mate = results[a].sum <= results[b].sum ? a : b
        guard mate != start else { continue }
        descent.combine(results[start].centres, results[mate].centres, &generator)
        descent.descend()
        if descent.withinSS() < results[start].sum { results[start] = KMeansOutcome(descent) }
      }
    }
    if isThorough, isSmall, runs > 1, reached() < runs - runs / 10 {
      let best = results.indices.reduce(0) { results[$1].sum < results[$0].sum ? $1 : $0 }
      results[best] = swapped(results[best], &descent, &generator)
    }
    let least = results.reduce(.infinity) { min($0, $1.sum) }
    let best = results.first { $0.sum == least }?.assignments ?? []
    return (best, runs, reached())
  }

  /// Moves one centre, drawn by chance, to a row drawn by chance and goes down from there, until 150 such swaps in a row
  /// (50 above 1,000 rows) bring nothing better (random swap clustering, Fränti 2018).
  private func swapped(
    _ found: KMeansOutcome, _ descent: inout KMeansDescent, _ generator: inout SeededGenerator
  ) -> KMeansOutcome {
    var best = found
    var failures = 0
    while failures < (rows <= 1_000 ? 150 : 50) {
      var centres = best.centres
      let away = generator.index(below: descent.k) * columns
      let row = generator.index(below: rows) * columns
      for j in 0..<columns { centres[away + j] = points[row + j] }
      descent.setCentres(centres)
      descent.descend()
      failures += 1
      // Gains that are rounding would never end.
      if descent.withinSS() < best.sum * (1 - 1e-12) {
        best = KMeansOutcome(descent)
        failures = 0
      }
    }
    return best
  }

  /// The least within-cluster sum of squares of a few starts, for reference sets where no partition is wanted.
  ///
  /// - Parameter hint: Centres (k × columns, row by row, in the working unit) of a like set, tried first; on return those
  ///   of the best partition found. Empty for none.
  func leastWithinSS(clusters k: Int, starts: Int, seed: UInt64, hint: inout [Double]) -> Double {
    guard k > 1 else { return totalSS }
    var descent = KMeansDescent(self, clusters: k)
    var least = Double.infinity
    if hint.count == k * columns {
      descent.setCentres(hint)
      descent.descend()
      least = descent.withinSS()
      hint = descent.currentCentres
    }
    for start in 0..<starts {
      var generator = SeededGenerator(seed: seed, stream: UInt64(start) + 1)
      descent.seed(&generator)
      descent.descend()
      let sum = descent.withinSS()
      if sum < least { (least, hint) = (sum, descent.currentCentres) }
    }
    return least
  }
}

/// A row as a key: equal when all cells are equal numbers (−0 equals 0).
private struct DistinctRow: Hashable {
  let cells: ArraySlice<Double>
  static func == (a: DistinctRow, b: DistinctRow) -> Bool { a.cells.elementsEqual(b.cells) }
  func hash(into hasher: inout Hasher) { for cell in cells { hasher.combine(cell) } }
}
