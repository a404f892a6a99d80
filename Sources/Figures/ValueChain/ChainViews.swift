import ValueModels

/// Parts and other views of a chain, as chains of their own.
extension ChainContents {
  /// Only the flows that hold to a rule, and the actors at their ends.
  func keeping(_ holds: (ChainFlow) -> Bool) -> ChainContents {
    var part = self
    let kept = flows.filter(holds)
    var isKept = [Bool](repeating: false, count: actors.count)
    for flow in kept {
      isKept[flow.from] = true
      isKept[flow.to] = true
    }
    var index = [Int](repeating: -1, count: actors.count)
    part.actors = []
    for (at, actor) in actors.enumerated() where isKept[at] {
      index[at] = part.actors.count
      part.actors.append(actor)
    }
    part.flows = kept.map { flow in
      var moved = flow
      (moved.from, moved.to) = (index[flow.from], index[flow.to])
      return moved
    }
    return part
  }

  /// The chain with a row a lane; nil where the data put actors in fewer than two lanes.
  ///
  /// Without a column `lane`, roles serve where they are few and shared.
  var inLanes: ChainContents? {
    var names = actors.map(\.lane)
    if names.allSatisfy(\.isEmpty) {
      names = actors.map(\.role)
      let count = Set(names).count
      guard count <= 8, count * 3 <= actors.count * 2 else { return nil }
    }
    var lanes: [String] = []
    for name in names where !name.isEmpty && !lanes.contains(name) { lanes.append(name) }
    guard lanes.count > 1 else { return nil }
    var laned = self
    laned.stages = lanes
    for at in actors.indices {
      laned.actors[at].stage = lanes.firstIndex(of: names[at])
      if laned.actors[at].role == names[at] { laned.actors[at].role = "" }
    }
    return laned
  }

  /// The flows of both waves, each with what became of it; nil where no waves are compared.
  static func changes(_ findings: Findings) -> ChainContents? {
    guard let table = findings.table("changes"), !table.rows.isEmpty else { return nil }
    var contents = ChainContents(findings)
    var indexOf: [String: Int] = [:]
    for (at, actor) in contents.actors.enumerated() { indexOf[actor.name] = at }
    let (from, to, what) = (table.texts("from"), table.texts("to"), table.texts("offering"))
    let (kinds, units, periods) = (table.texts("kind"), table.texts("unit"), table.texts("period"))
    let (before, after, status) = (table.numbers("before"), table.numbers("after"), table.texts("status"))
    contents.flows = table.rows.indices.compactMap { row in
      guard let a = indexOf[from[row]], let b = indexOf[to[row]], let change = FlowChange(rawValue: status[row])
      else { return nil }
      return ChainFlow(
        from: a, to: b, offering: what[row], kind: BandKind(kinds[row]), value: after[row] ?? before[row],
        unit: units[row], period: periods[row], isUnreciprocated: false, change: change, before: before[row])
    }
    return contents
  }
}
