/// How far segments come back in other samples of the same people, whatever the method that forms them.
package struct PartitionStability: Sendable {
  /// The mean Jaccard similarity of each cluster with its best counterpart over bootstrap samples, 0–1 (Hennig 2007).
  package let jaccard: [Double]

  /// - Parameters:
  ///   - assignments: The partition, one cluster a row, 0 ..< `clusters`.
  ///   - draws: The number of bootstrap samples.
  ///   - refit: Clusters a sample, given how often each row was drawn and a seed, and puts **every** row of the table
  ///     into one of its clusters; nil where the sample has too few different rows.
  package static func of(
    _ assignments: [Int], clusters: Int, draws: Int, seed: UInt64,
    refit: @Sendable (_ times: [Double], _ seed: UInt64) -> [Int]?
  ) -> PartitionStability {
    let n = assignments.count
    let similarities = ParallelWork.map(max(1, draws)) { draw -> [Double?] in
      var generator = SeededGenerator(seed: seed, stream: UInt64(draw) &+ 0x626F_6F74_0000)
      var times = [Double](repeating: 0, count: n)
      for _ in 0..<n { times[generator.index(below: n)] += 1 }
      guard let found = refit(times, generator.next()) else { return [Double?](repeating: nil, count: clusters) }
      return similarity(assignments, found, clusters: clusters, among: times)
    }
    return PartitionStability(
      jaccard: (0..<clusters).map { c in
        let own = similarities.compactMap { $0[c] }
        return own.isEmpty ? 0 : own.reduce(0, +) / Double(own.count)
      })
  }

  /// For each cluster the largest Jaccard similarity with one found, over the rows drawn; a row drawn twice counts once.
  /// Nil for a cluster of which no row was drawn.
  private static func similarity(
    _ assignments: [Int], _ found: [Int], clusters: Int, among times: [Double]
  ) -> [Double?] {
    let others = (found.max() ?? 0) + 1
    var shared = [Double](repeating: 0, count: clusters * others)
    var (own, other) = ([Double](repeating: 0, count: clusters), [Double](repeating: 0, count: others))
    for row in assignments.indices where times[row] > 0 {
      shared[assignments[row] * others + found[row]] += 1
      own[assignments[row]] += 1
      other[found[row]] += 1
    }
    return (0..<clusters).map { c in
      guard own[c] > 0 else { return nil }
      return (0..<others).reduce(0) { best, o in
        let both = shared[c * others + o]
        return max(best, both / (own[c] + other[o] - both))
      }
    }
  }
}
