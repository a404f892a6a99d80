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

  var axes: Int { eigenvalues.count }
  /// The share of inertia on the first two axes, 0–1.
  var explained: Double { min(1, percentages.prefix(2).reduce(0, +) / 100) }

  init(_ table: BrandTable, _ settings: PerceptualMapSettings, _ ground: Groundwork) throws(Rejection) {
    let targets: [AxisTarget?] = [settings.right, settings.up].map { named in
      named.flatMap { table.attributes.firstIndex(of: $0.name) }.map { .column($0) }
    }
    if settings.method == .correspondence {
      try self.init(correspondence: table, settings.scaling, targets, ground)
    } else {
      try self.init(components: table, settings, targets, ground)
    }
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

  /// The distance of two brands in all dimensions of the map.
  func distance(_ a: Int, _ b: Int) -> Double {
    (0..<axes).reduce(0) {
      let d = brands.principal[a, $1] - brands.principal[b, $1]
      return $0 + d * d
    }.squareRoot()
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
        "analysis.no-association", at: input.position,
        "a map needs brands whose profiles differ, and all brands have the same profile over the attributes")
    case .emptyRow(let row) where table.brands.indices.contains(row):
      rejection(
        "analysis.empty-brand", at: input.position,
        "a brand needs answers, and '\(table.brands[row])' has none beside the others")
    case .emptyColumn(let column) where table.attributes.indices.contains(column):
      rejection(
        "analysis.empty-attribute", at: input.position,
        "an attribute needs answers, and '\(table.attributes[column])' has none beside the others")
    default: failed("\(failure)")
    }
  }

  fileprivate func rejection(_ failure: PrincipalComponents.Failure, _ table: BrandTable) -> Rejection {
    switch failure {
    case .noVariance:
      rejection(
        "analysis.no-association", at: input.position, "a map needs brands that differ, and all have the same values")
    case .constantColumn(let column) where table.attributes.indices.contains(column):
      rejection(
        "analysis.constant-attribute", at: input.position,
        "a correlation needs values that differ, and '\(table.attributes[column])' is the same for every brand")
    default: failed("\(failure)")
    }
  }

  private func failed(_ reason: String) -> Rejection {
    rejection("analysis.not-computable", at: input.position, "a map needs finite numbers of like size: \(reason)")
  }
}
