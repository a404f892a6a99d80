import Diagnostics
import Tables

/// The order in which a chain's stages stand, and what contradicts it.
///
/// Stages that begin with a number stand by it ("1 Origin", "2 Trade"); the number is not part of the name.
struct StageOrder {
  /// A stage as written in the file, split at its leading number.
  struct Label {
    /// Nil where the stage does not begin with a number followed by a separator.
    var number: Int?
    var name: String

    init(_ text: String) {
      let digits = text.prefix { $0.isASCII && $0.isNumber }
      let rest = text[digits.endIndex...]
      let name = rest.drop { " .)-:–—_".contains($0) }
      // "3D printing" is a name, not a place in an order; a bare number is its own name.
      if let number = Int(digits), name.startIndex > rest.startIndex, !name.isEmpty {
        self.number = number
        self.name = String(name)
      } else {
        number = nil
        self.name = text
      }
    }
  }

  /// Stages as written, in their order: by number where all have one, else as they first appear.
  let stages: [String]

  init(_ written: [String]) {
    let seen = distinct(written)
    let numbers = seen.map { Label($0).number ?? Int($0) }
    if numbers.allSatisfy({ $0 != nil }) {
      stages = seen.indices.sorted { (numbers[$0] ?? 0, $0) < (numbers[$1] ?? 0, $1) }.map { seen[$0] }
    } else {
      stages = seen
    }
  }

  /// Reports two numbers for one stage, and two stages of one number, at the second of them; stages of which only some
  /// are numbered stand as they first appear, and a caution says so.
  static func check(_ actors: ChainActors, _ column: Column, _ ground: inout Groundwork) {
    var numberOf: [String: (number: Int?, row: Int)] = [:]
    var nameOf: [Int: (name: String, row: Int)] = [:]
    var numbered = 0
    let table = actors.rows.table
    for actor in actors.actors {
      guard let stage = actor.stage else { continue }
      let label = Label(stage)
      let key = label.name.lowercased()
      if label.number != nil { numbered += 1 }
      if let first = numberOf[key], first.number != label.number {
        ground.failCell(
          "analysis.stage-order", actors.rows, actor.row, column,
          "a stage has one place in the order, and '\(excerpt(label.name))' has another number on line "
            + "\(table.line(ofRow: first.row))")
      } else if let number = label.number, let first = nameOf[number], first.name != key {
        ground.failCell(
          "analysis.stage-order", actors.rows, actor.row, column,
          "a number orders one stage, and \(number) stands before another one on line \(table.line(ofRow: first.row))",
          hint: "stages that stand side by side share one name")
      }
      if numberOf[key] == nil { numberOf[key] = (label.number, actor.row) }
      if let number = label.number, nameOf[number] == nil { nameOf[number] = (key, actor.row) }
    }
    let staged = actors.actors.count { $0.stage != nil && Int($0.stage ?? "") == nil }
    if numbered > 0, numbered < staged, !ground.hasErrors {
      ground.cautions.append(
        Caution(
          "stages-half-numbered",
          "\(numbered) of \(staged) actors have a numbered stage: numbers order stages only where all have one; these stand as "
            + "they first appear"))
    }
  }
}
