import Diagnostics
import Statistics

/// A perceptual map as far as claims need it: how strongly each brand stands on each attribute.
///
/// The strength of brand *i* on attribute *j* is Σ fᵢₖ gⱼₖ / √λₖ over the two dimensions drawn, f and g being principal
/// coordinates: the brand's projection on the attribute's direction. For counts it is how far the map puts the cell above
/// what the margins expect (0.2 is a fifth more often), for principal components the standardised score, for discriminant
/// maps, whose attributes are correlations, Σ fᵢₖ rⱼₖ. It does not depend on the scaling in which the map is drawn.
/// A map turned to one brand (`focus`) or by varimax has no eigenvalues of its own axes: there the strength is the projection on the arrow
/// as drawn, in units of the map.
struct ClaimMap {
  let title: String
  let brands: [String]
  let attributes: [String]
  /// Brands × 2, principal; of a turned map as drawn.
  private let places: [(x: Double, y: Double)]
  /// Attributes × 2, standard.
  private let directions: [(x: Double, y: Double)]
  private let brandQuality: [Double?]
  private let attributeQuality: [Double?]

  /// Nil, with an error at `map`, where the map has no positions; a map without attributes is a caution.
  init?(_ findings: Findings?, _ ground: inout Groundwork) {
    guard let findings, findings.type == "perceptual-map", let brandTable = findings.table("brands") else {
      ground.fail(
        "analysis.not-a-map", at: ground.position(of: "map"),
        "'map' names a perceptual map that has positions, and "
          + (findings.map { "'\($0.id)' is a \($0.type)" + ($0.type == "perceptual-map" ? " without them" : "") }
            ?? "it was not computed"))
      return nil
    }
    title = findings.title
    brands = brandTable.texts("brand")
    let isTurned =
      findings.setting("focus") == .truth(true) || findings.setting("rotation") == .text("varimax")
    places = isTurned ? Self.pairs(brandTable, ["x", "y"]) : Self.pairs(brandTable)
    brandQuality = brandTable.numbers("quality")
    let eigenvalues = findings.table("dimensions")?.numbers("eigenvalue") ?? []
    let attributeTable = findings.table("attributes")
    let isSymmetric = findings.setting("scaling")?.text == MapScaling.symmetric.rawValue
    if let attributeTable, !attributeTable.rows.isEmpty, !(isTurned && isSymmetric) {
      attributes = attributeTable.texts("attribute")
      attributeQuality = attributeTable.numbers("quality")
      let isCorrelation = findings.setting("method")?.text == MapMethod.discriminant.rawValue
      func root(_ axis: Int) -> Double {
        guard !isCorrelation else { return 1 }
        guard axis < eigenvalues.count, let value = eigenvalues[axis], value > 0 else { return .infinity }
        return value.squareRoot()
      }
      let roots = (root(0), root(1))
      directions =
        isTurned
        ? Self.pairs(attributeTable, ["x", "y"]).map { way in
          let length = (way.x * way.x + way.y * way.y).squareRoot()
          return length > 0 ? (way.x / length, way.y / length) : (0, 0)
        } : Self.pairs(attributeTable).map { ($0.x / roots.0, $0.y / roots.1) }
    } else {
      attributes = []
      attributeQuality = []
      directions = []
      ground.cautions.append(
        Caution(
          "map-without-attributes", "“\(findings.title)” has no attributes, so that claims cannot be checked on it"))
    }
    if findings.cautions.contains(where: { $0.id == "no-structure" }) {
      ground.cautions.append(
        Caution(
          "no-structure",
          "“\(findings.title)”, on which claims are checked, shows no more than chance would: neither do the checks"))
    }
  }

  /// Two columns; 0 where a map has one dimension.
  private static func pairs(
    _ table: FindingsTable, _ columns: [String] = ["dim_1", "dim_2"]
  ) -> [(x: Double, y: Double)] {
    let (x, y) = (table.numbers(columns[0]), table.numbers(columns[1]))
    return table.rows.indices.map { at in
      ((at < x.count ? x[at] : nil) ?? 0, (at < y.count ? y[at] : nil) ?? 0)
    }
  }

  func place(of brand: String) -> (x: Double, y: Double)? { brands.firstIndex(of: brand).map { places[$0] } }
  func direction(of attribute: String) -> (x: Double, y: Double)? {
    attributes.firstIndex(of: attribute).map { directions[$0] }
  }

  /// Of every brand, in the order of `brands`.
  func strengths(on attribute: String) -> [Double]? {
    guard let way = direction(of: attribute) else { return nil }
    return places.map { $0.x * way.x + $0.y * way.y }
  }

  /// The share of a brand and an attribute that the map shows, the lower of the two.
  func quality(_ brand: String, _ attribute: String) -> Double? {
    guard let b = brands.firstIndex(of: brand), let a = attributes.firstIndex(of: attribute),
      b < brandQuality.count, a < attributeQuality.count, let x = brandQuality[b], let y = attributeQuality[a]
    else { return nil }
    return min(x, y)
  }
}

/// Where the brand of a statement stands on the attribute that it claims.
struct ClaimOnMap {
  let segment: String
  let attribute: String
  let brand: String
  let strength: Double
  /// 1 for the brand above all others; those level with it do not count.
  let rank: Int
  let brands: Int
  /// Above every other brand, none level with it.
  let isAhead: Bool
  /// The strongest other brand where we are not ahead, else our own.
  let leader: String
  let leaderStrength: Double
  let quality: Double?
  let direction: (x: Double, y: Double)

  /// Nil where the statement claims no attribute, or the map lacks it or the brand. The brand is the statement's, or `own`
  /// where that is not on the map.
  init?(_ statement: PositioningStatement, own: String?, _ map: ClaimMap) {
    let names = [statement.brand, own ?? ""]
    guard let brand = names.first(where: { map.place(of: $0) != nil }), let at = map.brands.firstIndex(of: brand),
      let strengths = map.strengths(on: statement.attribute), let way = map.direction(of: statement.attribute)
    else { return nil }
    let mine = strengths[at]
    // Coordinates carry rounding errors; brands this near are level.
    let tolerance = 1e-9 * max(1, strengths.map(\.magnitude).max() ?? 1)
    var best = at == 0 ? 1 : 0
    for other in strengths.indices where other != at && (best == at || strengths[other] > strengths[best]) {
      best = other
    }
    segment = statement.segment
    attribute = statement.attribute
    self.brand = brand
    strength = mine
    rank = 1 + strengths.count { $0 > mine + tolerance }
    brands = strengths.count
    isAhead = strengths.count < 2 || mine > strengths[best] + tolerance
    leader = isAhead ? brand : map.brands[best]
    leaderStrength = isAhead ? mine : strengths[best]
    quality = map.quality(brand, statement.attribute)
    direction = way
  }
}
