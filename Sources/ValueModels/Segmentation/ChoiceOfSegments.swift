import Statistics

/// Partitions into several numbers of segments, what speaks for each, and which was taken.
///
/// The rule unless another is asked for: the largest average silhouette (Rousseeuw 1987); of equals the fewest segments.
/// Beside it the gap statistic (Tibshirani, Walther & Hastie 2001) with its own rule “Tibs2001SEmax”. They often differ;
/// that is said, not settled.
struct ChoiceOfSegments: Sendable {
  /// What decides the number of segments.
  enum Rule: String, Sendable, CaseIterable {
    /// The largest average silhouette.
    case silhouette
    /// The gap statistic's own rule; 2 where it finds none.
    case gap
    /// The most segments that random halves of the rows agree on (`leastAgreement`); the best agreement where none does.
    case replicable
  }

  /// Halves agree from this adjusted Rand index on (Steinley 2004: above 0.8 good, from 0.65 moderate).
  static let leastAgreement = 0.8

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
  /// How well random halves of the rows agree (adjusted Rand index), a number of segments each; nil where not computed.
  let splitHalves: [Double?]
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
  ///   - halvings: how often the rows are halved to see whether the halves agree; 0 for never.
  init(
    _ points: Matrix, weights: [Double]?, count: SegmentCount, rule: Rule, distinct: Int, maker: PartitionMaker,
    gapSets: Int, halvings: Int, seed: UInt64
  ) throws(KMeans.Failure) {
    let isLarge = points.rows > Self.mostRowsForComparison
    let candidates = count.candidates(distinct: distinct, isLarge: isLarge)
    let partitions = try maker.partitions(candidates)
    let measured = (try? Silhouettes.of(points, partitions: partitions.map(\.assignments))) ?? []
    let silhouettes = partitions.indices.map { measured.indices.contains($0) ? measured[$0].average : 0 }
    self.partitions = partitions
    self.silhouettes = silhouettes
    silhouetteMethod = measured.first?.method ?? .points
    if gapSets > 0, !isLarge, weights == nil {
      var wanted = partitions.map { (clusters: $0.clusters, withinSS: $0.totalWithinSS) }
      if let first = partitions.first, first.clusters == 2 { wanted.append((1, first.totalSS)) }
      gap = try maker.gap(wanted, gapSets)
    } else {
      gap = nil
    }
    splitHalves =
      halvings > 0 && !isLarge
      ? PartitionStability.splitHalves(
        rows: points.rows, partitions: candidates.count, halvings: halvings, seed: seed
      ) { times, seed in maker.refit(times, candidates, seed) } : candidates.map { _ in nil }
    switch count {
    case .given(let wanted):
      taken = partitions.firstIndex { $0.clusters == wanted } ?? 0
      criterion = "given"
    case .chosen:
      let place = Self.place(by: rule, partitions, silhouettes, gap: gap, splitHalves)
      taken = place ?? Self.largest(silhouettes)
      criterion = (place == nil ? .silhouette : rule).rawValue
    }
    let number = partitions[taken].clusters
    let other = gap.flatMap { $0.clusters.count > 1 ? $0.choice : nil }
    dissent = other == number ? nil : other
    reason =
      criterion == Rule.replicable.rawValue
      ? Self.replicableSentence(partitions, splitHalves, taken: taken, gapChoice: other)
      : Self.sentence(count, partitions, silhouettes, taken: taken, gapChoice: other)
  }

  private static func largest(_ values: [Double]) -> Int {
    let best = values.max() ?? 0
    return values.firstIndex { $0 >= best - 1e-12 } ?? 0
  }

  /// What a rule takes; nil where what it looks at was not computed.
  private static func place(
    by rule: Rule, _ partitions: [KMeans], _ silhouettes: [Double], gap: GapStatistic?, _ splitHalves: [Double?]
  ) -> Int? {
    switch rule {
    case .silhouette: return largest(silhouettes)
    case .gap:
      guard let gap, gap.clusters.count > 1 else { return nil }
      return partitions.firstIndex { $0.clusters == max(gap.choice, partitions[0].clusters) }
    case .replicable:
      guard splitHalves.contains(where: { $0 != nil }) else { return nil }
      return splitHalves.lastIndex { ($0 ?? 0) >= leastAgreement } ?? largest(splitHalves.map { $0 ?? -1 })
    }
  }

  private static func replicableSentence(
    _ partitions: [KMeans], _ splitHalves: [Double?], taken: Int, gapChoice: Int?
  ) -> String {
    let number = partitions[taken].clusters
    let agreement = splitHalves[taken] ?? 0
    var sentence =
      agreement >= leastAgreement
      ? "\(number) segments are the most that random halves agree on (adjusted Rand index \(short(agreement)), at least \(short(leastAgreement)))"
      : "\(number) segments are those on which random halves agree best (adjusted Rand index \(short(agreement)), below \(short(leastAgreement)) for every number)"
    if let gapChoice, gapChoice != number { sentence += "; the gap statistic would take \(gapChoice)" }
    return sentence
  }

  private static func sentence(
    _ count: SegmentCount, _ partitions: [KMeans], _ silhouettes: [Double], taken: Int, gapChoice: Int?
  ) -> String {
    let number = partitions[taken].clusters
    let range = "\(partitions[0].clusters) to \(partitions[partitions.count - 1].clusters)"
    var sentence: String
    if case .chosen = count, let gapChoice, let best = silhouettes.max(), silhouettes[taken] < best - 1e-12 {
      // The gap statistic was asked to decide.
      return "\(number) segments are what the gap statistic takes"
        + (gapChoice == number ? "" : " at least (it would take \(gapChoice))")
        + "; the largest average silhouette, \(short(best)), is with \(partitions[largest(silhouettes)].clusters)"
    }
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

  /// Facts of the partition taken.
  func facts(_ grouping: Grouping, _ settings: SegmentationSettings) -> [Fact] {
    // With one variable, the sums of squares give away what is hidden.
    let givesAway = settings.variables.count == 1 && grouping.hidden.contains(true)
    return [
      Fact("within_ss", givesAway ? .missing : Value(partition.totalWithinSS)),
      Fact("between_ss", givesAway ? .missing : Value(partition.betweenSS)), Fact("total_ss", partition.totalSS),
      Fact("best_starts", partition.bestStarts), Fact("silhouette", silhouette),
    ] + (splitHalves[taken].map { [Fact("split_half", $0)] } ?? [])
  }

  /// `criteria`, a row a number of segments.
  func table() -> FindingsTable {
    var table = FindingsTable(
      "criteria", title: "Numbers of segments compared",
      columns: [
        .init("segments", .integer), .init("within_ss"), .init("silhouette"), .init("gap"), .init("gap_se"),
        .init("calinski_harabasz"), .init("split_half"), .init("best_starts", .integer), .init("taken", .truth),
      ])
    for (at, partition) in partitions.enumerated() {
      let place = gap?.clusters.firstIndex(of: partition.clusters)
      table.add([
        .integer(partition.clusters), Value(partition.totalWithinSS), Value(silhouettes[at]),
        Value(place.flatMap { gap?.gaps[$0] }), Value(place.flatMap { gap?.standardErrors[$0] }),
        Value(PartitionMeasures.calinskiHarabasz(partition)), Value(splitHalves[at]),
        partition.starts > 1 ? .integer(partition.bestStarts) : .missing, .truth(at == taken),
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
