/// What stays with each stage of the chain, within one unit and period of money.
struct ChainStages {
  let actors: ChainActors
  let flows: [ChainFlows.Flow]

  /// `stages(stage, actors, unit, period, money_in, money_out, margin, margin_share)`: money from outside the stage and to
  /// outside it; margin is their difference, its share that of the money that came in. Payments within a stage cancel.
  func table() -> FindingsTable {
    var table = FindingsTable(
      "stages", title: "What stays with each stage",
      columns: [
        .init("stage", .text), .init("actors", .integer), .init("unit", .text), .init("period", .text),
        .init("money_in"), .init("money_out"), .init("margin", .signed), .init("margin_share", .share),
      ])
    let order = StageOrder(actors.actors.compactMap(\.stage)).stages
    let measures = distinct(flows.filter { $0.kind == .money && $0.value != nil }.map { [$0.unit, $0.period] })
    for measure in measures {
      let paid = flows.filter { $0.kind == .money && $0.value != nil && [$0.unit, $0.period] == measure }
      for stage in order {
        let members = Set(actors.actors.indices.filter { actors.actors[$0].stage == stage })
        let incoming = paid.filter { members.contains($0.to) && !members.contains($0.from) }
        let outgoing = paid.filter { members.contains($0.from) && !members.contains($0.to) }
        guard !incoming.isEmpty || !outgoing.isEmpty else { continue }
        let gets = incoming.reduce(0) { $0 + ($1.value ?? 0) }
        let gives = outgoing.reduce(0) { $0 + ($1.value ?? 0) }
        table.add([
          .text(StageOrder.Label(stage).name), .integer(members.count), Value(measure[0]), Value(measure[1]),
          Value(gets), Value(gives), Value(gets - gives), gets > 0 ? Value((gets - gives) / gets) : .missing,
        ])
      }
    }
    return table
  }
}
