/// All families and numbers of components under search, and what each has come to.
struct MixtureBoard {
  private struct Place {
    let family: CovarianceFamily
    let components: Int
    /// The place of `components` in the list asked for.
    let column: Int
    var refusal: MixtureSearch.Refusal?
    /// Climbs run to the end, the best first.
    var ends: [Climbed] = []
    var degenerate = 0

    var best: Climbed? { ends.first }
  }

  private let rows: MixtureRows
  private let floor: Double
  private let families: [CovarianceFamily]
  private let components: [Int]
  /// Number by number, within it family by family.
  private var places: [Place]

  init(_ rows: MixtureRows, components: [Int], families: [CovarianceFamily], floor: Double) {
    self.rows = rows
    self.floor = floor
    self.families = families
    self.components = components
    places = components.enumerated().flatMap { column, k in
      families.map { family in
        let parameters = family.allParameters(components: k, variables: rows.columns)
        var place = Place(family: family, components: k, column: column)
        if k > rows.weighted {
          place.refusal = .moreComponentsThanDistinctRows
        } else if family.isFull, rows.white == nil {
          place.refusal = .dependentVariables
        } else if Double(parameters) >= rows.total {
          place.refusal = .tooManyParameters(parameters)
        }
        return place
      }
    }
  }

  /// Climbs from the partitions given (a list for each number of components), simple families first.
  mutating func fill(from partitions: [[[Int32]]]) {
    for level in Self.levels {
      let wanted = places.indices.filter { level.contains(places[$0].family) && places[$0].refusal == nil }
      guard !wanted.isEmpty else { continue }
      let board = self
      // The larger numbers first: they take longest.
      let order = wanted.sorted { (-places[$0].components, $0) < (-places[$1].components, $1) }
      let found = ParallelWork.map(order.count) { at in
        board.climbed(order[at], from: partitions[board.places[order[at]].column])
      }
      for (at, place) in order.enumerated() { add(found[at].ends, found[at].degenerate, to: place) }
      merge(order)
    }
  }

  /// Families that need none of each other's results.
  private static let levels: [[CovarianceFamily]] = [
    [.spherical], [.sphericalVarying, .diagonal], [.diagonalVarying, .full], [.fullVarying],
  ]

  private func climbed(_ at: Int, from partitions: [[Int32]]) -> (ends: [Climbed], degenerate: Int) {
    let place = places[at]
    var ascent = GaussianAscent(rows, place.family, components: place.components, floor: floor)
    let nested = places.filter {
      $0.components == place.components && place.family.nested.contains($0.family)
    }.compactMap { $0.best.map { hardened($0) } }
    var degenerate = 0
    var ends: [Climbed] = []
    for partition in partitions + nested {
      ascent.start(from: partition)
      if let end = ascent.end(within: 4) { ends.append(end) } else { degenerate += 1 }
    }
    ends = Self.best(ends, 3).compactMap { ascent.continued($0, passes: 16) }
    return (finished(Self.best(ends, 2), &ascent), degenerate)
  }

  /// Climbs to the end from the best, and from those that are near it.
  private func finished(_ ends: [Climbed], _ ascent: inout GaussianAscent) -> [Climbed] {
    let near = (ends.first?.logLikelihood ?? 0) - 3
    return ends.filter { $0.logLikelihood >= near }.compactMap { ascent.continued($0, passes: 2_000) }
  }

  /// Tries every mixture with two of its components made one as a start for the next smaller number, from the largest down.
  private mutating func merge(_ order: [Int]) {
    for at in order {
      let place = places[at]
      guard place.components > 1,
        let larger = places.first(where: { $0.components == place.components + 1 && $0.family == place.family })?.best
      else { continue }
      var ascent = GaussianAscent(rows, place.family, components: place.components, floor: floor)
      var starts: [Climbed] = []
      for a in 0..<place.components {
        for b in (a + 1)...place.components {
          ascent.start(from: larger.merging(a, b, components: place.components + 1))
          if let end = ascent.end(within: 2) { starts.append(end) }
        }
      }
      guard let first = Self.best(starts, 1).first, let end = ascent.continued(first, passes: 30) else { continue }
      // What is still far below the best known is not worth going on.
      let known = place.best?.logLikelihood ?? -.infinity
      guard end.logLikelihood > known - 1 else { continue }
      if let last = ascent.continued(end, passes: 2_000) { add([last], 0, to: at) }
    }
  }

  /// Random starts: many for the best mixtures by BIC, and where no careful start held; a tenth of them for the others, as
  /// long as rows are few.
  mutating func challenge(_ count: Int, starts: Int, seed: UInt64) {
    let ranked = places.indices.compactMap { at in bic(at).map { (at: at, bic: $0) } }.sorted {
      ($0.bic, $0.at) < ($1.bic, $1.at)
    }.map(\.at)
    let failed = places.indices.filter { places[$0].refusal == nil && places[$0].ends.isEmpty }
    let leaders = ranked.prefix(count) + failed.prefix(count)
    var pieces = leaders.flatMap { at in (0..<2).map { (at: at, from: $0, to: starts, by: 2) } }
    if rows.weighted <= Self.fewRows {
      pieces += ranked.dropFirst(count).map { (at: $0, from: 0, to: (starts + 9) / 10, by: 1) }
    }
    let board = self
    let wanted = pieces
    let found = ParallelWork.map(wanted.count) { piece in
      let own = wanted[piece]
      return board.challenged(own.at, starts: stride(from: own.from, to: own.to, by: own.by), seed: seed)
    }
    for (piece, own) in wanted.enumerated() { add(found[piece].ends, found[piece].degenerate, to: own.at) }
  }

  private static let fewRows = 1_000

  private func challenged(
    _ at: Int, starts: StrideTo<Int>, seed: UInt64
  ) -> (ends: [Climbed], degenerate: Int) {
    let place = places[at]
    guard place.components > 1 else { return ([], 0) }
    var ascent = GaussianAscent(rows, place.family, components: place.components, floor: floor)
    var degenerate = 0
    var ends: [Climbed] = []
    var count = 0
    for start in starts {
      count += 1
      var generator = SeededGenerator(seed: seed, stream: UInt64(start) &+ 0x6D69_7800_0000)
      ascent.start(from: rows.nearest(toRandomRows: place.components, white: start % 4 >= 2, &generator))
      if let end = ascent.end(within: 4) { ends.append(end) } else { degenerate += 1 }
    }
    ends = Self.best(ends, (count + 4) / 5).compactMap { ascent.continued($0, passes: 10) }
    ends = Self.best(ends, (count + 11) / 12).compactMap { ascent.continued($0, passes: 40) }
    return (finished(Self.best(ends, 2), &ascent), degenerate)
  }

  func attempts() -> [MixtureSearch.Attempt] {
    let board = self
    let results = ParallelWork.map(places.count) { at -> Result<GaussianMixture, MixtureSearch.Refusal> in
      let place = board.places[at]
      if let refusal = place.refusal { return .failure(refusal) }
      guard let top = place.best else { return .failure(.degenerate) }
      let ascent = GaussianAscent(
        board.rows, place.family, components: place.components, sums: top.sums, floor: board.floor)
      guard let memberships = ascent.memberships() else { return .failure(.degenerate) }
      let enough = 1e-8 * max(1, top.logLikelihood.magnitude)
      return .success(
        GaussianMixture(
          board.rows, top, memberships: memberships, starts: place.ends.count,
          bestStarts: place.ends.count { top.logLikelihood - $0.logLikelihood <= enough },
          degenerate: place.degenerate))
    }
    return places.indices.map {
      MixtureSearch.Attempt(family: places[$0].family, components: places[$0].components, result: results[$0])
    }
  }

  private mutating func add(_ ends: [Climbed], _ degenerate: Int, to at: Int) {
    places[at].degenerate += degenerate
    places[at].ends = Self.best(places[at].ends + ends, .max)
  }

  private func bic(_ at: Int) -> Double? {
    places[at].best.map { end in
      let volume = end.family.isFull ? rows.logVolume * rows.total : 0
      let parameters = end.family.allParameters(components: places[at].components, variables: rows.columns)
      return -2 * (end.logLikelihood + volume) + Double(parameters) * logarithm(rows.total)
    }
  }

  /// The likeliest component of each different row.
  private func hardened(_ end: Climbed) -> [Int32] {
    let k = end.components
    let ascent = GaussianAscent(rows, end.family, components: k, sums: end.sums, floor: floor)
    guard let memberships = ascent.memberships() else { return [Int32](repeating: 0, count: rows.count) }
    return (0..<rows.count).map { row in
      var best = 0
      for c in 1..<max(k, 1) where memberships.storage[row * k + c] > memberships.storage[row * k + best] { best = c }
      return Int32(best)
    }
  }

  private static func best(_ ends: [Climbed], _ count: Int) -> [Climbed] {
    let order = ends.indices.sorted { (-ends[$0].logLikelihood, $0) < (-ends[$1].logLikelihood, $1) }
    return order.prefix(count).map { ends[$0] }
  }
}

/// Where a climb came to.
struct Climbed: Sendable {
  let family: CovarianceFamily
  let components: Int
  /// Sums of features, components × (1 + features).
  let sums: [Double]
  /// Of white rows for full families.
  let logLikelihood: Double
  let isConverged: Bool

  /// The sums with component `b` added to `a`.
  func merging(_ a: Int, _ b: Int, components: Int) -> [Double] {
    let width = sums.count / components
    var result = sums
    for at in 0..<width { result[a * width + at] += sums[b * width + at] }
    result.removeSubrange(b * width..<(b + 1) * width)
    return result
  }
}

extension GaussianAscent {
  init(_ rows: MixtureRows, _ family: CovarianceFamily, components: Int, sums: [Double], floor: Double) {
    self.init(rows, family, components: components, floor: floor)
    start(from: sums)
  }

  /// Where a climb of so many passes ends; nil where a component degenerates.
  mutating func end(within passes: Int) -> Climbed? {
    climb(passes: passes)
    guard !isDegenerate, logLikelihood.isFinite else { return nil }
    return Climbed(
      family: family, components: components, sums: sums, logLikelihood: logLikelihood,
      isConverged: self.passes < passes)
  }

  mutating func continued(_ start: Climbed, passes: Int) -> Climbed? {
    if start.isConverged { return start }
    self.start(from: start.sums)
    return end(within: passes)
  }
}
