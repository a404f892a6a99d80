import Statistics

/// A segment's preference placed on the map, or why it was not.
struct PreferenceGroup {
  var name: String
  /// Persons; nil where the table holds means only.
  var base: Int?
  /// The brands it has a preference for, by place on the map.
  var brands: [Int]
  var values: [Double]
  var fits: PreferenceFits
  /// Nil where no model can be tested.
  var model: PreferenceModel?
  var surface: PreferenceSurface?
  var isConstant: Bool { fits.total <= 0 }
  var test: PreferenceTest? { model.flatMap { fits.test($0) } }
}

/// Mean preferences of segments, each fitted to the map.
struct PreferenceGroups {
  private(set) var groups: [PreferenceGroup] = []
  /// Segments that are too small to be shown, and one with them that could else be told from the total.
  private(set) var suppressed: [String] = []
  /// Brands that a segment judged by too few persons, or not at all.
  private(set) var absent: [String] = []

  init(_ scores: PreferenceScores, _ plane: PreferencePlane, _ settings: PreferenceSettings, _ privacy: Privacy) {
    let width = scores.brands.count
    let hasSegments = !scores.segments.isEmpty
    let names = hasSegments ? scores.segments : ["All"]
    var sums = [Double](repeating: 0, count: names.count * width)
    var weights = sums
    var counts = [Int](repeating: 0, count: names.count * width)
    var bases = [Int](repeating: 0, count: names.count)
    for at in 0..<scores.count {
      let group = hasSegments ? Int(scores.segmentOf[at]) : 0
      guard group >= 0 else { continue }
      var isIn = false
      for j in 0..<width {
        let value = scores.values[at * width + j]
        guard !value.isNaN else { continue }
        isIn = true
        sums[group * width + j] += scores.weights[at] * value
        weights[group * width + j] += scores.weights[at]
        counts[group * width + j] += 1
      }
      if isIn { bases[group] += 1 }
    }
    let limit = scores.arePersons ? privacy.suppressBelow : 0
    var hidden = Set(names.indices.filter { bases[$0] > 0 && bases[$0] < limit })
    if hidden.count == 1, names.count > 1 {
      let next = names.indices.filter { bases[$0] > 0 && !hidden.contains($0) }.min {
        (bases[$0], $0) < (bases[$1], $1)
      }
      if let next { hidden.insert(next) }
    }
    suppressed = names.indices.filter { hidden.contains($0) }.map { names[$0] }
    let critical = CriticalF(level: settings.level, objects: width)
    var missing = Set<Int>()
    for (group, name) in names.enumerated() where bases[group] > 0 && !hidden.contains(group) {
      let brands = (0..<width).filter {
        weights[group * width + $0] > 0 && counts[group * width + $0] >= limit
      }
      missing.formUnion((0..<width).filter { !brands.contains($0) })
      let values = brands.map { sums[group * width + $0] / weights[group * width + $0] }
      let basis = plane.basis(brands)
      let fits = basis.fit(values)
      var found = PreferenceGroup(
        name: name, base: scores.arePersons ? bases[group] : nil, brands: brands, values: values, fits: fits)
      if !found.isConstant, fits.total.isFinite {
        found.model = fits.simplest(among: settings.model.models, critical)
        found.surface = found.model.map { basis.surface(fits, $0) }
      }
      groups.append(found)
    }
    absent = missing.sorted().map { scores.brands[$0] }
  }
}
