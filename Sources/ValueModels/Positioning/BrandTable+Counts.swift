import Diagnostics
import Statistics
import Tables

extension BrandTable {
  /// A row a brand, a column an attribute: taken as it stands.
  static func counts(
    _ form: MapForm, _ settings: PerceptualMapSettings, _ rows: inout SourceRows, _ ground: inout Groundwork
  ) -> BrandTable? {
    guard let brand = form.brand else { return nil }
    let names = brandNames(brand, rows, &ground)
    var columns = form.attributes.compactMap { column in
      ground.numbers(column, in: rows, as: "attribute").map { (column, $0) }
    }
    guard columns.count == form.attributes.count else { return nil }
    if settings.method == .correspondence {
      for (column, numbers) in columns {
        for row in rows.kept where numbers[row] < 0 {
          ground.negative(rows, row, column, names[row] ?? "", column.name, numbers[row])
        }
      }
    }
    let before = rows.kept
    // Where a supplementary brand meets a supplementary attribute nothing is computed: that cell may be empty.
    let isProfile = settings.method == .correspondence || settings.method == .components
    let passive = isProfile ? Set(settings.supplementaryBrands.map(\.name)) : []
    let onlyPlaced = Set(settings.supplementaryAttributes.map(\.name))
    for (index, (column, numbers)) in columns.enumerated() where column.missingCount > 0 {
      guard onlyPlaced.contains(column.name) else {
        rows.dropMissing(column)
        continue
      }
      let spared = Set(rows.kept.filter { column.isMissing($0) && names[$0].map(passive.contains) == true })
      for row in spared where numbers.indices.contains(row) { columns[index].1[row] = 0 }
      rows.keep(orDropAs: "no value in '\(column.name)'") { spared.contains($0) || !column.isMissing($0) }
    }
    var incomplete: [String] = []
    if rows.kept.count < before.count {
      let stay = Set(rows.kept)
      let lost = before.filter { !stay.contains($0) }.compactMap { names[$0] }
      incomplete = lost
      ground.cautions.append(
        Caution(
          "incomplete-rows", "\(lost.count) of \(before.count) brands are left out because a cell of theirs is empty",
          rows: lost))
    }
    let brands = rows.kept.compactMap { names[$0] }
    guard brands.count == rows.kept.count else { return nil }
    var values = Matrix(rows: brands.count, columns: columns.count)
    for (i, row) in rows.kept.enumerated() {
      for (j, column) in columns.enumerated() { values[i, j] = column.1[row] }
    }
    let areCounts = settings.method == .correspondence && values.storage.allSatisfy { $0 == $0.rounded() }
    var table = BrandTable(
      brands: brands, attributes: form.attributes.map(\.name), values: values,
      bases: values.rowSums.map { areCounts ? Int(exactly: $0) : nil },
      attributeBases: values.columnSums.map { areCounts ? Int(exactly: $0) : nil }, respondents: nil,
      effectiveBase: nil, content: areCounts ? "counts" : "a table of values",
      brandCells: Cells(column: brand, rows: rows.kept))
    table.incomplete = incomplete
    return table
  }

  /// The brand of every row kept; one that is missing or stands twice is an error at its cell.
  static func brandNames(_ brand: Column, _ rows: SourceRows, _ ground: inout Groundwork) -> [Int: String] {
    var first: [String: Int] = [:]
    var names: [Int: String] = [:]
    for row in rows.kept {
      guard let name = brand.text(row) else {
        ground.fail(
          "analysis.missing-name", at: rows.position(row, brand), "every row names its brand, and this cell is empty",
          hint: "write the brand's name, or delete the row")
        continue
      }
      names[row] = name
      if let earlier = first[name] {
        ground.fail(
          "analysis.repeated-brand", at: rows.position(row, brand),
          "a brand has one row, and '\(excerpt(name))' stands on line \(rows.table.line(ofRow: earlier)) already",
          hint: "for a row a respondent and brand name the column of respondents with 'respondent'")
      } else {
        first[name] = row
      }
    }
    return names
  }
}

extension Groundwork {
  mutating func negative(
    _ rows: SourceRows, _ row: Int, _ column: Column, _ brand: String, _ attribute: String, _ value: Double
  ) {
    failCell(
      "analysis.negative-count", rows, row, column,
      "counts are 0 or more, and '\(excerpt(brand))' has \(canonical(value)) under '\(attribute)'",
      hint: "for ratings that can be negative set 'method: principal-components'")
  }
}

/// A number for a message: whole ones without a fraction.
func canonical(_ value: Double) -> String {
  Int(exactly: value).map { "\($0)" } ?? "\(value)"
}
