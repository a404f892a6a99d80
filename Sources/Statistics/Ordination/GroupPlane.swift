/// The plane in which groups of points lie farthest apart, measured by how much points of one group differ: the first two
/// axes of a canonical discriminant analysis (see `DiscriminantAnalysis`), for groups of any shape.
///
/// Directions in which no group has any spread are left out, as in answers standardised within persons, which always sum to
/// 0. Two groups have one such axis only; the second is then the direction in which points differ most otherwise.
package struct GroupPlane: Sendable {
  /// Where a group lies.
  package struct Place: Sendable {
    package let x: Double
    package let y: Double
    /// Standard deviations of its points and their correlation.
    package let deviationX: Double
    package let deviationY: Double
    package let correlation: Double
  }

  /// One a group; nil for a group without points.
  package let places: [Place?]
  /// The correlation of each variable with the two axes, over all points.
  package let variables: [(x: Double, y: Double)]
  /// The share of the differences between groups that the plane shows, 0–1.
  package let explained: Double

  /// - Parameters:
  ///   - points: Cases × variables, finite.
  ///   - groups: One a case, 0 ..< `count`.
  /// - Returns: nil for fewer than two groups, fewer than two variables with spread, or groups that do not differ.
  package init?(_ points: Matrix, groups: [Int], count: Int, weights: [Double]? = nil) {
    let d = points.columns
    guard d > 1, points.rows == groups.count, points.firstNonFinite == nil else { return nil }
    var masses = [Double](repeating: 0, count: count)
    var means = Matrix(rows: count, columns: d)
    for (row, group) in groups.enumerated() {
      let weight = weights?[row] ?? 1
      masses[group] += weight
      for j in 0..<d { means[group, j] += weight * points[row, j] }
    }
    let total = masses.reduce(0, +)
    guard masses.count(where: { $0 > 0 }) > 1 else { return nil }
    let centre = means.columnSums.map { $0 / total }
    for g in 0..<count where masses[g] > 0 { for j in 0..<d { means[g, j] /= masses[g] } }
    var within = Matrix(rows: points.rows, columns: d)
    for (row, group) in groups.enumerated() {
      let root = ((weights?[row] ?? 1) / total).squareRoot()
      for j in 0..<d { within[row, j] = root * (points[row, j] - means[group, j]) }
    }
    guard let eigen = try? within.multiplied(by: within, transposingSelf: true).symmetricEigen(),
      let largest = eigen.values.first, largest > 0
    else { return nil }
    let kept = eigen.values.prefix { $0 > 1e-9 * largest }.count
    guard kept > 1 else { return nil }
    let turn = eigen.vectors.firstColumns(kept).scalingColumns(
      by: eigen.values.prefix(kept).map { 1 / $0.squareRoot() })
    var between = Matrix(rows: count, columns: d)
    for g in 0..<count {
      for j in 0..<d { between[g, j] = (masses[g] / total).squareRoot() * (means[g, j] - centre[j]) }
    }
    for g in 0..<count where masses[g] == 0 { for j in 0..<d { between[g, j] = 0 } }
    guard let found = try? between.multiplied(by: turn).singularValues(), let first = found.values.first, first > 1e-9
    else { return nil }
    let squares = found.values.map { $0 * $0 }
    var axes = [found.right.column(0)]
    if found.values.count > 1, found.values[1] > 1e-7 * first {
      axes.append(found.right.column(1))
    } else {
      // The strongest direction within groups, freed of the first axis; the next where it is that axis itself.
      for start in 0..<kept {
        var other = (0..<kept).map { ($0 == start ? 1 : 0) - axes[0][start] * axes[0][$0] }
        let length = other.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length > 0.1 else { continue }
        other = other.map { $0 / length }
        axes.append(other)
        break
      }
    }
    guard axes.count == 2 else { return nil }
    let directions = axes.map { axis in
      (0..<d).map { j in (0..<kept).reduce(0) { $0 + turn[j, $1] * axis[$1] } }
    }
    var scores = directions.map { direction in
      (0..<points.rows).map { row in
        (0..<d).reduce(0) { $0 + (points[row, $1] - centre[$1]) * direction[$1] }
      }
    }
    var correlations = scores.map { Self.correlations(points, $0, centre, weights) }
    for axis in 0..<2 {
      // Turned so that the variable with the largest correlation points to the right and upwards.
      let strongest = correlations[axis].reduce(0) { abs($1) > abs($0) + 1e-12 ? $1 : $0 }
      guard strongest < 0 else { continue }
      scores[axis] = scores[axis].map { -$0 }
      correlations[axis] = correlations[axis].map { -$0 }
    }
    variables = zip(correlations[0], correlations[1]).map { ($0, $1) }
    explained = min(1, squares.prefix(2).reduce(0, +) / squares.reduce(0, +))
    let own = scores
    places = (0..<count).map { g in
      Self.place(own, groups.indices.filter { groups[$0] == g }, weights)
    }
  }

  private static func correlations(
    _ points: Matrix, _ scores: [Double], _ centre: [Double], _ weights: [Double]?
  ) -> [Double] {
    var square = 0.0
    var (products, squares) = (
      [Double](repeating: 0, count: points.columns), [Double](repeating: 0, count: points.columns)
    )
    for row in 0..<points.rows {
      let weight = weights?[row] ?? 1
      square += weight * scores[row] * scores[row]
      for j in 0..<points.columns {
        let value = points[row, j] - centre[j]
        products[j] += weight * value * scores[row]
        squares[j] += weight * value * value
      }
    }
    return zip(products, squares).map { $1 > 0 && square > 0 ? $0 / ($1 * square).squareRoot() : 0 }
  }

  private static func place(_ scores: [[Double]], _ members: [Int], _ weights: [Double]?) -> Place? {
    let mass = members.reduce(0) { $0 + (weights?[$1] ?? 1) }
    guard mass > 0 else { return nil }
    func mean(_ value: (Int) -> Double) -> Double { members.reduce(0) { $0 + (weights?[$1] ?? 1) * value($1) } / mass }
    let (x, y) = (mean { scores[0][$0] }, mean { scores[1][$0] })
    let xx = mean { (scores[0][$0] - x) * (scores[0][$0] - x) }.squareRoot()
    let yy = mean { (scores[1][$0] - y) * (scores[1][$0] - y) }.squareRoot()
    let xy = mean { (scores[0][$0] - x) * (scores[1][$0] - y) }
    return Place(
      x: x, y: y, deviationX: xx, deviationY: yy, correlation: xx > 0 && yy > 0 ? max(-1, min(1, xy / (xx * yy))) : 0)
  }
}
