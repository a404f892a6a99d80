import Statistics

/// Places the brands that have no say on a map of those that have.
struct ScalingPlacing: Sendable {
  /// Brands × brands, all of them; NaN where a pair is not known.
  let values: Matrix
  let active: [Int]
  let level: ScalingLevel

  init(_ values: Matrix, active: [Int], level: ScalingLevel) {
    self.values = values
    self.active = active
    self.level = level
  }

  /// All brands × dimensions.
  ///
  /// - Parameters:
  ///   - configuration: The active brands × dimensions.
  ///   - data: Their dissimilarities.
  ///   - classical: The classical fit, by whose formula brands are added; without it stress decides.
  ///   - near: All brands where they are expected, in the same position; without it every added brand is searched for.
  /// - Returns: A failure names, as `Dissimilarities` counts them, an active brand and an added one: those after the active
  ///   ones.
  func all(
    _ configuration: Matrix, _ data: Dissimilarities, _ classical: ClassicalScaling?, near: Matrix?
  ) -> Result<Matrix, Dissimilarities.Failure> {
    var result = Matrix(rows: values.rows, columns: configuration.columns)
    for (at, brand) in active.enumerated() {
      for axis in 0..<configuration.columns { result[brand, axis] = configuration[at, axis] }
    }
    let isActive = Set(active)
    let others = (0..<values.rows).filter { !isActive.contains($0) }
    for (order, brand) in others.enumerated() {
      let distances = active.map { values[brand, $0] }
      let place: [Double]
      if let classical {
        if let unknown = distances.firstIndex(where: \.isNaN) {
          return .failure(.missing(unknown, active.count + order))
        }
        place = classical.place(distances)
      } else {
        let start = near.map { near in (0..<configuration.columns).map { near[brand, $0] } }
        guard
          let found = AddedPoint.place(distances, in: configuration, of: data, level: level, from: start)
        else { return .failure(.disconnected([active.count + order])) }
        place = found.place
      }
      guard place.prefix(configuration.columns).allSatisfy(\.isFinite) else {
        return .failure(.notFinite(0, active.count + order))
      }
      for axis in 0..<configuration.columns { result[brand, axis] = place[axis] }
    }
    return .success(result)
  }
}
