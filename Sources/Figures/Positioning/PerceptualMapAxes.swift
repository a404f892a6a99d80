/// What stands at the ends of the axes.
struct AxisPoles {
  /// The attributes that draw a dimension to one end, the strongest first; empty where none does.
  struct End {
    var names: [String]
    /// How many of them contribute at least as much as an average attribute.
    var strong: Int

    /// What a headline may claim.
    var leading: [String] { Array(names.prefix(max(1, strong))) }
  }

  var low: End
  var high: End
}

extension PerceptualMap {
  /// Names both ends of a dimension (from 0) by their two strongest attributes, as far as these contribute at least
  /// half as much as an average one.
  ///
  /// Read from the findings where they say; else the same rule on the points.
  func poles(_ dimension: Int) -> AxisPoles {
    if dimension < namedAxes.count { return namedAxes[dimension] }
    let none = AxisPoles.End(names: [], strong: 0)
    let active = attributes.filter { !$0.isSupplementary && dimension < $0.principal.count }
    guard !active.isEmpty else { return AxisPoles(low: none, high: none) }
    let squares = active.reduce(0.0) { $0 + $1.principal[dimension] * $1.principal[dimension] }
    func share(_ place: Place) -> Double {
      if dimension < place.contributions.count { return place.contributions[dimension] }
      let value = place.principal[dimension]
      return squares > 0 ? 100 * value * value / squares : 0
    }
    let average = 100 / Double(active.count)
    func end(_ sign: Double) -> AxisPoles.End {
      let side = active.enumerated().filter { $0.element.principal[dimension] * sign > 0 }
        .map { (name: $0.element.label, share: share($0.element), order: $0.offset) }
        .sorted { ($0.share, -$0.order) > ($1.share, -$1.order) }
        .filter { $0.share >= average / 2 }
        .prefix(2)
      return AxisPoles.End(names: side.map(\.name), strong: side.count { $0.share >= average })
    }
    return AxisPoles(low: end(-1), high: end(1))
  }

  /// Distance between two brands in the principal coordinates the findings hold; in the drawn plane without them.
  func distance(_ a: Place, _ b: Place, plane: Bool) -> Double {
    let (p, q) = (a.principal, b.principal)
    let count = min(p.count, q.count)
    guard count > 0 else { return ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot() }
    let axes = plane ? self.plane.dimensions.filter { $0 < count } : Array(0..<count)
    return axes.reduce(0) { $0 + (p[$1] - q[$1]) * (p[$1] - q[$1]) }.squareRoot()
  }

  /// The other active brands from the nearest to the farthest.
  func neighbours(of brand: Place, plane: Bool) -> [(place: Place, distance: Double)] {
    brands.enumerated().filter { $0.element.name != brand.name && !$0.element.isSupplementary }
      .map { (place: $0.element, distance: distance(brand, $0.element, plane: plane), order: $0.offset) }
      .sorted { ($0.distance, $0.order) < ($1.distance, $1.order) }
      .map { (place: $0.place, distance: $0.distance) }
  }
}
