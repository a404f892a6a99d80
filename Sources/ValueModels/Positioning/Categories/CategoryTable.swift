import Diagnostics
import Statistics
import Tables

/// Answers in categories, counted two by two: what multiple correspondence analysis is computed from.
struct CategoryTable {
  struct Variable {
    var name: String
    var levels: [String]
    /// Coded by numbers, so that its levels stand in an order.
    var isOrdered: Bool
    var isBrand: Bool
  }

  /// Variables with a say; then those without.
  private(set) var variables: [Variable] = []
  private(set) var activeVariables = 0
  /// Distinct respondents of each level, in the order of `levels`.
  private(set) var bases: [Int] = []
  private(set) var respondents = 0
  private(set) var effectiveBase: Double?
  /// Rows that count.
  private(set) var rows = 0
  /// Levels too small to be shown, and those that would give them away.
  private(set) var hidden: Set<Int> = []
  private(set) var suppressedBrands: [String] = []
  /// What each unit of respondents adds: the upper triangle of the Burt table, then supplementary by active levels.
  private(set) var contributions = Matrix(rows: 0, columns: 0)

  /// Each level's variable and place in it.
  var levels: [(variable: Int, level: Int)] {
    variables.indices.flatMap { v in variables[v].levels.indices.map { (v, $0) } }
  }
  var activeLevels: Int { variables.prefix(activeVariables).reduce(0) { $0 + $1.levels.count } }
  var passiveLevels: Int { variables.dropFirst(activeVariables).reduce(0) { $0 + $1.levels.count } }
  var sizes: [Int] { variables.prefix(activeVariables).map(\.levels.count) }
  var brandVariable: Int? { variables.firstIndex(where: \.isBrand) }

  func name(_ level: Int) -> String {
    let (variable, at) = levels[level]
    let owner = variables[variable]
    return owner.isBrand ? owner.levels[at] : "\(owner.name): \(owner.levels[at])"
  }

  /// Reads the rows that count. Nil where errors were reported.
  init?(
    _ columns: CategoryColumns, _ categories: CategorySettings, seed: UInt64, draws: Int, _ source: inout SourceRows,
    _ ground: inout Groundwork
  ) {
    let weights = ground.weights(in: &source)
    if let brand = columns.brand { source.dropMissing(brand, as: "no brand") }
    if let respondent = columns.respondent { source.dropMissing(respondent, as: "no respondent") }
    let all = columns.active + columns.passive
    if categories.missing == .drop { for column in all { source.dropMissing(column) } }
    guard !ground.hasErrors else { return nil }
    let people = Self.people(columns.respondent, source)
    suppressBrands(columns.brand, people, &source, &ground)
    guard !source.kept.isEmpty else {
      ground.fail(
        "analysis.no-rows", at: source.position, "an analysis needs rows, and none of '\(source.name)' has all it needs"
      )
      return nil
    }
    activeVariables = columns.active.count
    let codes = all.map { column in
      take(column, isBrand: column.name == columns.brand?.name, categories.missing, source, &ground)
    }
    guard !ground.hasErrors else { return nil }
    rows = source.kept.count
    count(codes, people, weights, source, seed: seed, draws: draws, repeats: columns.respondent != nil)
    hide(ground.input.privacy.suppressBelow)
  }

  /// Each row's respondent; without a column every row is one.
  private static func people(_ column: Column?, _ source: SourceRows) -> [Int32] {
    column?.codes().codes ?? (0..<source.table.rowCount).map { Int32(clamping: $0) }
  }

  private mutating func suppressBrands(
    _ column: Column?, _ people: [Int32], _ source: inout SourceRows, _ ground: inout Groundwork
  ) {
    guard let column else { return }
    let (codes, levels) = column.codes()
    var seen = Set<UInt64>()
    var counts = [Int](repeating: 0, count: levels.count)
    for row in source.kept
    where seen.insert(UInt64(UInt32(bitPattern: codes[row])) << 32 | UInt64(UInt32(bitPattern: people[row]))).inserted {
      counts[Int(codes[row])] += 1
    }
    let limit = ground.input.privacy.suppressBelow
    let small = levels.indices.filter { counts[$0] > 0 && counts[$0] < limit }
    guard !small.isEmpty else { return }
    suppressedBrands = small.map { levels[$0] }
    source.keep(orDropAs: "too few respondents for its brand") { counts[Int(codes[$0])] >= limit }
    ground.cautions.append(
      Caution(
        "suppressed",
        "\(small.count) of \(counts.count { $0 > 0 }) brands \(small.count == 1 ? "is" : "are") not shown: fewer than "
          + "\(limit) respondents", rows: suppressedBrands))
  }

  /// Adds a variable with the levels that occur, and returns the level of each row kept.
  private mutating func take(
    _ column: Column, isBrand: Bool, _ missing: CategorySettings.Missing, _ source: SourceRows,
    _ ground: inout Groundwork
  ) -> [UInt8] {
    let (codes, levels) = column.codes()
    var place = [Int32](repeating: -1, count: levels.count + 1)
    for row in source.kept { place[codes[row] < 0 ? levels.count : Int(codes[row])] = 0 }
    var names: [String] = []
    for level in place.indices where place[level] == 0 {
      place[level] = Int32(clamping: names.count)
      names.append(level < levels.count ? levels[level] : "no answer")
    }
    if names.count < 2, !isBrand || variables.count < activeVariables {
      ground.fail(
        "analysis.constant-attribute", at: source.position(source.kept[0], column),
        "a variable needs two answers at least, and in '\(column.name)' all rows that count have "
          + "'\(excerpt(names.first ?? ""))'", hint: "leave it out of 'attributes'")
    }
    let isOrdered = column.isNumeric && column.type != .truth && names.count > 2
    variables.append(Variable(name: column.name, levels: names, isOrdered: isOrdered, isBrand: isBrand))
    // There are at most 250 levels and one for no answer.
    return source.kept.map { UInt8(clamping: place[codes[$0] < 0 ? levels.count : Int(codes[$0])]) }
  }

  /// Counts levels two by two for each unit of respondents, and the distinct respondents of each level.
  private mutating func count(
    _ codes: [[UInt8]], _ people: [Int32], _ weights: [Double]?, _ source: SourceRows, seed: UInt64, draws: Int,
    repeats: Bool
  ) {
    var place = [Int32](repeating: -1, count: Int(people.max() ?? -1) + 1)
    var personOf: [Int] = []
    personOf.reserveCapacity(source.kept.count)
    for row in source.kept {
      let code = Int(people[row])
      if place[code] < 0 {
        place[code] = Int32(clamping: respondents)
        respondents += 1
      }
      personOf.append(Int(place[code]))
    }
    var factor = 1.0
    if let weights {
      let sum = source.kept.reduce(0) { $0 + weights[$1] }
      factor = Double(source.kept.count) / sum
      var seen = [Bool](repeating: false, count: respondents)
      var (total, squares) = (0.0, 0.0)
      for (at, row) in source.kept.enumerated() where !seen[personOf[at]] {
        seen[personOf[at]] = true
        total += weights[row]
        squares += weights[row] * weights[row]
      }
      if squares > 0 { effectiveBase = total * total / squares }
    }
    let starts = variables.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.levels.count) }
    let (active, passive) = (activeLevels, passiveLevels)
    let triangle = active * (active + 1) / 2
    let width = triangle + passive * active
    let most = max(200, RespondentSample.mostCells / max(1, width))
    let units = draws == 0 ? 1 : min(respondents, RespondentSample.mostUnits, most)
    var order = Array(0..<respondents)
    if units > 1, units < respondents {
      var generator = SeededGenerator(seed: seed, stream: UInt64.max)
      generator.shuffle(&order)
    }
    var unitOf = [Int](repeating: 0, count: respondents)
    for (at, person) in order.enumerated() { unitOf[person] = at * units / max(1, respondents) }
    contributions = Matrix(rows: units, columns: width)
    bases = [Int](repeating: 0, count: active + passive)
    // One row a respondent counts as it is; else a mark for each respondent and level.
    var marks = [Bool](repeating: false, count: repeats ? (active + passive) * respondents : 0)
    var levels = [Int](repeating: 0, count: variables.count)
    for (at, row) in source.kept.enumerated() {
      let weight = weights.map { $0[row] * factor } ?? 1
      let base = unitOf[personOf[at]] * width
      for v in variables.indices {
        levels[v] = starts[v] + Int(codes[v][at])
        if repeats {
          let mark = levels[v] * respondents + personOf[at]
          if !marks[mark] { bases[levels[v]] += 1 }
          marks[mark] = true
        } else {
          bases[levels[v]] += 1
        }
      }
      for a in 0..<activeVariables {
        // Levels of earlier variables have lower numbers.
        let offset = base + levels[a] * active - levels[a] * (levels[a] - 1) / 2 - levels[a]
        for b in a..<activeVariables { contributions.storage[offset + levels[b]] += weight }
      }
      for p in activeVariables..<variables.count {
        let offset = base + triangle + (levels[p] - active) * active
        for a in 0..<activeVariables { contributions.storage[offset + levels[a]] += weight }
      }
    }
  }

  /// Hides levels with too few respondents, and in their variable so many more that none can be found by subtraction.
  private mutating func hide(_ limit: Int) {
    var first = 0
    for variable in variables {
      let own = Array(first..<first + variable.levels.count)
      first += variable.levels.count
      var small = own.filter { bases[$0] < limit }
      guard !small.isEmpty, !variable.isBrand else { continue }
      let rest = own.filter { bases[$0] >= limit }.sorted { (bases[$0], $0) < (bases[$1], $1) }
      var next = rest.makeIterator()
      while small.count < 2 || small.reduce(0, { $0 + bases[$1] }) < limit, let level = next.next() {
        small.append(level)
      }
      hidden.formUnion(small)
    }
  }

  /// The Burt table and the counts of supplementary by active levels in totals of the contributions.
  func tables(_ totals: ArraySlice<Double>) -> (burt: Matrix, crossings: Matrix) {
    let (active, passive) = (activeLevels, passiveLevels)
    var burt = Matrix(rows: active, columns: active)
    var at = totals.startIndex
    for i in 0..<active {
      for j in i..<active {
        burt[i, j] = totals[at]
        burt[j, i] = totals[at]
        at += 1
      }
    }
    return (burt, Matrix(rows: passive, columns: active, storage: Array(totals[at..<at + passive * active])))
  }
}
