import Diagnostics
import Statistics
import Tables

/// Which row of a map's table is which brand in which wave, once rows are left out and small bases hidden.
struct WaveRows {
  let waves: Waves
  /// Brands of the base wave in the order of the table, then those that other waves alone have.
  let brands: [String]
  /// The row of a brand in a wave, brands × waves; nil where it has none.
  let rows: [[Int?]]
  /// Rows of the base wave.
  let shown: [Int]
  /// Distinct respondents of each wave, or its answers where there are whole counts.
  var bases: [Int?] = []
  /// Respondents of each wave who answered in the base wave too.
  var paired: [Int?] = []
  var effectiveBase: Double?

  init(_ waves: Waves, _ names: [String]) {
    let found = names.map { waves.cell($0) }
    shown = names.indices.filter { found[$0]?.wave == waves.base }
    var brands = shown.compactMap { found[$0]?.brand }
    var places: [String: Int] = [:]
    for (at, brand) in brands.enumerated() { places[brand] = at }
    for cell in found {
      guard let cell, places[cell.brand] == nil else { continue }
      places[cell.brand] = brands.count
      brands.append(cell.brand)
    }
    var rows = [[Int?]](repeating: [Int?](repeating: nil, count: waves.names.count), count: brands.count)
    for (row, cell) in found.enumerated() {
      if let cell, let place = places[cell.brand] { rows[place][cell.wave] = row }
    }
    self.waves = waves
    self.brands = brands
    self.rows = rows
  }

  /// The waves in which a brand stands, in order.
  func waves(of brand: Int) -> [Int] { rows[brand].indices.filter { rows[brand][$0] != nil } }
  /// Brands that stand in a wave.
  func count(in wave: Int) -> Int { rows.count { $0[wave] != nil } }
}

extension BrandTable {
  /// Sorts the rows into waves and counts these; refuses what cannot be compared.
  mutating func place(_ waves: Waves, _ form: MapForm, _ rows: SourceRows, _ ground: inout Groundwork) {
    var placed = WaveRows(waves, brands)
    let position = ground.position(of: "wave")
    let filled = waves.names.indices.filter { placed.count(in: $0) > 0 }
    if filled.count < 2 {
      ground.fail(
        "analysis.one-wave", at: position,
        "waves are compared with one another, and only '\(waves.names[filled.first ?? waves.base])' has brands to show",
        hint: absentBrands(rows, ground))
    } else if !placed.brands.indices.contains(where: { placed.waves(of: $0).count > 1 }) {
      let elsewhere = placed.brands.indices.first { placed.rows[$0][waves.base] == nil }
      ground.fail(
        "analysis.no-common-brands",
        at: elsewhere.flatMap { placed.rows[$0].compactMap(\.self).first }.flatMap { self.position(ofBrand: $0) }
          ?? position,
        "brands are followed from wave to wave, and no brand stands in two of the waves \(quotedList(waves.names))"
          + (elsewhere.map { ": '\(excerpt(placed.brands[$0]))' is not in '\(waves.names[waves.base])'" } ?? ""),
        hint: "a brand is followed by its name: it must be spelled alike in all waves")
    }
    if waves.mode == .procrustes, !ground.hasErrors {
      for wave in filled where wave != waves.base {
        let common = placed.rows.count { $0[wave] != nil && $0[waves.base] != nil }
        if common < 3 {
          ground.fail(
            "analysis.no-common-brands", at: position,
            "a map is turned onto another by at least 3 brands that both have, and '\(waves.names[wave])' and "
              + "'\(waves.names[waves.base])' have \(common)", hint: "set 'mode: projected' under 'waves'")
        }
      }
    }
    placed.countBases(self, form, rows, ground)
    self.waves = placed
    guard waves.mode != .stacked, respondents != nil else { return }
    respondents = placed.bases[waves.base]
    attributeBases = attributes.map { _ in respondents }
    effectiveBase = placed.effectiveBase
  }
}

extension WaveRows {
  fileprivate mutating func countBases(
    _ table: BrandTable, _ form: MapForm, _ kept: SourceRows, _ ground: Groundwork
  ) {
    bases = [Int?](repeating: nil, count: waves.names.count)
    paired = bases
    guard table.respondents != nil, let column = form.respondent else {
      for wave in waves.names.indices {
        let here = rows.compactMap { $0[wave] }
        let counts = here.compactMap { table.bases[$0] }
        if counts.count == here.count, !here.isEmpty { bases[wave] = counts.reduce(0, +) }
      }
      return
    }
    let codes = column.codes().codes
    var weights: [Double]?
    if case .scalar(let name, _)? = ground.setting("weight")?.value { weights = kept.table[name]?.numbers() }
    var wavesOf = [UInt32](repeating: 0, count: Int(codes.max() ?? -1) + 1)
    var (sum, squares) = (0.0, 0.0)
    for row in kept.kept where waves.waveOfRow[row] >= 0 {
      let bit: UInt32 = 1 << UInt32(waves.waveOfRow[row])
      let isNew = wavesOf[Int(codes[row])] & bit == 0
      wavesOf[Int(codes[row])] |= bit
      if isNew, Int(waves.waveOfRow[row]) == waves.base, let weight = weights?[row] {
        sum += weight
        squares += weight * weight
      }
    }
    for wave in waves.names.indices {
      let here = wavesOf.filter { $0 & (1 << UInt32(wave)) != 0 }
      bases[wave] = here.count
      paired[wave] = here.count { $0 & (1 << UInt32(waves.base)) != 0 }
    }
    if weights != nil, squares > 0 { effectiveBase = sum * sum / squares }
  }
}
