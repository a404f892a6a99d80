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
  /// Brands that get a place but have no say.
  var supplementary: [Int] = []
  /// What each respondent adds; nil where there are none or nothing asks for them.
  var sample: DissimilaritySample?

  /// The brands that make the map.
  var active: [Int] { brands.indices.filter { !supplementary.contains($0) } }

  /// Pairs that nobody compared, of those that the map is made from.
  var unknownPairs: [(Int, Int)] {
    brands.indices.flatMap { i in
      brands.indices.dropFirst(i + 1).filter {
        values[i, $0].isNaN && !(supplementary.contains(i) && supplementary.contains($0))
      }.map { (i, $0) }
    }
  }

  /// Euclidean distances between brands over standardised attributes, those that have a say.
  init(_ table: BrandTable, _ positions: [SourcePosition], _ settings: PerceptualMapSettings) {
    brands = table.brands
    values = Self.distances(table.values, brands: table.activeBrands, attributes: table.activeAttributes)
    self.positions = positions
    content = "Euclidean distances over \(table.activeAttributes.count) standardised attributes (\(table.content))"
    respondents = table.respondents
    bases = table.bases
    source = table
    supplementary = table.supplementaryBrands
    sample = table.sample.map { DissimilaritySample($0, table, settings) }
  }

  /// Distances between all rows of a table of brands by attributes.
  ///
  /// - Parameters:
  ///   - brands: Those whose variance counts.
  ///   - attributes: Those that count; one that is the same for all these brands adds nothing.
  static func distances(_ table: Matrix, brands: [Int], attributes: [Int]) -> Matrix {
    let n = table.rows
    var squares = Matrix(rows: n, columns: n)
    for j in attributes {
      // In units of the largest, so that squares of huge numbers stay finite.
      let values = table.column(j)
      let largest = values.reduce(0) { max($0, abs($1)) }
      let column = values.map { largest > 0 ? $0 / largest : 0 }
      let mean = brands.reduce(0) { $0 + column[$1] } / Double(max(1, brands.count))
      let variance = brands.reduce(0) { $0 + (column[$1] - mean) * (column[$1] - mean) } / Double(max(1, brands.count))
      guard variance > 0 else { continue }
      for a in 0..<n {
        for b in (a + 1)..<max(a + 1, n) {
          let square = (column[a] - column[b]) * (column[a] - column[b]) / variance
          squares[a, b] += square
          squares[b, a] += square
        }
      }
    }
    return squares.map { $0.squareRoot() }
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
