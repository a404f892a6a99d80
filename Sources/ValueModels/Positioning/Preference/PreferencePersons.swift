import Glibc
import Statistics

/// Every person's preference placed on the map: only counts, shares and densities of them leave this room.
struct PreferencePersons {
  /// How a person's preference lies on the map.
  enum Place: Int, CaseIterable {
    case ideal, beyond, vector, antiIdeal, saddle, unclear

    var words: String {
      switch self {
      case .ideal: "ideal point among the brands"
      case .beyond: "ideal point beyond the brands"
      case .vector: "direction"
      case .antiIdeal: "anti-ideal point"
      case .saddle: "saddle point"
      case .unclear: "not significant"
      }
    }
  }

  /// Persons with a fitted model × its six coefficients, in coordinates of like size.
  private(set) var surfaces = Matrix(rows: 0, columns: 6)
  /// One of each fitted person.
  private(set) var weights: [Double] = []
  private(set) var segmentOf: [Int32] = []
  private(set) var places: [Place] = []
  /// Mean preference over the brands judged.
  private(set) var means: [Double] = []
  /// The ideal point as drawn, NaN for persons without one.
  private(set) var ideals: [(x: Double, y: Double)] = []
  /// The direction in which the preference rises at the middle of the brands, radians; NaN for none.
  private(set) var directions: [Double] = []
  /// The row of each fitted person among the scores.
  private(set) var caseOf: [Int] = []
  /// Persons who like all brands alike.
  private(set) var constant = 0
  /// Persons who judged too few brands for the model.
  private(set) var tooFew = 0
  /// Persons with any answer.
  private(set) var count = 0
  /// Persons by the model chosen, the simplest first.
  private(set) var byModel = [Int](repeating: 0, count: PreferenceModel.allCases.count)

  init(_ scores: PreferenceScores, _ plane: PreferencePlane, _ settings: PreferenceSettings) {
    let width = scores.brands.count
    let critical = CriticalF(level: settings.level, objects: width)
    let models = settings.model.models
    let words = (width + 63) / 64
    var known: [[UInt64]: PreferenceBasis] = [:]
    var coefficients: [Double] = []
    var values: [Double] = []
    var pattern = [UInt64](repeating: 0, count: words)
    var last: (pattern: [UInt64], basis: PreferenceBasis)?
    for at in 0..<scores.count {
      for k in pattern.indices { pattern[k] = 0 }
      values.removeAll(keepingCapacity: true)
      for j in 0..<width {
        let value = scores.values[at * width + j]
        guard !value.isNaN else { continue }
        pattern[j / 64] |= 1 << UInt64(j % 64)
        values.append(value)
      }
      guard !values.isEmpty, scores.weights[at] > 0 else { continue }
      count += 1
      guard values.contains(where: { $0 != values[0] }) else {
        constant += 1
        continue
      }
      let basis: PreferenceBasis
      if let last, last.pattern == pattern {
        basis = last.basis
      } else {
        basis = known[pattern] ?? plane.basis((0..<width).filter { pattern[$0 / 64] >> UInt64($0 % 64) & 1 == 1 })
        // As many as fit into a few megabytes; others are made again.
        if known.count < 4_096 { known[pattern] = basis }
        last = (pattern, basis)
      }
      let mean = values.reduce(0, +) / Double(values.count)
      let fits = basis.fit(&values)
      guard fits.total.isFinite, let model = fits.simplest(among: models, critical) else {
        tooFew += 1
        continue
      }
      let surface = basis.surface(fits, model)
      for k in 0..<6 { coefficients.append(surface.coefficients[k]) }
      caseOf.append(at)
      weights.append(scores.weights[at])
      segmentOf.append(scores.segmentOf[at])
      means.append(mean)
      byModel[model.parameters - 3] += 1
      let isClear = fits.test(model).map { critical.isSignificant($0) } ?? false
      add(plane, surface, isClear: isClear)
    }
    surfaces = Matrix(rows: weights.count, columns: 6, storage: coefficients)
  }

  private mutating func add(_ plane: PreferencePlane, _ surface: PreferenceSurface, isClear: Bool) {
    let shape = plane.shape(surface)
    let isInside = plane.hull.contains(shape.x, shape.y)
    ideals.append(shape.kind == .ideal ? (shape.x, shape.y) : (.nan, .nan))
    directions.append(surface.slopeAngle)
    switch shape.kind {
    case _ where !isClear: places.append(.unclear)
    case .vector: places.append(.vector)
    case .ideal: places.append(isInside ? .ideal : .beyond)
    case .antiIdeal: places.append(.antiIdeal)
    case .saddle: places.append(.saddle)
    }
  }

  var fitted: Int { weights.count }
}

extension PreferenceSurface {
  /// The direction in which it rises at the middle of the brands, radians against the clock from the right.
  fileprivate var slopeAngle: Double {
    let slope = slope(0, 0)
    return slope.x == 0 && slope.y == 0 ? .nan : atan2(slope.y, slope.x)
  }
}
