import Diagnostics
import Tables

/// The doubts of segments around centres.
func clusterCautions(
  _ choice: ChoiceOfSegments, _ settings: SegmentationSettings, flat: Int, people: String
) -> [Caution] {
  let partition = choice.partition
  var cautions: [Caution] = []
  if let dissent = choice.dissent {
    cautions.append(
      Caution(
        "criteria-disagree",
        dissent == 1
          ? "The gap statistic finds no segments at all: these divide people who differ by degrees"
          : "The gap statistic would take \(dissent) segments, not \(partition.clusters)"))
  }
  cautions += partitionCautions(
    silhouette: choice.silhouette, starts: partition.starts, bestStarts: partition.bestStarts, sizes: partition.sizes)
  if flat > 0 { cautions.append(flatAnswers(flat, settings, people: people)) }
  if choice.silhouetteMethod == .centres {
    cautions.append(
      Caution(
        "simplified-silhouette",
        "Silhouettes are taken to the segments' centres, since there are too many rows for all pairs; they come out higher than exact ones"
      ))
  }
  cautions.append(descriptiveTests)
  return cautions
}

/// People without a pattern of their own, where answers are standardised within persons.
func flatAnswers(_ flat: Int, _ settings: SegmentationSettings, people: String) -> Caution {
  Caution(
    "flat-answers",
    "\(grouped(flat)) of \(grouped(settings.rows.kept.count)) \(people) answer everything alike; they have no pattern of their own and stand in the middle"
  )
}

/// Said of every segmentation.
let descriptiveTests = Caution(
  "descriptive-tests",
  "Test values of the variables the segments were formed from only describe them: the segments were made to differ there"
)

extension SourceRows {
  /// What bases count.
  var people: String { study.source == .transactions ? "customers" : "respondents" }
}

extension Groundwork {
  /// The sums of a value column by group, with cautions for amounts that are missing or negative.
  mutating func worth(
    _ column: Column?, _ rows: SourceRows, _ grouping: Grouping, _ suppression: Suppression
  ) -> SegmentWorth? {
    guard let column else { return nil }
    let numbers = column.numbers()
    let amounts = rows.kept.map { numbers[$0] }
    let worth = SegmentWorth(amounts, grouping: grouping, suppression: suppression)
    let missing = amounts.count { $0.isNaN }
    if missing > 0 {
      cautions.append(
        Caution(
          "missing-values", "\(grouped(missing)) rows have no '\(column.name)' and add nothing to a segment's value"))
    }
    if worth.hasNegative {
      cautions.append(
        Caution("no-value-share", "'\(column.name)' holds negative amounts, so that shares of its sum mean nothing"))
    }
    return worth
  }
}
