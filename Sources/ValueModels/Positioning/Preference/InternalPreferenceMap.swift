import Diagnostics
import Statistics

/// `model: internal`: brands placed by preferences alone, beside the map of how they are seen.
struct InternalPreferenceMap {
  private let fit: InternalPreference
  private let brands: [String]
  /// Cases behind it, and those left out since they did not judge every brand.
  let used: Int
  let incomplete: Int

  init(_ scores: PreferenceScores, _ source: PreferenceSource, _ ground: Groundwork) throws(Rejection) {
    let width = scores.brands.count
    // Brands that nobody judged have no place.
    let judged = (0..<width).filter { j in
      (0..<scores.count).contains { !scores.values[$0 * width + j].isNaN }
    }
    let complete = (0..<scores.count).filter { i in
      scores.weights[i] > 0 && judged.allSatisfy { !scores.values[i * width + $0].isNaN }
    }
    brands = judged.map { scores.brands[$0] }
    used = complete.count
    incomplete = scores.count - complete.count
    let fewest = scores.arePersons ? max(2, ground.input.privacy.suppressBelow) : 2
    let position = source.isOwnTable ? source.rows.position : ground.position(of: "preference")
    guard judged.count > 2, complete.count >= fewest else {
      throw ground.rejection(
        "analysis.too-few-respondents", at: position,
        "an internal map needs at least \(fewest) \(scores.arePersons ? "persons" : "segments") with a preference for each of at "
          + "least 3 brands, and \(grouped(complete.count)) of \(grouped(scores.count)) "
          + "\(complete.count == 1 ? "has" : "have") one for each of \(judged.count)",
        hint: "leave brands that few have judged out of the map with 'where', or take another 'model'")
    }
    var table = Matrix(rows: complete.count, columns: judged.count)
    for (k, i) in complete.enumerated() {
      for (l, j) in judged.enumerated() { table[k, l] = scores.values[i * width + j] }
    }
    do {
      fit = try InternalPreference.fit(table, weights: complete.map { scores.weights[$0] })
    } catch {
      throw ground.rejection(
        "analysis.no-association", at: position,
        "an internal map needs brands that are not all liked alike, and these are")
    }
  }

  var brandsTable: FindingsTable {
    let axes = fit.eigenvalues.count
    var table = FindingsTable(
      "internal_brands", title: "Brands placed by preferences alone",
      columns: [.init("brand", .text), .init("x"), .init("y")] + (0..<axes).map { .init("dim_\($0 + 1)") }
        + [.init("quality", .share)])
    for (at, brand) in brands.enumerated() {
      let place = (0..<axes).map { fit.places[at, $0] }
      let all = place.reduce(0) { $0 + $1 * $1 }
      let shown = place.prefix(2).reduce(0) { $0 + $1 * $1 }
      table.add(
        [.text(brand)] + (0..<2).map { Value($0 < axes ? place[$0] : 0) } + place.map { Value($0) }
          + [Value(all > 0 ? shown / all : 0)])
    }
    return table
  }

  var dimensionsTable: FindingsTable {
    var table = FindingsTable(
      "internal_dimensions", title: "Dimensions of preference: how much each shows",
      columns: [
        .init("dimension", .integer), .init("eigenvalue"), .init("percent", .percent), .init("cumulative", .percent),
      ])
    var sum = 0.0
    for (axis, value) in fit.eigenvalues.enumerated() {
      sum += fit.percentages[axis]
      table.add([.integer(axis + 1), Value(value), Value(fit.percentages[axis]), Value(min(100, sum))])
    }
    return table
  }

  /// The share of the differences of preference on the plane, 0–1.
  var explained: Double { min(1, fit.percentages.prefix(2).reduce(0, +) / 100) }
}
