import Glibc
import Statistics

/// What share each brand would get by the preferences that models predict.
struct PreferenceShares {
  /// Groups × brands, each row summing to 1; empty rows (0) where no one can be counted.
  let shares: Matrix
  /// The same by the answers as given: the brand liked best, shared where several are; nil without persons.
  let observed: Matrix?
  /// Persons left out since they have no ideal point (inverse distance).
  let withoutIdeal: Int

  /// Of persons: groups are the segments, or one of all.
  init(
    _ persons: PreferencePersons, _ scores: PreferenceScores, _ plane: PreferencePlane, groups: Int,
    rule: PreferenceSettings.ShareRule, sensitivity: Double
  ) {
    let width = plane.brands.count
    var sums = Matrix(rows: groups, columns: width)
    var seen = sums
    var left = 0
    let functions = plane.functions(zip(plane.x, plane.y).map { (x: $0, y: $1) })
    let part = 2_048
    var share = [Double](repeating: 0, count: width)
    for start in stride(from: 0, to: persons.fitted, by: part) {
      let here = start..<min(start + part, persons.fitted)
      let predicted = persons.surfaces.selecting(rows: Array(here)).multiplied(by: functions)
      for i in here {
        let group = groups == 1 ? 0 : Int(persons.segmentOf[i])
        guard group >= 0, group < groups else { continue }
        let case_ = persons.caseOf[i] * width
        Self.best(scores.values[case_..<case_ + width], &share)
        for j in 0..<width { seen[group, j] += persons.weights[i] * share[j] }
        switch rule {
        case .firstChoice: Self.best(predicted.row(i - start), &share)
        case .logit: Self.logit(predicted.row(i - start), sensitivity, &share)
        case .inverseDistance:
          let ideal = persons.ideals[i]
          guard !ideal.x.isNaN else {
            left += 1
            continue
          }
          plane.inverseDistances(ideal, &share)
        }
        for j in 0..<width { sums[group, j] += persons.weights[i] * share[j] }
      }
    }
    shares = sums.sharesOfRows
    observed = seen.sharesOfRows
    withoutIdeal = left
  }

  /// Of segments that have means only.
  init(_ groups: [PreferenceGroup], _ plane: PreferencePlane, rule: PreferenceSettings.ShareRule, sensitivity: Double) {
    let width = plane.brands.count
    var sums = Matrix(rows: groups.count, columns: width)
    var share = [Double](repeating: 0, count: width)
    var left = 0
    for (g, group) in groups.enumerated() {
      guard let surface = group.surface else { continue }
      let predicted = (0..<width).map { j -> Double in
        let place = plane.inner(plane.x[j], plane.y[j])
        return surface(place.x, place.y)
      }
      switch rule {
      case .firstChoice: Self.best(predicted[...], &share)
      case .logit: Self.logit(predicted[...], sensitivity, &share)
      case .inverseDistance:
        let shape = plane.shape(surface)
        guard shape.kind == .ideal else {
          left += 1
          continue
        }
        plane.inverseDistances((shape.x, shape.y), &share)
      }
      for j in 0..<width { sums[g, j] = share[j] }
    }
    shares = sums.sharesOfRows
    observed = nil
    withoutIdeal = left
  }

  /// All to the largest, in equal parts where several are.
  private static func best(_ values: ArraySlice<Double>, _ share: inout [Double]) {
    var most = -Double.infinity
    var ties = 0.0
    for value in values where value >= most {
      ties = value > most ? 1 : ties + 1
      most = value
    }
    for (j, value) in values.enumerated() { share[j] = value == most ? 1 / ties : 0 }
  }

  private static func logit(_ values: ArraySlice<Double>, _ sensitivity: Double, _ share: inout [Double]) {
    let most = values.max() ?? 0
    var sum = 0.0
    for (j, value) in values.enumerated() {
      share[j] = exp(sensitivity * (value - most))
      sum += share[j]
    }
    for j in share.indices { share[j] /= sum }
  }
}

extension PreferencePlane {
  /// The six functions of models at some places as drawn, 6 × places.
  func functions(_ places: [(x: Double, y: Double)]) -> Matrix {
    var result = Matrix(rows: 6, columns: places.count)
    for (j, place) in places.enumerated() {
      let at = inner(place.x, place.y)
      let values = PreferenceSurface.functions(at.x, at.y)
      for k in 0..<6 { result[k, j] = values[k] }
    }
    return result
  }

  /// Shares by the inverse of the squared distance; all to a brand at the very point.
  fileprivate func inverseDistances(_ ideal: (x: Double, y: Double), _ share: inout [Double]) {
    var sum = 0.0
    let least = 1e-18 * scale * scale
    for j in x.indices {
      let (dx, dy) = (x[j] - ideal.x, y[j] - ideal.y)
      share[j] = 1 / max(least, dx * dx + dy * dy)
      sum += share[j]
    }
    for j in share.indices { share[j] /= sum }
  }
}

extension Matrix {
  fileprivate var sharesOfRows: Matrix { scalingRows(by: rowSums.map { $0 > 0 ? 1 / $0 : 0 }) }
}
