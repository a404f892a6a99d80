import Diagnostics
import Glibc
import Statistics
import Tables

/// Brands by brands, how unlike each pair is: what a map is scaled from, whatever the form of the file.
struct DissimilarityTable {
  /// In order of first appearance.
  var brands: [String]
  /// Symmetric, the diagonal 0, NaN where a pair is not known.
  var values: Matrix
  /// Where each brand first stands.
  var positions: [SourcePosition]
  /// For the method's sentence: "similarities".
  var content: String
  /// Distinct respondents; nil where the table does not tell them apart.
  var respondents: Int?
  var bases: [Int?] = []
  /// Scaled from attributes: their table, by which the axes are turned.
  var source: BrandTable?

  /// Pairs that nobody compared, as names.
  var unknownPairs: [(Int, Int)] {
    brands.indices.flatMap { i in brands.indices.dropFirst(i + 1).filter { values[i, $0].isNaN }.map { (i, $0) } }
  }

  /// Euclidean distances between brands over standardised attributes.
  init(_ table: BrandTable, _ positions: [SourcePosition]) {
    brands = table.brands
    let n = table.brands.count
    values = Matrix(rows: n, columns: n)
    for j in 0..<table.values.columns {
      // In units of the largest, so that squares of huge numbers stay finite.
      let largest = table.values.column(j).reduce(0) { max($0, abs($1)) }
      let column = table.values.column(j).map { largest > 0 ? $0 / largest : 0 }
      let mean = column.reduce(0, +) / Double(max(1, n))
      let deviation = (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, n))).squareRoot()
      guard deviation > 0 else { continue }
      for a in 0..<n {
        for b in 0..<n {
          let difference = (column[a] - column[b]) / deviation
          values[a, b] += difference * difference
        }
      }
    }
    values = values.map { $0.squareRoot() }
    self.positions = positions
    content = "Euclidean distances over \(table.attributes.count) standardised attributes (\(table.content))"
    respondents = table.respondents
    bases = table.bases
    source = table
  }

  /// Settles a table as read, brands × brands with NaN where a cell is empty: symmetric, without negative values, and
  /// similarities turned round. Every cell that breaks a rule is reported.
  ///
  /// - Parameter position: Of a cell, by its brands.
  init(
    _ brands: [String], raw: Matrix, _ positions: [SourcePosition], _ settings: ScalingSettings, isSimilarities: Bool,
    _ ground: inout Groundwork, position: (Int, Int) -> SourcePosition?
  ) {
    self.brands = brands
    self.positions = positions
    content = isSimilarities ? "similarities" : "dissimilarities"
    values = Matrix(rows: brands.count, columns: brands.count, repeating: .nan)
    for i in brands.indices {
      if !isSimilarities, !raw[i, i].isNaN, raw[i, i] != 0 {
        ground.fail(
          "analysis.self-dissimilarity", at: position(i, i),
          "a brand does not differ from itself: the diagonal is 0 or empty, and '\(excerpt(brands[i]))' has "
            + canonical(raw[i, i]), hint: "for how alike brands are set 'input: similarities'")
      }
      for j in brands.indices.dropFirst(i + 1) {
        let (a, b) = (raw[i, j], raw[j, i])
        if !isSimilarities {
          for (value, r, c) in [(a, i, j), (b, j, i)] where value < 0 {
            ground.fail(
              "analysis.negative-dissimilarity", at: position(r, c),
              "dissimilarities are 0 or more, and '\(excerpt(brands[r]))' and '\(excerpt(brands[c]))' have "
                + canonical(value), hint: "for how alike brands are set 'input: similarities'")
          }
        }
        if !a.isNaN, !b.isNaN, abs(a - b) > 1e-9 * max(abs(a), abs(b)), !settings.takesMean {
          ground.fail(
            "analysis.asymmetric", at: position(j, i),
            "a pair has one value in both directions, and '\(excerpt(brands[j]))' to '\(excerpt(brands[i]))' has "
              + "\(canonical(b)) where '\(excerpt(brands[i]))' to '\(excerpt(brands[j]))' has \(canonical(a))",
            hint: "set 'symmetrize: mean' to take the mean of the two")
        }
        let value = a.isNaN ? b : b.isNaN ? a : a / 2 + b / 2
        values[i, j] = value
        values[j, i] = value
      }
    }
    if isSimilarities { convert(settings, raw, &ground, position) }
    for i in brands.indices { values[i, i] = 0 }
    if isSimilarities {
      content +=
        settings.conversion == .maxMinus ? ", the largest less each" : ", log of the largest less log of each"
    }
    if settings.takesMean { content += ", the mean of both directions" }
  }

  private mutating func convert(
    _ settings: ScalingSettings, _ raw: Matrix, _ ground: inout Groundwork, _ position: (Int, Int) -> SourcePosition?
  ) {
    var largest = values.storage.filter { !$0.isNaN }.max() ?? 0
    // How alike a brand is to itself counts where it is told: the 1 of a correlation.
    for i in brands.indices where raw[i, i] > largest { largest = raw[i, i] }
    guard settings.conversion == .minusLog else {
      values = values.map { largest - $0 }
      return
    }
    for i in brands.indices {
      for j in brands.indices.dropFirst(i + 1) where values[i, j] <= 0 {
        ground.fail(
          "analysis.similarity-not-positive", at: position(i, j),
          "logarithms need similarities above 0, and '\(excerpt(brands[i]))' and '\(excerpt(brands[j]))' have "
            + canonical(values[i, j]), hint: "set 'convert: max-minus'")
      }
    }
    values = values.map { log(largest) - log($0) }
  }
}
