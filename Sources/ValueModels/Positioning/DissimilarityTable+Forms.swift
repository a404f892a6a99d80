import Diagnostics
import Statistics
import Tables

extension DissimilarityTable {
  /// Reads the table in its form. Nil where errors were reported.
  static func read(
    _ form: MapForm, _ settings: PerceptualMapSettings, _ scaling: ScalingSettings, _ rows: inout SourceRows,
    _ ground: inout Groundwork
  ) -> DissimilarityTable? {
    guard form.input == .dissimilarities || form.input == .similarities else {
      guard let table = BrandTable.read(form, settings, &rows, &ground) else { return nil }
      let cells = table.brandCells
      let read = DissimilarityTable(table, cells.rows.map { rows.position($0, cells.column) }, settings)
      let active = table.activeBrands
      for at in table.activeAttributes
      where active.count > 1 && Set(active.map { table.values[$0, at] }).count == 1 {
        ground.fail(
          "analysis.constant-attribute", at: table.position(ofAttribute: at) ?? rows.position,
          "a standardised attribute needs values that differ, and '\(table.attributes[at])' is the same for every "
            + "brand",
          hint: "leave it out of 'attributes'")
      }
      return read
    }
    for key in ["attributes", "weight"] where ground.setting(key) != nil && form.other == nil {
      ground.fail(
        "settings.wrong-type", at: ground.position(of: key),
        "a table of \(form.input.rawValue) has brands only, and '\(key)' is set")
    }
    var table =
      form.other == nil ? square(form, scaling, rows, &ground) : pairs(form, settings, scaling, &rows, &ground)
    table?.findSupplementary(settings, &ground)
    return table
  }

  private mutating func findSupplementary(_ settings: PerceptualMapSettings, _ ground: inout Groundwork) {
    for named in settings.supplementaryBrands {
      guard let at = brands.firstIndex(of: named.name) else {
        ground.fail(
          "analysis.unknown-name", at: named.position,
          "'supplementary' names brands of the table, and there is no '\(named.name)'",
          hint: nearestHint(to: named.name, among: brands))
        continue
      }
      supplementary.append(at)
    }
    for named in settings.supplementaryAttributes {
      ground.fail(
        "settings.wrong-type", at: named.position,
        "a table of dissimilarities has brands only, and 'supplementary' names the attribute '\(named.name)'")
    }
  }

  /// A row and a column for every brand.
  private static func square(
    _ form: MapForm, _ settings: ScalingSettings, _ rows: SourceRows, _ ground: inout Groundwork
  ) -> DissimilarityTable? {
    guard let brand = form.brand else { return nil }
    let nameOf = BrandTable.brandNames(brand, rows, &ground)
    let kept = rows.kept.filter { nameOf[$0] != nil }
    let names = kept.compactMap { nameOf[$0] }
    var columns: [Column] = []
    for (row, name) in zip(kept, names) {
      guard let column = rows.table[name], column.name != brand.name else {
        ground.fail(
          "analysis.not-square", at: rows.position(row, brand),
          "a square table has a column for every brand, and '\(excerpt(name))' has none",
          hint: nearestHint(to: name, among: rows.table.columnNames.filter { $0 != brand.name }))
        continue
      }
      columns.append(column)
    }
    let all = Set(brand.texts.compactMap { $0 })
    for column in rows.table.columns
    where column.name != brand.name && column.isNumeric && column.missingCount < column.count
      && !all.contains(column.name)
    {
      ground.fail(
        "analysis.not-square", at: rows.headerPosition(column),
        "a square table has a row for every brand, and '\(excerpt(column.name))' has a column only",
        hint: nearestHint(to: column.name, among: names))
    }
    let numbers = columns.compactMap { ground.numbers($0, in: rows, as: "brand") }
    guard numbers.count == names.count else { return nil }
    var raw = Matrix(rows: names.count, columns: names.count)
    for (i, row) in kept.enumerated() { for j in names.indices { raw[i, j] = numbers[j][row] } }
    return DissimilarityTable(
      names, raw: raw, kept.map { rows.position($0, brand) }, settings, isSimilarities: form.input == .similarities,
      &ground
    ) { rows.position(kept[$0], columns[$1]) }
  }

  /// A row for every pair; with a column of respondents, for every respondent and pair, of which the mean is taken.
  private static func pairs(
    _ form: MapForm, _ map: PerceptualMapSettings, _ settings: ScalingSettings, _ rows: inout SourceRows,
    _ ground: inout Groundwork
  ) -> DissimilarityTable? {
    guard let brand = form.brand, let other = form.other, let score = form.score,
      let scores = ground.numbers(score, in: rows, as: form.input.rawValue)
    else { return nil }
    let weights = form.respondent == nil ? nil : ground.weights(in: &rows)
    rows.dropMissing(brand, as: "no brand")
    rows.dropMissing(other, as: "no other brand")
    rows.dropMissing(score, as: "no value")
    if let respondent = form.respondent { rows.dropMissing(respondent, as: "no respondent") }
    var places: [String: Int] = [:]
    var names: [String] = []
    var positions: [SourcePosition] = []
    func place(_ name: String, _ row: Int, _ column: Column) -> Int {
      if let place = places[name] { return place }
      places[name] = names.count
      names.append(name)
      positions.append(rows.position(row, column))
      return names.count - 1
    }
    let ends = rows.kept.map { row in
      (place(brand.text(row) ?? "", row, brand), place(other.text(row) ?? "", row, other))
    }
    let n = names.count
    guard n <= 2_000 else {
      ground.fail("analysis.not-computable", at: rows.position, "a map has at most 2,000 brands, and \(n) were found")
      return nil
    }
    var (sums, masses) = (Matrix(rows: n, columns: n), Matrix(rows: n, columns: n))
    var first: [Int: Int] = [:]
    let people = form.respondent?.codes().codes
    for (row, (from, to)) in zip(rows.kept, ends) {
      // With respondents a pair has one mean, whichever of the two was named first.
      let (i, j) = people == nil ? (from, to) : (min(from, to), max(from, to))
      if people == nil, let earlier = first[i * n + j] {
        ground.failCell(
          "analysis.repeated-pair", rows, row, brand,
          "a pair has one row, and '\(excerpt(names[i]))' and '\(excerpt(names[j]))' stand on line "
            + "\(rows.table.line(ofRow: earlier)) already", hint: "name the column of respondents with 'respondent'")
      }
      if first[i * n + j] == nil { first[i * n + j] = row }
      let weight = weights?[row] ?? 1
      sums[i, j] += weight * scores[row]
      masses[i, j] += weight
    }
    var raw = Matrix(rows: n, columns: n, repeating: .nan)
    for at in raw.storage.indices where masses.storage[at] > 0 {
      raw.storage[at] = sums.storage[at] / masses.storage[at]
    }
    if let people { suppress(&raw, zip(rows.kept, ends).map { ($0, $1.0, $1.1) }, people, n, &ground) }
    let kept = rows
    var table = DissimilarityTable(
      names, raw: raw, positions, settings, isSimilarities: form.input == .similarities, &ground
    ) { i, j in first[i * n + j].map { kept.position($0, score) } }
    if let people {
      table.respondents = Set(rows.kept.map { people[$0] }).count
      table.content += ", means of \(grouped(table.respondents ?? 0)) respondents"
      if map.bootstrap > 0 {
        table.sample = DissimilaritySample(
          zip(rows.kept, ends).map { row, ends in
            .init(
              respondent: people[row], first: min(ends.0, ends.1), second: max(ends.0, ends.1), value: scores[row],
              weight: weights?[row] ?? 1)
          }, known: raw, form.input == .similarities ? settings.conversion : nil, seed: map.seed)
      }
    }
    return table
  }

  /// Hides the pairs that too few respondents compared.
  private static func suppress(
    _ raw: inout Matrix, _ answers: [(row: Int, from: Int, to: Int)], _ people: [Int32], _ n: Int,
    _ ground: inout Groundwork
  ) {
    var who = [Set<Int32>](repeating: [], count: n * n)
    for answer in answers {
      who[min(answer.from, answer.to) * n + max(answer.from, answer.to)].insert(people[answer.row])
    }
    let limit = ground.input.privacy.suppressBelow
    let small = raw.storage.indices.filter { !raw.storage[$0].isNaN && who[$0].count < limit }
    for at in small { raw.storage[at] = .nan }
    if !small.isEmpty {
      ground.cautions.append(
        Caution("suppressed", "\(small.count) pairs are left out: fewer than \(limit) respondents compared them"))
    }
  }
}
