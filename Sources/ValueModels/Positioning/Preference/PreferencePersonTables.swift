import Statistics

extension PreferencePersons {
  /// How many persons' preferences rise in each of twelve directions of 30°.
  func directionsTable(limit: Int) -> FindingsTable {
    var table = FindingsTable(
      "directions",
      title:
        "Where preferences rise that have no ideal point among the brands: degrees against the clock from the right",
      columns: [.init("direction", .integer), .init("persons", .integer), .init("share", .share)])
    var counts = [Int](repeating: 0, count: 12)
    var sums = [Double](repeating: 0, count: 12)
    for at in places.indices where places[at] == .vector || places[at] == .beyond {
      guard !directions[at].isNaN else { continue }
      let turn = directions[at] / (2 * Double.pi) * 12
      let sector = (Int(turn.rounded()) + 12) % 12
      counts[sector] += 1
      sums[sector] += weights[at]
    }
    let total = weights.reduce(0, +)
    let hidden = hiddenCells(counts, limit: limit)
    for sector in counts.indices {
      table.add([
        .integer(30 * sector), hidden.contains(sector) ? .missing : .integer(counts[sector]),
        hidden.contains(sector) ? .missing : Value(sums[sector] / total),
      ])
    }
    return table
  }

  /// How persons' preferences lie on the map, by segment; kinds with few persons are put together.
  func kindsTable(_ groups: [(segment: Int?, name: String)], limit: Int) -> FindingsTable {
    var table = FindingsTable(
      "preference_kinds", title: "How the preferences of single persons lie on the map",
      columns: [.init("segment", .text), .init("kind", .text), .init("persons", .integer), .init("share", .share)])
    let tallies = groups.map { tally($0.segment) }
    var hidden = tallies.map { hiddenCells($0.counts, limit: limit) }
    // Their totals are facts: a cell hidden in one segment only could be told from them.
    for place in [Place.ideal, .unclear] where groups.count > 1 {
      let cell = place.rawValue
      let few = groups.indices.filter { hidden[$0].contains(cell) && tallies[$0].counts[cell] > 0 }
      let rest = groups.indices.filter { !hidden[$0].contains(cell) && tallies[$0].counts[cell] > 0 }
      if few.count == 1, let next = rest.min(by: { tallies[$0].counts[cell] < tallies[$1].counts[cell] }) {
        hidden[next].insert(cell)
      }
    }
    for (group, name) in groups.map(\.name).enumerated() {
      let (counts, sums) = tallies[group]
      let total = sums.reduce(0, +)
      guard total > 0 else { continue }
      for place in Place.allCases where counts[place.rawValue] > 0 && !hidden[group].contains(place.rawValue) {
        table.add([
          .text(name), .text(place.words), .integer(counts[place.rawValue]), Value(sums[place.rawValue] / total),
        ])
      }
      let rest = hidden[group].sorted().filter { counts[$0] > 0 }
      if rest.reduce(0, { $0 + counts[$1] }) >= limit {
        table.add([
          .text(name), .text("others"), .integer(rest.reduce(0) { $0 + counts[$1] }),
          Value(rest.reduce(0) { $0 + sums[$1] } / total),
        ])
      }
    }
    return table
  }

  /// Whether a fact may tell how many persons have this place: not where few have it, or few have not.
  func mayBeTold(_ place: Place, limit: Int) -> Bool {
    let count = places.count { $0 == place }
    return (count == 0 || count >= limit) && (count == fitted || fitted - count >= limit)
  }

  private func tally(_ segment: Int?) -> (counts: [Int], sums: [Double]) {
    var counts = [Int](repeating: 0, count: Place.allCases.count)
    var sums = [Double](repeating: 0, count: counts.count)
    for at in places.indices where segment.map({ segmentOf[at] == Int32(clamping: $0) }) ?? true {
      counts[places[at].rawValue] += 1
      sums[places[at].rawValue] += weights[at]
    }
    return (counts, sums)
  }

  /// Cells with fewer persons than the limit, and the next smallest where the hidden ones together are still fewer: it could
  /// else be told from the total. Those whose totals are facts come last.
  private func hiddenCells(_ counts: [Int], limit: Int) -> Set<Int> {
    var hidden = Set(counts.indices.filter { counts[$0] > 0 && counts[$0] < limit })
    guard !hidden.isEmpty else { return [] }
    let told = counts.count == Place.allCases.count ? [Place.ideal.rawValue, Place.unclear.rawValue] : []
    let order = counts.indices.filter { counts[$0] > 0 && !hidden.contains($0) }.sorted {
      (told.contains($0) ? 1 : 0, counts[$0], $0) < (told.contains($1) ? 1 : 0, counts[$1], $1)
    }
    for cell in order where hidden.count < 2 || hidden.reduce(0, { $0 + counts[$1] }) < limit { hidden.insert(cell) }
    return hidden
  }
}
