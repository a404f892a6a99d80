import Diagnostics
import Statistics

/// A judged map laid over a measured one.
struct JudgementComparison {
  /// Brands of both maps, in the order of the judged one.
  let brands: [String]
  /// Brands × 2, in the units of the measured map.
  let judged: Matrix
  let measured: Matrix
  let distances: [Double]
  /// The distances over the root mean square distance of the measured brands from their centre.
  let relative: [Double]
  /// √(1 − m₁₂²), 0–1.
  let congruence: Double
  let probability: Double
  let onlyJudged: [String]
  let onlyMeasured: [String]
  let title: String

  init(
    _ names: [String], _ places: Matrix, _ other: Findings?, draws: Int, seed: UInt64, _ ground: inout Groundwork
  ) throws(Rejection) {
    let position = ground.position(of: "compare")
    guard let other, other.type == "perceptual-map", let table = other.table("brands") else {
      throw ground.rejection(
        "analysis.not-a-map", at: position,
        "'compare' names a perceptual map that has positions, and "
          + (other.map { "'\($0.id)' is a \($0.type)" + ($0.type == "perceptual-map" ? " without them" : "") }
            ?? "it was not computed"))
    }
    let (x, y) = (table.numbers("x"), table.numbers("y"))
    let found = table.texts("brand")
    var place: [String: Int] = [:]
    for (at, name) in found.enumerated() where place[name] == nil && x.count > at && y.count > at {
      if x[at] != nil, y[at] != nil { place[name] = at }
    }
    let common = names.indices.filter { place[names[$0]] != nil }
    guard common.count >= 3 else {
      throw ground.rejection(
        "analysis.too-few-common-brands", at: position,
        "two maps are compared by at least three brands that both have, and '\(other.id)' shares \(common.count)",
        hint: "its brands are \(quotedList(Array(found.prefix(8))))")
    }
    brands = common.map { names[$0] }
    onlyJudged = names.filter { place[$0] == nil }
    let judgedNames = Set(names)
    onlyMeasured = found.filter { !judgedNames.contains($0) }
    title = other.title
    var target = Matrix(rows: common.count, columns: 2)
    for (row, at) in common.enumerated() {
      guard let from = place[names[at]] else { continue }
      target[row, 0] = x[from] ?? 0
      target[row, 1] = y[from] ?? 0
    }
    let chosen = places.selecting(rows: common)
    do {
      let fit = try Procrustes.fit(chosen, to: target, scaling: true)
      judged = fit.fitted
      distances = fit.residuals
      congruence = max(0, 1 - fit.statistic).squareRoot()
      probability = try Procrustes.permutationProbability(chosen, to: target, draws: draws, seed: seed)
    } catch {
      throw ground.rejection(
        "analysis.not-computable", at: position,
        "maps are compared where their brands do not all stand on one place, and in one of the two they do")
    }
    measured = target
    let means = target.columnSums.map { $0 / Double(target.rows) }
    var squares = 0.0
    for row in 0..<target.rows {
      for axis in 0..<2 { squares += (target[row, axis] - means[axis]) * (target[row, axis] - means[axis]) }
    }
    let spread = (squares / Double(target.rows)).squareRoot()
    relative = distances.map { spread > 0 ? $0 / spread : 0 }
  }
}
