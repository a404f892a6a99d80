/// The models of external preference mapping, the simplest first; each holds the one before it.
///
/// With places *x*, *y* of the objects (brands) a preference *z* is explained by
/// vector: a + b₁x + b₂y; circular: + c(x² + y²); elliptical: + c₁x² + c₂y²; quadratic: + d·xy
/// (phases IV to I of PREFMAP; Carroll, "Individual differences and multidimensional scaling", in Shepard, Romney & Nerlove
/// (eds), *Multidimensional Scaling*, vol. 1, 1972).
package enum PreferenceModel: String, CaseIterable, Sendable, Comparable {
  case vector, circular, elliptical, quadratic

  /// Numbers to estimate, 3 to 6, the constant among them.
  package var parameters: Int {
    switch self {
    case .vector: 3
    case .circular: 4
    case .elliptical: 5
    case .quadratic: 6
    }
  }

  package static func < (a: Self, b: Self) -> Bool { a.parameters < b.parameters }
}

/// What a fitted preference looks like on the map.
package enum PreferenceKind: String, CaseIterable, Sendable {
  /// It rises steadily in one direction.
  case vector
  /// It is highest at a point.
  case ideal
  /// It is lowest at a point.
  case antiIdeal = "anti-ideal"
  /// It has a point that is highest one way and lowest the other.
  case saddle
}

/// A *F* test of a model against a simpler one.
package struct PreferenceTest: Sendable, Equatable {
  /// *F*, ≥ 0; infinite where the richer model leaves nothing unexplained.
  package let f: Double
  /// Degrees of freedom of the numerator: parameters more.
  package let degrees: Int
  /// Degrees of freedom of the denominator: objects less the richer model's parameters, ≥ 1.
  package let residualDegrees: Int
  /// The probability of an *F* this large by chance, 0–1.
  package var pValue: Double {
    f.isFinite ? FisherF(numerator: Double(degrees), denominator: Double(residualDegrees)).sf(f) : 0
  }
}

/// The values of *F* from which a test is significant at a level, computed once for each pair of degrees of freedom: tests
/// of many thousand persons then compare numbers only.
package struct CriticalF: Sendable {
  /// The level, 0–1.
  package let level: Double
  private let quantiles: [[Double]]

  /// - Parameter objects: The most objects of any test.
  package init(level: Double, objects: Int) {
    self.level = level
    quantiles = (1...5).map { degrees in
      (1...max(1, objects)).map {
        FisherF(numerator: Double(degrees), denominator: Double($0)).quantile(1 - level)
      }
    }
  }

  package func isSignificant(_ test: PreferenceTest) -> Bool {
    guard (1...5).contains(test.degrees), (1...quantiles[0].count).contains(test.residualDegrees) else {
      return test.pValue < level
    }
    return test.f > quantiles[test.degrees - 1][test.residualDegrees - 1]
  }
}
