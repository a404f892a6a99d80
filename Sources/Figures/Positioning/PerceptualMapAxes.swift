/// What stands at the ends of the axes.
struct AxisPoles {
  /// The attributes that draw a dimension to its low and its high end, the strongest first; empty where none does.
  var low: [String]
  var high: [String]
}

extension PerceptualMap {
  /// Names both ends of a dimension (from 0) by the attributes that contribute to it at least as much as an average
  /// one; the strongest of an end that has none stands alone where it reaches half of that.
  func poles(_ dimension: Int, limit: Int = 2) -> AxisPoles {
    let active = attributes.filter { !$0.isSupplementary && dimension < $0.principal.count }
    guard !active.isEmpty else { return AxisPoles(low: [], high: []) }
    let squares = active.reduce(0.0) { $0 + $1.principal[dimension] * $1.principal[dimension] }
    func share(_ place: Place) -> Double {
      if dimension < place.contributions.count { return place.contributions[dimension] }
      let value = place.principal[dimension]
      return squares > 0 ? 100 * value * value / squares : 0
    }
    let average = 100 / Double(active.count)
    func end(_ sign: Double) -> [String] {
      let side = active.enumerated().filter { $0.element.principal[dimension] * sign > 0 }
        .map { (name: $0.element.label, share: share($0.element), order: $0.offset) }
        .sorted { ($0.share, -$0.order) > ($1.share, -$1.order) }
      let strong = side.filter { $0.share >= average }
      if strong.isEmpty, let first = side.first, first.share >= average / 2 { return [first.name] }
      return strong.prefix(limit).map(\.name)
    }
    return AxisPoles(low: end(-1), high: end(1))
  }

  /// Distance between two brands in the principal coordinates the findings hold; in the drawn plane without them.
  func distance(_ a: Place, _ b: Place, plane: Bool) -> Double {
    let (p, q) = (a.principal, b.principal)
    let count = plane ? min(2, p.count, q.count) : min(p.count, q.count)
    guard count > 0 else { return ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot() }
    return (0..<count).reduce(0) { $0 + (p[$1] - q[$1]) * (p[$1] - q[$1]) }.squareRoot()
  }

  /// The other active brands from the nearest to the farthest.
  func neighbours(of brand: Place, plane: Bool) -> [(place: Place, distance: Double)] {
    brands.enumerated().filter { $0.element.name != brand.name && !$0.element.isSupplementary }
      .map { (place: $0.element, distance: distance(brand, $0.element, plane: plane), order: $0.offset) }
      .sorted { ($0.distance, $0.order) < ($1.distance, $1.order) }
      .map { (place: $0.place, distance: $0.distance) }
  }
}
