import Statistics

/// The map that preferences are placed on: its brands as drawn, and coordinates of like size in which models are fitted.
struct PreferencePlane {
  let brands: [String]
  /// As drawn.
  let x: [Double]
  let y: [Double]
  let centre: (x: Double, y: Double)
  /// The root of the mean squared distance from the centre.
  let scale: Double
  let hull: ConvexHull

  /// Nil where the brands do not spread in two directions.
  init?(_ table: FindingsTable) {
    let (names, across, up) = (table.texts("brand"), table.numbers("x"), table.numbers("y"))
    guard names.count == across.count, names.count == up.count, !names.isEmpty else { return nil }
    var (x, y) = ([Double](), [Double]())
    for (a, b) in zip(across, up) {
      guard let a, let b else { return nil }
      x.append(a)
      y.append(b)
    }
    (brands, self.x, self.y) = (names, x, y)
    let n = Double(names.count)
    let centre = (x: x.reduce(0, +) / n, y: y.reduce(0, +) / n)
    self.centre = centre
    let squares = zip(x, y).reduce(0) {
      $0 + ($1.0 - centre.x) * ($1.0 - centre.x) + ($1.1 - centre.y) * ($1.1 - centre.y)
    }
    scale = (squares / n).squareRoot()
    hull = ConvexHull(zip(x, y).map { (x: $0, y: $1) })
    guard scale > 0, scale.isFinite, hull.corners.count > 2 else { return nil }
  }

  /// In coordinates of like size.
  func inner(_ x: Double, _ y: Double) -> (x: Double, y: Double) { ((x - centre.x) / scale, (y - centre.y) / scale) }

  /// The basis of models on some of the brands.
  func basis(_ chosen: [Int]) -> PreferenceBasis {
    PreferenceBasis(
      x: chosen.map { (x[$0] - centre.x) / scale }, y: chosen.map { (y[$0] - centre.y) / scale })
  }

  /// What a surface looks like, with its point as drawn.
  func shape(_ surface: PreferenceSurface) -> (kind: PreferenceKind, x: Double, y: Double) {
    let found = surface.shape
    return (found.kind, centre.x + scale * found.x, centre.y + scale * found.y)
  }

  /// The coefficients of 1, x, y, x², y², xy as drawn.
  func coefficients(_ surface: PreferenceSurface) -> [Double] {
    let c = surface.coefficients
    let (mx, my, s) = (centre.x, centre.y, scale)
    let (xx, yy, xy) = ((c[3] + c[4]) / (s * s), (c[3] - c[4]) / (s * s), c[5] / (s * s))
    return [
      c[0] - (c[1] * mx + c[2] * my) / s + xx * mx * mx + yy * my * my + xy * mx * my,
      c[1] / s - 2 * xx * mx - xy * my, c[2] / s - 2 * yy * my - xy * mx, xx, yy, xy,
    ]
  }

  /// The direction in which a preference rises at the middle of the brands, length 1; nil where it does not.
  func direction(_ surface: PreferenceSurface) -> (x: Double, y: Double)? {
    let slope = surface.slope(0, 0)
    let length = (slope.x * slope.x + slope.y * slope.y).squareRoot()
    return length > 0 && length.isFinite ? (slope.x / length, slope.y / length) : nil
  }
}
