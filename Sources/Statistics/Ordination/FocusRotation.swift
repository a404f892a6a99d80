extension OrdinationPoints {
  /// The orthogonal matrix (axes × axes) that brings a point into the plane of the first two axes; nil where it stands at
  /// the centre or there is one axis only.
  package func rotation(showing point: Int, eigenvalues: [Double]) -> Matrix? {
    let axes = eigenvalues.count
    guard axes > 1, axes == principal.columns, point >= 0, point < count else { return nil }
    let place = principal.row(point)
    let largest = place.reduce(0) { max($0, abs($1)) }
    // Against the spread of the map, since rounding leaves a point at the centre a little beside it.
    guard largest > 1e-9 * (eigenvalues.max() ?? 0).squareRoot() else { return nil }
    let scaled = place.map { $0 / largest }
    let length = scaled.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let toward = scaled.map { $0 / length }
    // The inertia beside the point's direction u: (I − uuᵀ) Λ (I − uuᵀ), of which u itself has none.
    let along = (0..<axes).reduce(0) { $0 + toward[$1] * toward[$1] * eigenvalues[$1] }
    var beside = Matrix(rows: axes, columns: axes)
    for i in 0..<axes {
      for j in 0..<axes {
        beside[i, j] =
          (i == j ? eigenvalues[i] : 0) + toward[i] * toward[j] * (along - eigenvalues[i] - eigenvalues[j])
      }
    }
    guard let found = try? beside.symmetricEigen() else { return nil }
    let second = found.vectors.column(0)
    let cross = (0..<axes).reduce(0) { $0 + toward[$1] * second[$1] * eigenvalues[$1] }
    let plane = Matrix([[along, cross], [cross, found.values[0]]])
    guard let within = try? plane.symmetricEigen() else { return nil }
    var result = Matrix(rows: axes, columns: axes)
    for i in 0..<axes {
      for axis in 0..<2 {
        result[i, axis] = toward[i] * within.vectors[0, axis] + second[i] * within.vectors[1, axis]
      }
      for axis in 2..<max(axes, 2) { result[i, axis] = found.vectors[i, axis - 1] }
    }
    return result
  }
}
