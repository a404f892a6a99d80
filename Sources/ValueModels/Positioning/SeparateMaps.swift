import Diagnostics
import Statistics

/// A map for each wave, turned onto that of the base wave by the brands that both have.
///
/// Turned about the origin, which is each wave's average, and mirrored where that helps; not stretched, so that distances
/// between brands stay those of the wave's own map.
struct SeparateMaps {
  /// Rows of the table by wave, those of the base wave first.
  private let parts: [[Int]]
  /// The row of the same brand in the base wave, by row.
  private let counterpart: [Int?]
  private let supplementary: Set<Int>
  private let supplementaryAttributes: [Int]
  private let method: MapMethod
  private let scale: PrincipalComponents.Scale

  init?(_ table: BrandTable, _ settings: PerceptualMapSettings) {
    guard let placed = table.waves, placed.waves.mode == .procrustes else { return nil }
    let base = placed.waves.base
    let order = [base] + placed.waves.names.indices.filter { $0 != base }
    parts = order.map { wave in placed.rows.compactMap { $0[wave] }.sorted() }
    var counterpart = [Int?](repeating: nil, count: table.brands.count)
    let named = Set(settings.supplementaryBrands.map(\.name))
    var supplementary = Set<Int>()
    for (brand, rows) in placed.rows.enumerated() {
      for row in rows.compactMap(\.self) {
        counterpart[row] = rows[base]
        if named.contains(placed.brands[brand]) { supplementary.insert(row) }
      }
    }
    self.counterpart = counterpart
    self.supplementary = supplementary
    supplementaryAttributes = table.supplementaryAttributes
    method = settings.method
    scale = settings.usesCorrelation ? .correlation : .covariance
  }

  /// Where all rows stand in principal coordinates on the first `axes` (1 or 2) dimensions of the base wave's map, and
  /// how much of each the plane shows, 0–1; nil where some wave alone makes no map.
  func places(_ values: Matrix, axes: Int) -> (principal: Matrix, quality: [Double])? {
    var principal = Matrix(rows: values.rows, columns: axes)
    var quality = [Double](repeating: 0, count: values.rows)
    for (at, part) in parts.enumerated() where !part.isEmpty {
      guard let points = points(values.selecting(rows: part), part) else { return nil }
      var found = Matrix(rows: part.count, columns: axes)
      for i in 0..<part.count {
        for j in 0..<min(axes, points.principal.columns) { found[i, j] = points.principal[i, j] }
      }
      if at > 0 {
        var target = Matrix(rows: part.count, columns: axes)
        var deciding: [Int] = []
        for (i, row) in part.enumerated() {
          guard let other = counterpart[row] else { continue }
          for j in 0..<axes { target[i, j] = principal[other, j] }
          if !supplementary.contains(row) { deciding.append(i) }
        }
        found = found.turnedOnto(target, deciding: deciding)
      }
      let shares = points.quality(axes: axes)
      for (i, row) in part.enumerated() {
        for j in 0..<axes { principal[row, j] = found[i, j] }
        quality[row] = shares[i]
      }
    }
    return (principal, quality)
  }

  /// The rows of the first wave that alone makes no map; nil where all do.
  func firstWithoutMap(_ values: Matrix) -> [Int]? {
    parts.first { !$0.isEmpty && points(values.selecting(rows: $0), $0) == nil }
  }

  private func points(_ values: Matrix, _ part: [Int]) -> OrdinationPoints? {
    let passive = part.indices.filter { supplementary.contains(part[$0]) }
    let active = part.indices.filter { !supplementary.contains(part[$0]) }
    // An attribute that nobody ticked in this wave, or on which all its brands are level, has no say in its map.
    let columns = (0..<values.columns).filter { column in
      guard method == .correspondence || scale == .correlation, let first = active.first else { return true }
      return method == .correspondence
        ? active.contains { values[$0, column] > 0 } : active.contains { values[$0, column] != values[first, column] }
    }
    let chosen = values.selecting(columns: columns)
    let further = columns.indices.filter { supplementaryAttributes.contains(columns[$0]) }
    return method == .correspondence
      ? (try? CorrespondenceAnalysis.fit(chosen, supplementaryRows: passive, supplementaryColumns: further))?.rows
      : (try? PrincipalComponents.fit(
        chosen, scale: scale, supplementaryRows: passive, supplementaryColumns: further))?.rows
  }
}

extension BrandTable {
  /// With a map a wave, refuses a wave that alone makes none.
  func checkSeparateMaps(_ settings: PerceptualMapSettings, _ ground: inout Groundwork) {
    guard !ground.hasErrors, let maps = SeparateMaps(self, settings), let part = maps.firstWithoutMap(values) else {
      return
    }
    let wave = waves.flatMap { placed in
      part.first.flatMap { placed.waves.cell(brands[$0]) }.map { placed.waves.names[$0.wave] }
    }
    ground.fail(
      "analysis.no-association", at: ground.position(of: "waves"),
      "'mode: procrustes' needs brands that differ in each wave, and those of '\(wave ?? "?")' do not",
      hint: "set 'mode: projected' under 'waves'")
  }
}
