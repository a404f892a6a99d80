import Statistics

/// The same analysis as the map's, of other totals: those of a resample or a permutation.
struct MapFit {
  let sample: RespondentSample
  let method: MapMethod
  let scale: PrincipalComponents.Scale
  let supplementaryBrands: [Int]
  let supplementaryAttributes: [Int]
  /// The brand each map is turned to.
  var focus: Int?
  /// Rows that make a map of their own each, that of the base wave first; the others are turned onto it.
  var separate: SeparateMaps?

  init(_ sample: RespondentSample, _ table: BrandTable, _ settings: PerceptualMapSettings) {
    self.sample = sample
    method = settings.method
    scale = settings.usesCorrelation ? .correlation : .covariance
    supplementaryBrands = table.supplementaryBrands
    supplementaryAttributes = table.supplementaryAttributes
    separate = SeparateMaps(table, settings)
  }

  private var shape: (brands: Int, attributes: Int) { (sample.brands, sample.attributes) }

  /// Brands by attributes from totals; nil where a mean has no answers.
  func table(_ totals: ArraySlice<Double>) -> Matrix? {
    let cells = sample.sumWidth
    var values = Matrix(
      rows: shape.brands, columns: shape.attributes, storage: Array(totals.prefix(cells)))
    if sample.content == .sums { return values }
    let weights = totals.dropFirst(cells).prefix(sample.weightWidth)
    guard weights.allSatisfy({ $0 > 0 }) else { return nil }
    let perBrand = weights.count == shape.brands
    for at in 0..<cells {
      values.storage[at] /= weights[weights.startIndex + (perBrand ? at / shape.attributes : at)]
    }
    return values
  }

  /// Moments from totals, the weights rescaled to the number of cases.
  /// - Parameter cases: What the weights of all brands are to sum to.
  func moments(_ totals: ArraySlice<Double>, cases: Double) -> GroupMoments? {
    guard sample.content == .moments else { return nil }
    let cells = Array(totals)
    let weights = Array(cells[sample.sumWidth..<sample.sumWidth + shape.brands])
    let factor = factor(totals, cases: cases)
    guard factor > 0, factor.isFinite else { return nil }
    var products = Matrix(rows: shape.attributes, columns: shape.attributes)
    var at = sample.sumWidth + shape.brands
    for a in 0..<shape.attributes {
      for b in a..<shape.attributes {
        products[a, b] = cells[at] * factor
        products[b, a] = products[a, b]
        at += 1
      }
    }
    return GroupMoments(
      weights: weights.map { $0 * factor },
      sums: Matrix(
        rows: shape.brands, columns: shape.attributes, storage: cells.prefix(sample.sumWidth).map { $0 * factor }),
      crossProducts: products)
  }

  /// Where brands stand in principal coordinates of the map drawn.
  func observed(_ points: MapPoints, _ table: BrandTable, axes: Int) -> Matrix {
    let drawn = points.brands.principal.firstColumns(axes)
    guard let found = separate?.places(table.values, axes: axes) else { return drawn }
    return found.principal.turnedOnto(drawn, deciding: table.activeBrands)
  }

  /// What brings the weights of totals to a sum of `cases`.
  func factor(_ totals: ArraySlice<Double>, cases: Double) -> Double {
    cases / totals.dropFirst(sample.sumWidth).prefix(shape.brands).reduce(0, +)
  }

  /// All that respondents add.
  var totals: [Double] { sample.contributions.columnSums }

  /// Brands in principal coordinates on the first `axes` dimensions, 0 on dimensions that are not there; nil where these
  /// totals cannot be analysed.
  func positions(_ totals: ArraySlice<Double>, axes: Int, cases: Double) -> Matrix? {
    if let separate { return table(totals).flatMap { separate.places($0, axes: axes)?.principal } }
    let fitted: (rows: OrdinationPoints, eigenvalues: [Double])?
    switch method {
    case .correspondence:
      fitted = table(totals).flatMap { counts in
        try? CorrespondenceAnalysis.fit(
          counts, supplementaryRows: supplementaryBrands, supplementaryColumns: supplementaryAttributes)
      }.map { ($0.rows, $0.principalInertias) }
    case .components:
      fitted = table(totals).flatMap { means in
        try? PrincipalComponents.fit(
          means, scale: scale, supplementaryRows: supplementaryBrands, supplementaryColumns: supplementaryAttributes)
      }.map { ($0.rows, $0.eigenvalues) }
    case .discriminant:
      fitted = moments(totals, cases: cases).flatMap { moments in
        try? DiscriminantAnalysis.fit(
          moments, supplementaryRows: supplementaryBrands, supplementaryColumns: supplementaryAttributes)
      }.map { ($0.rows, $0.eigenvalues) }
    case .scaling, .categories: fitted = nil
    }
    guard let fitted else { return nil }
    var found = fitted.rows.principal
    if let focus, let rotation = fitted.rows.rotation(showing: focus, eigenvalues: fitted.eigenvalues) {
      found = found.multiplied(by: rotation)
    }
    var result = Matrix(rows: found.rows, columns: axes)
    for i in 0..<found.rows { for j in 0..<min(axes, found.columns) { result[i, j] = found[i, j] } }
    return result
  }
}
