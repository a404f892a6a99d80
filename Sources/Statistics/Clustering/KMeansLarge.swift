/// k-means of tables so large that not every start can be followed on all rows.
extension KMeansData {
  /// Above it, starts are compared on samples.
  static let mostRowsForAllStarts = 20_000
  /// Rows on which every start goes down, and on which the best of them go on.
  private static let samples = (first: 4_000, second: 20_000)

  /// Every start goes down on a sample of rows; the best sixteen of different sums go on from there on a larger sample, and
  /// the best five of those on all rows, where the best is taken. All end in optima of all rows, as starts on all rows do.
  ///
  /// - Returns: The clusters, the number of starts, and how many of them agreed on the best on the first sample; nil where
  ///   that has fewer rows that differ than clusters.
  func foundBySamples(
    clusters k: Int, starts: Int, seed: UInt64
  ) -> (assignments: [Int32], starts: Int, bestStarts: Int)? {
    var generator = SeededGenerator(seed: seed, stream: 0x6B6D_6C00_0000)
    var order = Array(0..<rows)
    for at in 0..<Self.samples.second { order.swapAt(at, at + generator.index(below: rows - at)) }
    guard let small = try? sample(order.prefix(Self.samples.first)), small.distinctRows >= k,
      let middle = try? sample(order.prefix(Self.samples.second))
    else { return nil }
    let found = ParallelWork.map(starts) { start -> KMeansOutcome in
      var generator = SeededGenerator(seed: seed, stream: UInt64(start) + 1)
      var descent = KMeansDescent(small, clusters: k)
      descent.seed(&generator)
      descent.descend()
      return KMeansOutcome(descent)
    }
    let least = found.reduce(.infinity) { min($0, $1.sum) }
    let hits = found.count { $0.sum - least <= 1e-9 * least }
    let candidates = Self.best(found, 16)
    let onMiddle = ParallelWork.map(candidates.count) { at in
      middle.descended(from: moved(candidates[at].centres, from: small, to: middle), clusters: k)
    }
    let finalists = Self.best(onMiddle, 5)
    let onAll = ParallelWork.map(finalists.count) { at in
      descended(from: moved(finalists[at].centres, from: middle, to: self), clusters: k)
    }
    guard let best = Self.best(onAll, 1).first else { return nil }
    return (best.assignments, starts, hits)
  }

  private func descended(from centres: [Double], clusters k: Int) -> KMeansOutcome {
    var descent = KMeansDescent(self, clusters: k)
    descent.setCentres(centres)
    descent.descend()
    return KMeansOutcome(descent)
  }

  /// The results of least sum, no two of the same sum; of equals the first.
  private static func best(_ results: [KMeansOutcome], _ most: Int) -> [KMeansOutcome] {
    let order = results.indices.sorted { (results[$0].sum, $0) < (results[$1].sum, $1) }
    var kept: [KMeansOutcome] = []
    for at in order where kept.count < most {
      if let last = kept.last, results[at].sum - last.sum <= 1e-9 * last.sum { continue }
      kept.append(results[at])
    }
    return kept
  }

  private func sample(_ chosen: ArraySlice<Int>) throws(KMeans.Failure) -> KMeansData {
    let cells = chosen.flatMap { points[$0 * columns..<($0 + 1) * columns] }
    return try KMeansData(
      Matrix(rows: chosen.count, columns: columns, storage: cells), weights: chosen.map { weights[$0] })
  }

  /// Centres in the working unit of one sample of these rows as centres in that of another, or of all.
  private func moved(_ centres: [Double], from: KMeansData, to: KMeansData) -> [Double] {
    centres.indices.map { at in
      let column = at % columns
      // In the working unit of all rows.
      let place = from.rows == rows ? centres[at] : centres[at] * from.unit + from.means[column]
      return to.rows == rows ? place : (place - to.means[column]) / to.unit
    }
  }
}
