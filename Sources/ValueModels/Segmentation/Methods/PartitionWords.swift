import Statistics
import Tables

/// The doubts of any partition found from several starts and judged by its silhouette.
func partitionCautions(silhouette: Double, starts: Int, bestStarts: Int, sizes: [Int]) -> [Caution] {
  var cautions: [Caution] = []
  if silhouette < 0.25 {
    cautions.append(
      Caution(
        "weak-structure",
        "The average silhouette is \(short(silhouette)); below 0.25 segments shade into each other and are a way to divide "
          + "the market rather than groups found in it"))
  }
  if starts > 1, bestStarts * 20 < starts {
    cautions.append(
      Caution(
        "few-best-starts",
        "Only \(bestStarts) of \(starts) starts came to the best partition; more 'starts' may find a better one"))
  }
  let single = sizes.count { $0 == 1 }
  if single > 0 {
    cautions.append(
      Caution(
        "segment-of-one",
        "\(single == 1 ? "A segment holds" : "\(single) segments hold") a single respondent: an outlier, or more segments "
          + "than the data bear"))
  }
  return cautions
}

/// `centres`: means in the variables' own units, a column of the points a variable; missing for hidden segments.
func centresTable(_ points: Matrix, _ variables: [Column], _ grouping: Grouping) -> FindingsTable {
  var table = FindingsTable(
    "centres", title: "Segment means in the variables' own units",
    columns: [.init("segment", .integer), .init("variable", .text), .init("mean")])
  for g in 0..<grouping.count {
    let members = grouping.membership.indices.filter { grouping.membership[$0] == g }
    let own = grouping.weights.map { weights in members.map { weights[$0] } }
    for (column, variable) in variables.enumerated() {
      let mean = grouping.hidden[g] ? nil : (try? Moments(members.map { points[$0, column] }, weights: own))?.mean
      table.add([grouping.keys[g], .text(variable.name), Value(mean)])
    }
  }
  return table
}
