import Settings

enum MapMethod: String, CaseIterable {
  case correspondence
  case components = "principal-components"
  case discriminant
  case scaling = "multidimensional-scaling"
  case categories = "multiple-correspondence"

  static let varimaxReference =
    "Kaiser, H. F. (1958). The varimax criterion for analytic rotation in factor analysis. Psychometrika 23(3), 187–200."

  static let addedPointReference =
    "Gower, J. C. (1968). Adding a point to vector diagrams in multivariate analysis. Biometrika 55(3), 582–585."

  var isComputed: Bool { self != .scaling }

  var references: [String] {
    switch self {
    case .correspondence:
      [
        "Greenacre, M. (2007). Correspondence Analysis in Practice, 2nd ed. Chapman & Hall/CRC.",
        "Greenacre, M. (2013). Contribution biplots. Journal of Computational and Graphical Statistics 22(1), 107–122.",
      ]
    case .components:
      [
        "Gabriel, K. R. (1971). The biplot graphic display of matrices with application to principal component analysis. "
          + "Biometrika 58(3), 453–467.",
        "Lebart, L., Morineau, A. & Piron, M. (1995). Statistique exploratoire multidimensionnelle. Dunod.",
      ]
    case .scaling:
      [
        "Borg, I. & Groenen, P. J. F. (2005). Modern Multidimensional Scaling, 2nd ed. Springer.",
        "Kruskal, J. B. (1964). Multidimensional scaling by optimizing goodness of fit to a nonmetric hypothesis. "
          + "Psychometrika 29(1), 1–27.",
        "Gower, J. C. (1966). Some distance properties of latent root and vector methods used in multivariate analysis. "
          + "Biometrika 53(3/4), 325–338.",
      ]
    case .categories:
      [
        "Greenacre, M. (2007). Correspondence Analysis in Practice, 2nd ed., ch. 18–19. Chapman & Hall/CRC.",
        "Benzécri, J.-P. (1979). Sur le calcul des taux d'inertie dans l'analyse d'un questionnaire. Cahiers de l'analyse des "
          + "données 4(3), 377–378.",
      ]
    case .discriminant:
      [
        "Mardia, K. V., Kent, J. T. & Bibby, J. M. (1979). Multivariate Analysis. Academic Press.",
        "Rao, C. R. (1951). An asymptotic expansion of the distribution of Wilks' criterion. Bulletin of the International "
          + "Statistical Institute 33(2), 177–180.",
      ]
    }
  }

  var words: String {
    switch self {
    case .correspondence: "Correspondence analysis"
    case .components: "Principal components"
    case .discriminant: "Discriminant analysis"
    case .scaling: "Multidimensional scaling"
    case .categories: "Multiple correspondence analysis"
    }
  }
}

enum MapInput: String, CaseIterable { case auto, counts, ratings, long, dissimilarities, similarities }

enum MapScaling: String, CaseIterable {
  case brandPrincipal = "brand-principal"
  case attributePrincipal = "attribute-principal"
  case symmetric, contribution, biplot
}

/// The settings of a perceptual map that do not name columns, as understood.
struct PerceptualMapSettings {
  var input: MapInput
  /// Correspondence unless said otherwise or the table holds dissimilarities.
  var method: MapMethod
  var methodIsGiven: Bool
  var dimensions: Int
  var scaling: MapScaling
  var usesCorrelation: Bool
  var supplementaryBrands: [Groundwork.Named]
  var supplementaryAttributes: [Groundwork.Named]
  /// Column of respondents' segments, whose view of brands is placed on the map.
  var segments: Groundwork.Named?
  var own: Groundwork.Named?
  /// Components: the two dimensions drawn are turned by varimax.
  var isVarimax: Bool
  /// Turned so that `own` is shown whole; true with `own` only.
  var isFocused: Bool
  var right: Groundwork.Named?
  var up: Groundwork.Named?
  /// Maps asked for beside that of the first two dimensions.
  var furtherMaps: [FurtherMap]
  /// Draws of respondents; 0 for none.
  var bootstrap: Int
  /// Draws of the test of the first two dimensions; 0 for none.
  var permutation: Int
  var confidence: Double
  var seed: UInt64
  /// Where brands stand in waves; found with the columns.
  var waves: Waves?

  /// Whether single respondents are needed for more than the table.
  var usesRespondents: Bool { bootstrap > 0 || permutation > 0 }

  init(_ ground: inout Groundwork) {
    input = ground.option("input", standard: .auto)
    methodIsGiven = ground.setting("method") != nil
    method = ground.option("method", standard: .correspondence)
    dimensions = ground.integer("dimensions", standard: 2, in: 2...10)
    scaling = ground.option("scaling", standard: .brandPrincipal)
    usesCorrelation =
      ground.choice("scale", among: ["correlation", "covariance"], standard: "correlation") == "correlation"
    own = ground.text("own").map { .init(name: $0, position: ground.position(of: "own")) }
    isVarimax = ground.choice("rotation", among: ["none", "varimax"], standard: "none") == "varimax"
    isFocused = ground.truth("focus", standard: false)
    if isVarimax, method != .components {
      ground.fail(
        "settings.wrong-type", at: ground.position(of: "rotation"),
        "varimax turns principal components, and the method is \(method.rawValue)",
        hint: "set 'method: principal-components'")
    } else if isVarimax, isFocused {
      ground.fail(
        "settings.wrong-type", at: ground.position(of: "rotation"),
        "a map is turned by 'rotation' or by 'focus', not by both")
    }
    if isFocused, own == nil {
      ground.fail(
        "settings.missing", at: ground.position(of: "focus"),
        "'focus' turns the map to our own brand, and no 'own' is set")
    }
    if isFocused, method != .scaling, scaling == .attributePrincipal {
      ground.fail(
        "settings.wrong-type", at: ground.position(of: "focus"),
        "'focus' shows how far our brand is from others, and with 'scaling: attribute-principal' no such distances are shown",
        hint: "leave 'scaling' or 'focus' out")
    }
    furtherMaps = FurtherMap.asked(&ground)
    if scaling == .attributePrincipal || scaling == .symmetric,
      let named = ground.texts("figures")?.first(where: { $0.name == FurtherMap.moonplot })
    {
      ground.fail(
        "settings.wrong-type", at: named.position,
        "a moonplot shows distances between brands and directions of attributes, and 'scaling: \(scaling.rawValue)' does not",
        hint: "leave 'scaling' out")
    }
    bootstrap = ground.draws("bootstrap", standard: 1_000)
    permutation = ground.draws("permutation", standard: 999)
    confidence = ground.number("confidence", standard: 0.95, in: 0.5...0.999) ?? 0.95
    seed = UInt64(ground.integer("seed", standard: 1, in: 0...Int.max))
    supplementaryBrands = []
    supplementaryAttributes = []
    for entry in ground.map("supplementary", known: ["brands", "attributes", "segments"]) ?? []
    where !entry.value.isNull {
      if entry.key == "segments" {
        guard case .scalar(let name, _) = entry.value.value else {
          ground.bad("supplementary.segments", at: entry.value.position, "the name of a column")
          continue
        }
        segments = .init(name: name, position: entry.value.position)
        continue
      }
      let names = ground.names(in: entry.value, of: entry.key)
      if entry.key == "brands" { supplementaryBrands = names } else { supplementaryAttributes = names }
    }
    for entry in ground.map("orient", known: ["right", "up"]) ?? [] {
      guard case .scalar(let name, _) = entry.value.value, !entry.value.isNull else {
        ground.bad("orient.\(entry.key)", at: entry.value.position, "the name of an attribute")
        continue
      }
      let named = Groundwork.Named(name: name, position: entry.value.position)
      if entry.key == "right" { right = named } else { up = named }
    }
  }
}

extension Groundwork {
  /// A choice among the cases of a type.
  mutating func option<Option: RawRepresentable & CaseIterable>(_ key: String, standard: Option) -> Option
  where Option.RawValue == String {
    let text = choice(key, among: Option.allCases.map(\.rawValue), standard: standard.rawValue)
    return Option(rawValue: text) ?? standard
  }

  /// A number of random draws: `true` is the standard number, `false` and 0 are none.
  fileprivate mutating func draws(_ key: String, standard: Int) -> Int {
    if case .scalar(let text, quoted: false)? = setting(key)?.value, let isOn = strictTruth(text) {
      record(key, .integer(isOn ? standard : 0))
      return isOn ? standard : 0
    }
    let draws = integer(key, standard: standard, in: 0...100_000)
    guard draws == 0 || draws >= 20 else {
      bad(key, at: position(of: key), "0 or at least 20 draws, and \(draws) was found")
      return standard
    }
    return draws
  }
}
