import Diagnostics
import Statistics

/// Where brands went from wave to wave.
struct WaveMovement {
  private let placed: WaveRows
  private let brandBases: [Int?]
  /// Rows × 1 or 2 axes, as drawn: with waves brands stand in principal coordinates.
  private let positions: Matrix
  private let quality: [Double]
  private let regions: PointRegions?
  private let confidence: Double
  private let activeRows: Set<Int>
  private let isByAnswers: Bool

  init(
    _ points: MapPoints, _ table: BrandTable, _ placed: WaveRows, _ settings: PerceptualMapSettings,
    _ credibility: MapCredibility
  ) {
    self.placed = placed
    brandBases = table.bases
    let axes = min(2, points.axes)
    let drawn = points.brands.principal.firstColumns(axes)
    if let separate = SeparateMaps(table, settings), let found = separate.places(table.values, axes: axes) {
      positions = found.principal.turnedOnto(drawn, deciding: table.activeBrands)
      quality = found.quality
    } else {
      positions = drawn
      quality = points.brands.quality(axes: 2)
    }
    regions = credibility.pairs ?? credibility.movesOfAnswers
    isByAnswers = credibility.pairs == nil && regions != nil
    confidence = credibility.confidence
    activeRows = Set(table.activeBrands)
  }

  /// One way from a wave to a later one.
  private struct Step {
    var brand: Int
    var from: Int
    var to: Int
    /// From the brand's first wave to its last.
    var isWhole: Bool
  }

  /// From wave to wave, and for brands in more than two waves from the first to the last.
  private var steps: [Step] {
    placed.brands.indices.flatMap { brand -> [Step] in
      let waves = placed.waves(of: brand)
      guard let first = waves.first, let last = waves.last, waves.count > 1 else { return [] }
      var steps = zip(waves, waves.dropFirst()).map {
        Step(brand: brand, from: $0, to: $1, isWhole: waves.count == 2)
      }
      if waves.count > 2 { steps.append(Step(brand: brand, from: first, to: last, isWhole: true)) }
      return steps
    }
  }

  private func hasMoved(_ step: Step) -> Bool? {
    guard let regions, let a = placed.rows[step.brand][step.from], let b = placed.rows[step.brand][step.to] else {
      return nil
    }
    return regions.distinguishes(a, b, confidence: confidence)
  }

  var facts: [Fact] {
    var facts = [Fact("waves", placed.waves.names.count)]
    if regions != nil { facts.append(Fact("moved", steps.count { $0.isWhole && hasMoved($0) == true })) }
    return facts
  }

  /// The waves in a sentence: which there are, how many answered, whose map it is.
  var words: String {
    let (waves, names) = (placed.waves, placed.waves.names)
    let listed = names.indices.map { wave in
      names[wave] + (placed.bases[wave].map { " (n = \(grouped($0)))" } ?? "")
    }
    var text = ", waves \(listed.joined(separator: ", ")) in order \(waves.orderRule), "
    switch waves.mode {
    case .projected: text += "placed on the map of \(names[waves.base])"
    case .stacked: text += "on one map of all; shown is \(names[waves.base])"
    case .procrustes: text += "a map each, turned onto that of \(names[waves.base])"
    }
    return text
  }

  func warn(_ table: BrandTable, _ ground: inout Groundwork) {
    let names = placed.waves.names
    let all = names.indices.filter { placed.count(in: $0) > 0 }
    let partial = placed.brands.indices.filter { placed.waves(of: $0).count < all.count }
    if !partial.isEmpty {
      let said = partial.prefix(6).map { brand in
        let absent = all.filter { placed.rows[brand][$0] == nil }.map { names[$0] }
        return "\(placed.brands[brand]) (not in \(absent.joined(separator: ", ")))"
      }
      ground.cautions.append(
        Caution(
          "missing-in-wave",
          "\(partial.count) of \(placed.brands.count) brands \(partial.count == 1 ? "is" : "are") not in every wave: "
            + said.joined(separator: "; ") + (partial.count > 6 ? "; and \(partial.count - 6) more" : ""),
          rows: partial.map { placed.brands[$0] }))
    }
    let empty = names.indices.filter { placed.count(in: $0) == 0 }.map { names[$0] }
    if !empty.isEmpty {
      ground.cautions.append(
        Caution(
          "empty-wave",
          "\(quotedList(empty)) \(empty.count == 1 ? "has" : "have") no brand that can be shown and "
            + "\(empty.count == 1 ? "is" : "are") left out"))
    }
    if regions == nil {
      ground.cautions.append(
        Caution(
          "movement-not-tested",
          "Movements are not tested: "
            + (table.respondents == nil ? "the table has no respondents" : "there are no resamples of respondents")
            + ", so chance alone may have moved any brand"))
    } else if isByAnswers {
      ground.cautions.append(
        Caution(
          "movement-by-answers",
          "Movements are tested as if every answer were independent of the others, since the table has no respondents: where "
            + "people gave several answers each, fewer brands have moved than it seems"))
    }
  }

  var tables: [FindingsTable] { [wavesTable, positionsTable, movementTable] }

  private var wavesTable: FindingsTable {
    var table = FindingsTable(
      "waves", title: "Waves in their order: how many brands and answers each has, and whose map it is",
      columns: [
        .init("wave", .text), .init("order", .integer), .init("brands", .integer), .init("base", .integer),
        .init("also_in_base_wave", .integer), .init("active", .truth),
      ])
    for (at, name) in placed.waves.names.enumerated() {
      table.add([
        .text(name), .integer(at + 1), .integer(placed.count(in: at)), whole(placed.bases[at]),
        whole(placed.paired[at]), .truth(placed.waves.mode == .stacked || at == placed.waves.base),
      ])
    }
    return table
  }

  private var positionsTable: FindingsTable {
    var table = FindingsTable(
      "positions", title: "Brands in each wave: where they stand on the map",
      columns: [
        .init("brand", .text), .init("wave", .text), .init("x"), .init("y"), .init("quality", .share),
        .init("base", .integer), .init("active", .truth),
      ])
    for brand in placed.brands.indices {
      for wave in placed.waves(of: brand) {
        guard let row = placed.rows[brand][wave] else { continue }
        table.add([
          .text(placed.brands[brand]), .text(placed.waves.names[wave]), x(row), y(row), Value(quality[row]),
          whole(brandBases[row]), .truth(activeRows.contains(row)),
        ])
      }
    }
    return table
  }

  private var movementTable: FindingsTable {
    var table = FindingsTable(
      "movement",
      title: "Movements from wave to wave, and from the first to the last: how far, and whether beyond chance",
      columns: [
        .init("brand", .text), .init("from", .text), .init("to", .text), .init("from_x"), .init("from_y"),
        .init("to_x"), .init("to_y"), .init("distance"), .init("lower"), .init("upper"), .init("moved", .truth),
        .init("base_from", .integer), .init("base_to", .integer),
      ])
    let names = placed.waves.names
    for step in steps {
      guard let a = placed.rows[step.brand][step.from], let b = placed.rows[step.brand][step.to] else { continue }
      let distance = (0..<positions.columns).reduce(0) {
        $0 + (positions[b, $1] - positions[a, $1]) * (positions[b, $1] - positions[a, $1])
      }.squareRoot()
      let reach = regions?.reach(from: a, to: b, confidence: confidence)
      table.add([
        .text(placed.brands[step.brand]), .text(names[step.from]), .text(names[step.to]), x(a), y(a), x(b), y(b),
        Value(distance), Value(reach?.lower), Value(reach?.upper), hasMoved(step).map { .truth($0) } ?? .missing,
        whole(brandBases[a]), whole(brandBases[b]),
      ])
    }
    return table
  }

  private func x(_ row: Int) -> Value { plain(positions[row, 0]) }
  private func y(_ row: Int) -> Value { positions.columns > 1 ? plain(positions[row, 1]) : .number(0) }
  /// No minus before a zero.
  private func plain(_ number: Double) -> Value { Value(number == 0 ? 0 : number) }
  private func whole(_ number: Int?) -> Value { number.map { .integer($0) } ?? .missing }
}
