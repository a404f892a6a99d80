/// What the covariances of a Gaussian mixture have in common, named as by Fraley & Raftery (2002) and mclust: volume,
/// shape and orientation, each Equal over components, Varying, or held at the Identity.
package enum CovarianceFamily: String, Sendable, CaseIterable, Comparable {
  /// One variance for all variables and components.
  case spherical = "EII"
  /// One variance for all variables, a component each.
  case sphericalVarying = "VII"
  /// A variance for each variable, the same in all components.
  case diagonal = "EEI"
  /// A variance for each variable and component.
  case diagonalVarying = "VVI"
  /// One full covariance for all components.
  case full = "EEE"
  /// A full covariance for each component.
  case fullVarying = "VVV"

  /// Free numbers in the covariances.
  package func parameters(components: Int, variables d: Int) -> Int {
    switch self {
    case .spherical: 1
    case .sphericalVarying: components
    case .diagonal: d
    case .diagonalVarying: components * d
    case .full: d * (d + 1) / 2
    case .fullVarying: components * d * (d + 1) / 2
    }
  }

  /// Free numbers of the whole mixture: shares, means and covariances.
  package func allParameters(components: Int, variables d: Int) -> Int {
    components - 1 + components * d + parameters(components: components, variables: d)
  }

  /// Whether covariances differ between components.
  var varies: Bool { self == .sphericalVarying || self == .diagonalVarying || self == .fullVarying }
  var isFull: Bool { self == .full || self == .fullVarying }
  var isSpherical: Bool { self == .spherical || self == .sphericalVarying }

  /// Families that are special cases of this one, whose results are starts for it.
  var nested: [CovarianceFamily] {
    switch self {
    case .spherical: []
    case .sphericalVarying, .diagonal: [.spherical]
    case .diagonalVarying: [.sphericalVarying, .diagonal]
    case .full: [.diagonal]
    case .fullVarying: [.diagonalVarying, .full]
    }
  }

  package static func < (a: Self, b: Self) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }
}
