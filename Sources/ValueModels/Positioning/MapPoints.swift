import Diagnostics
import Statistics

/// The points of a map, whichever method placed them.
struct MapPoints {
  var eigenvalues: [Double]
  var percentages: [Double]
  var totalInertia: Double
  var brands: OrdinationPoints
  var attributes: OrdinationPoints
  /// As drawn in the scaling chosen.
  var drawn: DrawnCoordinates
  /// Axes that may turn freely with the next one.
  var interchangeableAxes: [Int]
  /// Counts: the probability of a χ² this large if each were one independent answer.
  var independence: Double?
  /// Discriminant analysis: Wilks' Λ, and for each axis the test of it and all that follow.
  var wilks: Double?
  var axisTests: [TestResult?] = []
  var canonicalCorrelations: [Double] = []
  /// The two largest eigenvalues: of the map before it was turned to a brand.
  var leadingInertia = 0.0
  var isVarimax = false
  /// After varimax, brands of variance 1: what their principal coordinates in the plane are multiplied by, 2 × 2.
  var drawnFromPrincipal: Matrix?
  /// The brand the map was turned to.
  var focus: Int?

  var axes: Int { eigenvalues.count }
  /// The share of inertia on the first two axes, 0–1.
  var explained: Double { min(1, percentages.prefix(2).reduce(0, +) / 100) }

  init(_ table: BrandTable, _ settings: PerceptualMapSettings, _ ground: Groundwork) throws(Rejection) {
    let targets: [AxisTarget?] = [settings.right, settings.up].map { named in
      named.flatMap { table.attributes.firstIndex(of: $0.name) }.map { .column($0) }
    }
    switch settings.method {
    case .correspondence: try self.init(correspondence: table, settings.scaling, targets, ground)
    case .discriminant: try self.init(discriminant: table, settings, targets, ground)
    default: try self.init(components: table, settings, targets, ground)
    }
    leadingInertia = eigenvalues.prefix(2).reduce(0, +)
    if settings.isVarimax { turnByVarimax(targets) }
    guard settings.isFocused, let own = settings.own.flatMap({ table.brands.firstIndex(of: $0.name) }),
      let focused = TurnedOrdination(
        rows: brands, columns: attributes, drawn: drawn, eigenvalues: eigenvalues, on: own, toward: targets)
    else { return }
    let total = eigenvalues.reduce(0, +)
    let percent = percentages.reduce(0, +)
    focus = own
    (brands, attributes, drawn) = (focused.rows, focused.columns, focused.drawn)
    eigenvalues = focused.eigenvalues
    percentages = eigenvalues.map { percent * $0 / total }
    // Of principal axes only.
    interchangeableAxes = []
    canonicalCorrelations = []
  }

  private init(
    correspondence table: BrandTable, _ scaling: MapScaling, _ targets: [AxisTarget?], _ ground: Groundwork
  ) throws(Rejection) {
    let fitted: CorrespondenceAnalysis
    do {
      fitted = try CorrespondenceAnalysis.fit(
        table.values, supplementaryRows: table.supplementaryBrands, supplementaryColumns: table.supplementaryAttributes
      ).turned(toward: targets)
    } catch { throw ground.rejection(error, table) }
    eigenvalues = fitted.principalInertias
    percentages = fitted.percentages
    totalInertia = fitted.totalInertia
    brands = fitted.rows
    attributes = fitted.columns
    interchangeableAxes = fitted.interchangeableAxes
    drawn = fitted.drawn(scaling.correspondence)
    if table.respondents == nil, table.content == "counts" { independence = fitted.pValue }
  }

  private init(
    discriminant table: BrandTable, _ settings: PerceptualMapSettings, _ targets: [AxisTarget?], _ ground: Groundwork
  ) throws(Rejection) {
    guard let sample = table.sample else { throw ground.unexplained }
    let fit = MapFit(sample, table, settings)
    guard let own = fit.moments(fit.totals[...], cases: sample.cases) else { throw ground.unexplained }
    let moments = table.extending(own, factor: fit.factor(fit.totals[...], cases: sample.cases))
    let fitted: DiscriminantAnalysis
    do {
      fitted = try DiscriminantAnalysis.fit(
        moments, supplementaryRows: table.supplementaryBrands, supplementaryColumns: table.supplementaryAttributes
      ).turned(toward: targets)
    } catch { throw ground.rejection(error, table) }
    eigenvalues = fitted.eigenvalues
    percentages = fitted.percentages
    totalInertia = fitted.totalEigenvalue
    brands = fitted.rows
    attributes = fitted.columns
    interchangeableAxes = fitted.interchangeableAxes
    drawn = fitted.drawn(settings.scaling.components)
    wilks = fitted.wilks
    axisTests = eigenvalues.indices.map { fitted.test(from: $0) }
    canonicalCorrelations = fitted.canonicalCorrelations
  }

  private init(
    components table: BrandTable, _ settings: PerceptualMapSettings, _ targets: [AxisTarget?], _ ground: Groundwork
  ) throws(Rejection) {
    let fitted: PrincipalComponents
    do {
      fitted = try PrincipalComponents.fit(
        table.values, scale: settings.usesCorrelation ? .correlation : .covariance,
        supplementaryRows: table.supplementaryBrands, supplementaryColumns: table.supplementaryAttributes
      ).turned(toward: targets)
    } catch { throw ground.rejection(error, table) }
    eigenvalues = fitted.eigenvalues
    percentages = fitted.percentages
    totalInertia = fitted.totalVariance
    brands = fitted.rows
    attributes = fitted.columns
    interchangeableAxes = fitted.interchangeableAxes
    drawn = fitted.drawn(settings.scaling.components)
  }

  private mutating func turnByVarimax(_ targets: [AxisTarget?]) {
    guard
      let turned = TurnedOrdination(
        varimax: 2, rows: brands, columns: attributes, drawn: drawn, eigenvalues: eigenvalues, toward: targets)
    else { return }
    if drawn.rows.storage != brands.principal.storage {
      // Principal P, standard P Λ^−½, both turned by T, which is what turns one table of loadings into the other.
      let before = attributes.standard.firstColumns(2)
      let after = turned.columns.standard.firstColumns(2)
      let active = before.selecting(rows: (0..<attributes.count).filter { !attributes.isSupplementary[$0] })
      let found = after.selecting(rows: (0..<attributes.count).filter { !attributes.isSupplementary[$0] })
      let turn = active.multiplied(by: found, transposingSelf: true)
      let scaled = turn.scalingRows(by: eigenvalues.prefix(2).map { 1 / $0.squareRoot() })
      drawnFromPrincipal = turn.multiplied(by: scaled, transposingSelf: true)
    }
    isVarimax = true
    (brands, attributes, drawn) = (turned.rows, turned.columns, turned.drawn)
    let (total, percent) = (eigenvalues.reduce(0, +), percentages.reduce(0, +))
    eigenvalues = turned.eigenvalues
    percentages = eigenvalues.map { percent * $0 / total }
    interchangeableAxes = []
  }

  /// The distance of two brands in all dimensions of the map.
  func distance(_ a: Int, _ b: Int) -> Double {
    (0..<axes).reduce(0) {
      let d = brands.principal[a, $1] - brands.principal[b, $1]
      return $0 + d * d
    }.squareRoot()
  }
}

extension MapPoints {
  /// What principal coordinates of brands are multiplied by to be those drawn, brands × axes.
  func stretch(axes: Int) -> Matrix {
    var result = Matrix(rows: brands.count, columns: axes, repeating: 1)
    guard drawn.rows.storage != brands.principal.storage else { return result }
    // Drawn = standard × a factor of the brand, and standard = principal × a factor of the axis.
    for axis in 0..<axes {
      let leading = (0..<brands.count).max { abs(brands.principal[$0, axis]) < abs(brands.principal[$1, axis]) }
      let perAxis = leading.map { brands.standard[$0, axis] / brands.principal[$0, axis] } ?? 1
      for brand in 0..<brands.count {
        let at = (0..<brands.standard.columns).max { abs(brands.standard[brand, $0]) < abs(brands.standard[brand, $1]) }
        let standard = at.map { brands.standard[brand, $0] } ?? 0
        let perBrand = at.map { standard == 0 ? 1 : drawn.rows[brand, $0] / standard } ?? 1
        result[brand, axis] = perAxis.isFinite ? perAxis * perBrand : 1
      }
    }
    return result
  }
}

extension MapScaling {
  fileprivate var correspondence: CorrespondenceScaling {
    switch self {
    case .brandPrincipal: .rowPrincipal
    case .attributePrincipal: .columnPrincipal
    case .symmetric: .symmetric
    case .contribution: .contribution
    case .biplot: .biplot
    }
  }

  /// In components attributes weigh the same, so their unit vectors are both their standard and their contribution
  /// coordinates, and three of the scalings are one.
  fileprivate var components: ComponentsScaling {
    switch self {
    case .brandPrincipal, .contribution, .biplot: .form
    case .attributePrincipal: .covariance
    case .symmetric: .symmetric
    }
  }
}

/// What the methods refuse. Most of it is checked before, with places; what is left concerns the table as a whole.
extension Groundwork {
  fileprivate func rejection(_ failure: CorrespondenceAnalysis.Failure, _ table: BrandTable) -> Rejection {
    switch failure {
    case .noAssociation:
      rejection(
        "analysis.no-association", at: second(table),
        "a map needs brands whose profiles differ, and all brands have the same profile over the attributes",
        hint: "for differences of level between brands set 'method: principal-components'")
    case .emptyRow(let row) where table.brands.indices.contains(row):
      rejection(
        "analysis.empty-brand", at: table.position(ofBrand: row) ?? input.position,
        "a brand needs answers, and '\(table.brands[row])' has none beside the others")
    case .emptyColumn(let column) where table.attributes.indices.contains(column):
      rejection(
        "analysis.empty-attribute", at: table.position(ofAttribute: column) ?? input.position,
        "an attribute needs answers, and '\(table.attributes[column])' has none beside the others")
    default: failed("\(failure)")
    }
  }

  fileprivate func rejection(_ failure: PrincipalComponents.Failure, _ table: BrandTable) -> Rejection {
    switch failure {
    case .noVariance:
      rejection(
        "analysis.no-association", at: second(table), "a map needs brands that differ, and all have the same values")
    case .constantColumn(let column) where table.attributes.indices.contains(column):
      rejection(
        "analysis.constant-attribute", at: table.position(ofAttribute: column) ?? input.position,
        "a correlation needs values that differ, and '\(table.attributes[column])' is the same for every brand")
    default: failed("\(failure)")
    }
  }

  fileprivate func rejection(_ failure: DiscriminantAnalysis.Failure, _ table: BrandTable) -> Rejection {
    func name(_ attribute: Int) -> String {
      table.attributes.indices.contains(attribute) ? "'\(table.attributes[attribute])'" : "?"
    }
    switch failure {
    case .noDifference:
      return rejection(
        "analysis.no-association", at: second(table), "a map needs brands that differ, and all have the same means")
    case .constantWithin(let attribute):
      return rejection(
        "analysis.singular-within", at: table.position(ofAttribute: attribute) ?? input.position,
        "a discriminant map needs answers that differ within brands, and \(name(attribute)) is the same for all "
          + "respondents of each brand", hint: "leave it out of 'attributes'")
    case .dependent(let attribute, let others):
      return rejection(
        "analysis.singular-within", at: table.position(ofAttribute: attribute) ?? input.position,
        "a discriminant map needs attributes none of which follows from the others, and within brands "
          + "\(name(attribute)) follows from \(others.map(name).joined(separator: ", "))",
        hint: "leave one of them out of 'attributes'")
    case .tooFewCases(let cases, let needed):
      let fewest = table.activeBrands.min { (table.bases[$0] ?? 0, $0) < (table.bases[$1] ?? 0, $1) }
      return rejection(
        "analysis.too-few-respondents", at: table.position(ofBrand: fewest) ?? input.position,
        "a discriminant map needs at least as many answers as brands and attributes together, here \(needed), and "
          + "\(cases) \(cases == 1 ? "was" : "were") found"
          + (fewest.map { ", fewest for '\(table.brands[$0])'" } ?? ""),
        hint: "list fewer 'attributes', or set 'method: principal-components', which takes the brands' means")
    case .emptyGroup(let brand) where table.brands.indices.contains(brand):
      return rejection(
        "analysis.no-weight", at: table.position(ofBrand: brand) ?? input.position,
        "weights sum to more than 0 for each brand, and those of '\(table.brands[brand])' do not")
    default: return failed("\(failure)")
    }
  }

  /// The second brand of a table in which all are alike: the first that repeats another.
  private func second(_ table: BrandTable) -> SourcePosition {
    table.position(ofBrand: table.activeBrands.dropFirst().first ?? 0) ?? input.position
  }

  private func failed(_ reason: String) -> Rejection {
    rejection("analysis.not-computable", at: input.position, "a map needs finite numbers of like size: \(reason)")
  }
}
