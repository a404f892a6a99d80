import Statistics

/// Partitions into several numbers of segments, what speaks for each, and which was taken.
///
/// The rule: the largest average silhouette (Rousseeuw 1987); of equals the fewest segments. Beside it the gap statistic
/// (Tibshirani, Walther & Hastie 2001) with its own rule “Tibs2001SEmax”. They often differ; that is said, not settled.
struct ChoiceOfSegments: Sendable {
  /// One for each number of segments, rising.
  let partitions: [KMeans]
  /// Average silhouette of each.
  let silhouettes: [Double]
  let silhouetteMethod: Silhouettes.Method
  /// Nil where it was not computed.
  let gap: GapStatistic?
  /// The place of the partition taken.
  let taken: Int
  /// One sentence: why this number.
  let reason: String
  /// `silhouette` or `given`.
  let criterion: String
  /// What the gap statistic would take, where that differs from the number taken.
  let dissent: Int?

  var partition: KMeans { partitions[taken] }
  var silhouette: Double { silhouettes[taken] }

  /// Above it a fixed number of segments is taken without its neighbours, and neither the gap statistic nor, unless asked
  /// for, stability is computed.
  static let mostRowsForComparison = 10_000

  /// - Parameters:
  ///   - points: standardised, finite, at least two distinct rows.
  ///   - weights: case weights; the silhouette counts rows alike, and the gap statistic, which knows no weights, is left out.
  ///   - distinct: rows that differ.
  init(
    _ points: Matrix, weights: [Double]?, count: SegmentCount, distinct: Int, starts: Int, gapSets: Int, seed: UInt64
  ) throws(KMeans.Failure) {
    let isLarge = points.rows > Self.mostRowsForComparison
    let candidates = Self.candidates(count, distinct: distinct, isLarge: isLarge)
    let partitions = try KMeans.fits(points, clusters: candidates, weights: weights, starts: starts, seed: seed)
    let measured = (try? Silhouettes.of(points, partitions: partitions.map(\.assignments))) ?? []
    let silhouettes = partitions.indices.map { measured.indices.contains($0) ? measured[$0].average : 0 }
    self.partitions = partitions
    self.silhouettes = silhouettes
    silhouetteMethod = measured.first?.method ?? .points
    if gapSets > 0, !isLarge, weights == nil {
      var wanted = partitions.map { (clusters: $0.clusters, withinSS: $0.totalWithinSS) }
      if let first = partitions.first, first.clusters == 2 { wanted.append((1, first.totalSS)) }
      gap = try GapStatistic.compute(points, partitions: wanted, sets: gapSets, starts: 2, seed: seed)
    } else {
      gap = nil
    }
    switch count {
    case .given(let wanted):
      taken = partitions.firstIndex { $0.clusters == wanted } ?? 0
      criterion = "given"
    case .chosen:
      let best = silhouettes.max() ?? 0
      taken = silhouettes.firstIndex { $0 >= best - 1e-12 } ?? 0
      criterion = "silhouette"
    }
    let number = partitions[taken].clusters
    let other = gap.flatMap { $0.clusters.count > 1 ? $0.choice : nil }
    dissent = other == number ? nil : other
    reason = Self.sentence(count, partitions, silhouettes, taken: taken, gapChoice: other)
  }

  private static func candidates(_ count: SegmentCount, distinct: Int, isLarge: Bool) -> [Int] {
    switch count {
    case .chosen(let range, _): Array(range.lowerBound...max(range.lowerBound, min(range.upperBound, distinct)))
    case .given(let wanted): isLarge ? [wanted] : Array(2...max(wanted, min(8, distinct)))
    }
  }

  private static func sentence(
    _ count: SegmentCount, _ partitions: [KMeans], _ silhouettes: [Double], taken: Int, gapChoice: Int?
  ) -> String {
    let number = partitions[taken].clusters
    let range = "\(partitions[0].clusters) to \(partitions[partitions.count - 1].clusters)"
    var sentence: String
    if case .given = count {
      sentence = "\(number) segments were asked for; their average silhouette is \(short(silhouettes[taken]))"
      if let best = silhouettes.max(), let at = silhouettes.firstIndex(of: best), at != taken {
        sentence += ", the largest among \(range) segments is \(short(best)) with \(partitions[at].clusters)"
      }
    } else if partitions.count == 1 {
      sentence = "the answers differ too little for more than \(number) segments"
    } else {
      sentence =
        "\(number) segments have the largest average silhouette, \(short(silhouettes[taken])), among \(range) segments"
    }
    if let gapChoice {
      sentence +=
        gapChoice == number
        ? "; the gap statistic takes \(gapChoice) as well" : "; the gap statistic would take \(gapChoice)"
    }
    return sentence
  }

  /// `criteria`, a row a number of segments.
  func table() -> FindingsTable {
    var table = FindingsTable(
      "criteria", title: "Numbers of segments compared",
      columns: [
        .init("segments", .integer), .init("within_ss"), .init("silhouette"), .init("gap"), .init("gap_se"),
        .init("calinski_harabasz"), .init("best_starts", .integer), .init("taken", .truth),
      ])
    for (at, partition) in partitions.enumerated() {
      let place = gap?.clusters.firstIndex(of: partition.clusters)
      table.add([
        .integer(partition.clusters), Value(partition.totalWithinSS), Value(silhouettes[at]),
        Value(place.flatMap { gap?.gaps[$0] }), Value(place.flatMap { gap?.standardErrors[$0] }),
        Value(PartitionMeasures.calinskiHarabasz(partition)), .integer(partition.bestStarts), .truth(at == taken),
      ])
    }
    return table
  }
}

/// Two decimals, for sentences.
func short(_ number: Double) -> String {
  guard number.isFinite, abs(number) < 1e12 else { return "–" }
  let hundredths = Int((abs(number) * 100).rounded())
  let rest = hundredths % 100
  return (number < 0 && hundredths > 0 ? "−" : "") + "\(hundredths / 100)." + (rest < 10 ? "0\(rest)" : "\(rest)")
}
