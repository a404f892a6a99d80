import Statistics
import ValueModels

/// A perceptual map as its figures need it: read from findings, checked, nothing missing.
struct PerceptualMap {
  /// What stands in coordinates that keep distances (`analyses.md` §1, `scaling`).
  enum Scaling: String {
    case brandPrincipal = "brand-principal"
    case attributePrincipal = "attribute-principal"
    case symmetric, contribution, biplot
  }

  struct Place {
    var name: String
    /// As printed: names taken from column heads read better without their underscores.
    var label: String
    /// As drawn, map units.
    var x: Double
    var y: Double
    /// Principal coordinates, as many as the findings hold.
    var principal: [Double]
    /// Share of each dimension that this row makes, 0–100; empty where unknown.
    var contributions: [Double]
    /// cos² in the plane, 0–1.
    var quality: Double?
    /// What the area of the dot stands for: mass, or base where there is no mass.
    var weight: Double?
    var base: Double?
    var isSupplementary: Bool
    var isSmallBase: Bool
    /// Maps of answers: the question it answers, and the answer.
    var variable: String?
    var level: String?
    /// Where its place may be, as drawn; nil without resamples.
    var region: Region?

    /// The plane shows less than half of what sets it apart.
    var isPoorlyShown: Bool { (quality ?? 1) < 0.5 }
  }

  /// An ellipse of resamples around a place, map units.
  struct Region {
    var sdX: Double
    var sdY: Double
    var correlation: Double
    /// Half its width and height: deviations times the root of the χ² quantile.
    var halfWidth: Double
    var halfHeight: Double
  }

  struct Dimension {
    var percent: Double?
    var cumulative: Double?
    var eigenvalue: Double?
  }

  /// Two dimensions of the findings, from 0.
  enum Plane: String, CaseIterable {
    case firstAndSecond = "map"
    case firstAndThird = "map-1-3"
    case secondAndThird = "map-2-3"

    /// The dimensions across and up.
    var dimensions: [Int] {
      switch self {
      case .firstAndSecond: [0, 1]
      case .firstAndThird: [0, 2]
      case .secondAndThird: [1, 2]
      }
    }

    /// The columns with the places as drawn and the share of each point that the plane shows.
    var columns: (x: String, y: String, quality: String) {
      switch self {
      case .firstAndSecond: ("x", "y", "quality")
      case .firstAndThird: ("x", "z", "quality_1_3")
      case .secondAndThird: ("y", "z", "quality_2_3")
      }
    }
  }

  let plane: Plane
  var brands: [Place]
  var attributes: [Place]
  var dimensions: [Dimension]
  var own: String?
  var scaling: Scaling?
  var method: String
  /// The column that sizes the dots: `mass`, `base` or nil.
  var sizedBy: String?
  /// True where one dimension is all there is.
  var isLine: Bool
  /// Scaled maps: stress-1.
  var stress: Double?

  /// Scaled maps: the pair least unlike in the data, where there is only one such.
  var mostAlike: [String] = []

  /// Placed by dissimilarities alone: axes have no meaning of their own.
  var isScaled: Bool { method == "multidimensional-scaling" }

  /// A second layer: preferences.
  var overlay: [MapOverlay] = []

  /// The names of the axes as found, from the first dimension; empty in findings without them.
  var namedAxes: [AxisPoles] = []

  /// Maps of answers: the questions, and whether their answers have an order.
  var variables: [Variable] = []

  /// Turned so that our brand is shown whole.
  var isFocused = false

  /// The two dimensions are turned by varimax.
  var isVarimax = false

  /// Resamples of respondents behind the regions, and the level of the regions, 0–1.
  var resamples: Double?
  var confidence = 0.95
  /// The probability of two dimensions as strong as these by chance, where it was tested.
  var pValue: Double?
  /// The test found no more than chance.
  var showsNoStructure = false

  /// The ways of brands from wave to wave, one a brand, where the figure is one of movements.
  var trails: [Trail] = []

  var ownBrand: Place? { own.flatMap { name in brands.first { $0.name == name } } }

  /// Attributes are arrows wherever lengths and angles from the centre tell how they go with brands. Where they are in
  /// principal coordinates of a correspondence analysis their distances count instead, so they are points.
  var attributesAreArrows: Bool {
    guard method == "correspondence" else { return method != "multidimensional-scaling" && !isOfAnswers }
    return scaling != .symmetric && scaling != .attributePrincipal
  }

  /// The scaling with sides changed: brands are the directions, drawn with a line from the centre.
  var brandsAreArrows: Bool { method == "correspondence" && scaling == .attributePrincipal }

  /// Whether the distance between two brands can be read from the map.
  var showsDistances: Bool { scaling != .attributePrincipal }

  init(_ findings: Findings, _ plane: Plane = .firstAndSecond) throws(NothingToDraw) {
    self.plane = plane
    let isOfAnswers = findings.setting("method")?.text == "multiple-correspondence"
    guard let table = findings.table("brands") ?? (isOfAnswers ? findings.table("attributes") : nil),
      !table.rows.isEmpty
    else { throw NothingToDraw("The map has no brands.") }
    let small = Set(findings.cautions.filter { $0.id == "small-base" }.flatMap(\.rows))
    method = findings.setting("method")?.text ?? "correspondence"
    scaling = findings.setting("scaling")?.text.flatMap(Scaling.init)
    own = findings.setting("own")?.text
    isVarimax = findings.setting("rotation") == .text("varimax")
    isFocused = findings.setting("focus") == .truth(true)
    stress = findings.number("stress")
    mostAlike = PerceptualMap.mostAlike(findings.table("distances"))
    let (places, sizing, left) = PerceptualMap.places(table, "brand", plane, small: small)
    brands = table.name == "brands" ? places : []
    sizedBy = sizing
    let measures = findings.table("attributes")
    attributes = measures.map { PerceptualMap.places($0, "attribute", plane, small: []).places } ?? []
    dimensions = []
    if let table = findings.table("dimensions") {
      let (percent, cumulative) = (table.numbers("percent"), table.numbers("cumulative"))
      let eigenvalue = table.numbers("eigenvalue")
      func at(_ list: [Double?], _ row: Int) -> Double? { row < list.count ? list[row] : nil }
      dimensions = table.rows.indices.map {
        Dimension(percent: at(percent, $0), cumulative: at(cumulative, $0), eigenvalue: at(eigenvalue, $0))
      }
    }
    resamples = findings.number("resamples")
    // The test is one of the first two dimensions.
    pValue = plane == .firstAndSecond ? findings.number("p_value") : nil
    showsNoStructure = findings.cautions.contains { $0.id == "no-structure" }
    switch findings.setting("confidence") {
    case .number(let level)? where level > 0 && level < 1: confidence = level
    default: break
    }
    guard !brands.isEmpty || isOfAnswers else {
      throw NothingToDraw("None of the \(left) brands has a position that can be drawn.")
    }
    let all = brands + attributes
    isLine = all.allSatisfy { $0.y == 0 }
    readAnswers(findings)
    namedAxes = axisNames(findings.table("axes"))
    overlay = segmentViews(findings)
    // So are the regions.
    if plane == .firstAndSecond, let table = findings.table("regions") { addRegions(table) }
    if all.allSatisfy({ $0.x == 0 && $0.y == 0 }) {
      throw NothingToDraw("All brands have the same profile, so they would stand on one point.")
    }
  }

  private mutating func addRegions(_ table: FindingsTable) {
    let names = table.texts("brand")
    let (sdX, sdY) = (table.numbers("sd_x"), table.numbers("sd_y"))
    let correlation = table.numbers("correlation")
    guard sdX.count == names.count, sdY.count == names.count, correlation.count == names.count else { return }
    let axes = dimensions.count > 1 ? 2.0 : 1
    let reach = ChiSquared(degrees: axes).quantile(confidence).squareRoot()
    for i in brands.indices {
      guard let at = names.firstIndex(of: brands[i].name), let x = sdX[at], let y = sdY[at], let r = correlation[at],
        reach.isFinite
      else { continue }
      brands[i].region = Region(sdX: x, sdY: y, correlation: r, halfWidth: x * reach, halfHeight: y * reach)
    }
  }

  /// The rows that have a position; `left` counts the others.
  private static func places(
    _ table: FindingsTable, _ nameColumn: String, _ plane: Plane, small: Set<String>
  ) -> (places: [Place], sizing: String?, left: Int) {
    let names = table.texts(nameColumn)
    guard names.count == table.rows.count, let x = table.index(of: plane.columns.x) else {
      return ([], nil, table.rows.count)
    }
    let y = table.index(of: plane.columns.y)
    func family(_ prefix: String) -> [Int] {
      var columns: [Int] = []
      while let index = table.index(of: "\(prefix)_\(columns.count + 1)") { columns.append(index) }
      return columns
    }
    let dims = family("dim")
    let shares = family("contribution")
    let quality = table.index(of: plane.columns.quality)
    let base = table.index(of: "base")
    let supplementary = table.index(of: "supplementary")
    let sizing = ["mass", "base"].first { column in
      let known = table.numbers(column).compactMap(\.self).filter { $0 > 0 }
      // Where all are the same an area would tell nothing.
      guard known.count > 1, let least = known.min(), let most = known.max() else { return false }
      return most > least * 1.02
    }
    let weight = sizing.flatMap { table.index(of: $0) }
    var places: [Place] = []
    for (row, name) in zip(table.rows, names) {
      guard let px = row[x].number, px.isFinite else { continue }
      let py = y.map { row[$0] } ?? .number(0)
      guard let py = py.number ?? (dims.count == 1 ? 0 : nil), py.isFinite else { continue }
      places.append(
        Place(
          name: name, label: name.contains(" ") ? name : name.replacing("_", with: " "), x: px, y: py,
          principal: dims.compactMap { row[$0].number },
          contributions: shares.compactMap { row[$0].number }, quality: quality.flatMap { row[$0].number },
          weight: weight.flatMap { row[$0].number }, base: base.flatMap { row[$0].number },
          isSupplementary: supplementary.map { row[$0] == .truth(true) } ?? false,
          isSmallBase: small.contains(name)))
    }
    return (places, sizing, table.rows.count - places.count)
  }
}
