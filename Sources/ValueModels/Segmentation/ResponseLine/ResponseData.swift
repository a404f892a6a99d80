import Diagnostics
import Statistics
import Tables

/// The rows of a response line: those learnt from and those judged by, as rows of the table.
struct ResponseData {
  let rows: [Int]
  let train: [Int]
  let held: [Int]
  let responders: Int
  /// Rows of the customer who has most.
  let mostRowsOfOne: Int
  /// Customers with several rows.
  let repeated: Int

  /// Fewer of either kind make no model.
  static let fewestResponders = 100
  /// Fewer of either kind on either side of the split make none either.
  static let fewestLearnt = 30
  static let fewestHeld = 10

  init(_ settings: ResponseLineSettings) {
    let rows = settings.rows.kept
    self.rows = rows
    var units = Array(rows.indices)
    var (most, repeated) = (1, 0)
    if let (codes, levels) = settings.customer?.codes() {
      var place = [Int](repeating: -1, count: levels.count)
      var counts: [Int] = []
      for (at, row) in rows.enumerated() {
        let level = Int(codes[row])
        if place[level] < 0 {
          place[level] = counts.count
          counts.append(0)
        }
        units[at] = place[level]
        counts[place[level]] += 1
      }
      most = max(1, counts.max() ?? 1)
      repeated = counts.count { $0 > 1 }
    }
    mostRowsOfOne = most
    self.repeated = repeated
    responders = rows.count { settings.responded[$0] }
    // By outcome, and by arm where there are two.
    let strata = rows.map { row in
      (settings.responded[row] ? 1 : 0) + (settings.treatment?.isTreated[row] == true ? 2 : 0)
    }
    let split = settings.holdOut.split(settings.rows, strata: strata, units: units, seed: settings.seed)
    train = split.train.map { rows[$0] }
    held = split.held.map { rows[$0] }
  }

  /// Why there can be no model, in a sentence; nil where there can.
  func objection(_ settings: ResponseLineSettings, people: String) -> String? {
    let others = rows.count - responders
    if min(responders, others) < Self.fewestResponders {
      let few = responders <= others
      return
        "\(grouped(few ? responders : others)) of \(grouped(rows.count)) \(people) \(few ? "responded" : "did not respond"); "
        + "a model of who does needs at least \(Self.fewestResponders) of either kind, so that there is none"
    }
    for (name, part, fewest) in [
      ("to learn from", train, Self.fewestLearnt), ("to judge by", held, Self.fewestHeld),
    ] {
      let yes = part.count { settings.responded[$0] }
      if min(yes, part.count - yes) < fewest {
        return
          "Of the \(grouped(part.count)) \(people) \(name) \(grouped(yes)) responded; at least \(fewest) who did and "
          + "\(fewest) who did not are needed, so that there is no model"
      }
    }
    return nil
  }
}
