import Statistics

extension ReferralValues {
  /// Facts and tables; groups and tenths only, nobody singly.
  func findings(_ rows: SourceRows, cut: String, discount: Double, _ ground: inout Groundwork) -> Findings {
    let least = ground.input.privacy.suppressBelow
    var cuts: (clv: Double, crv: Double)?
    if let clv { cuts = cut == "mean" ? (mean(clv), mean(crv)) : (median(clv), median(crv)) }
    if clv == nil {
      ground.cautions.append(
        Caution(
          "no-lifetime-value", "Without lifetime values customers have no groups; name their column with 'lifetime'"))
    }
    // Sums of a few, or of a crowd in which only a few bring anybody, would tell what single customers are worth.
    let bringing = crv.count { $0 != 0 }
    let tellsCrv = crv.count >= least && (bringing == 0 || bringing >= least)
    let bins = !tellsCrv ? 0 : crv.count / 10 >= least ? 10 : crv.count / 4 >= least ? 4 : 0
    if !tellsCrv {
      ground.cautions.append(
        Caution(
          "suppressed",
          crv.count < least
            ? "Values of fewer than \(least) customers are not shown"
            : "Fewer than \(least) customers have a referral value: sums of it are not shown"))
    } else if bins < 10 {
      ground.cautions.append(
        Caution(
          "small-base",
          bins == 0 ? "Too few customers to show parts of them" : "Too few customers for tenths: quarters are shown"))
    }
    let groups = groupTable(cuts, least: least, tellsCrv: tellsCrv)
    if tellsCrv, groups.rows.contains(where: { $0[2].isMissing }) {
      ground.cautions.append(
        Caution(
          "suppressed",
          "Groups of fewer than \(least) customers, and one more so that none can be had by subtraction, are not shown")
      )
    }
    var findings = ground.findings(
      summary:
        "Referral value of \(crv.count) customers, later years discounted by \(canonical(discount * 100)) % a year",
      baseOf: "customers", data: [rows])
    let order = crv.indices.sorted { (-crv[$0], $0) < (-crv[$1], $1) }
    let total = crv.reduce(0, +)
    findings.facts = [
      Fact("customers", crv.count), Fact("base", crv.count),
      Fact("referrers", tellsCrv ? .integer(referrals.count { $0 > 0 }) : .missing),
      Fact("referrals", tellsCrv ? Value(referrals.reduce(0, +)) : .missing),
      Fact("crv_total", tellsCrv ? Value(total) : .missing),
      Fact("crv_mean", tellsCrv ? Value(total / Double(crv.count)) : .missing),
    ]
    if tellsCrv, total > 0, bins == 10 {
      let top = order.prefix(crv.count / 10).reduce(0) { $0 + crv[$1] }
      findings.facts.append(Fact("crv_top_decile", top / total, .share))
    }
    if let civ, crv.count >= least, civ.allSatisfy({ $0 == 0 }) || civ.count(where: { $0 != 0 }) >= least {
      findings.facts.append(Fact("civ_total", civ.reduce(0, +)))
    }
    if let clv, let cuts, crv.count >= least {
      findings.facts += [
        Fact("clv_total", clv.reduce(0, +)), Fact("cut_clv", cuts.clv),
      ]
      if tellsCrv {
        findings.facts += [
          Fact("correlation", correlation(clv, crv)), Fact("cut_crv", cuts.crv),
        ]
      }
    }
    findings.tables = [decileTable(order, bins)]
    if clv != nil { findings.tables.append(groups) }
    return findings
  }

  private func decileTable(_ order: [Int], _ bins: Int) -> FindingsTable {
    var table = FindingsTable(
      "deciles", title: "Referral value, from the customers who bring most",
      columns: [
        .init("decile", .integer), .init("customers", .integer), .init("crv"), .init("crv_share", .share),
        .init("cumulative", .share), .init("clv"),
      ])
    guard bins > 0 else { return table }
    let total = crv.reduce(0, +)
    var running = 0.0
    for bin in 0..<bins {
      let members = order[(bin * order.count / bins)..<((bin + 1) * order.count / bins)]
      let sum = members.reduce(0) { $0 + crv[$1] }
      running += sum
      table.add([
        .integer(bin + 1), .integer(members.count), Value(sum), total > 0 ? Value(sum / total) : .missing,
        total > 0 ? Value(running / total) : .missing, Value(clv.map { clv in members.reduce(0) { $0 + clv[$1] } }),
      ])
    }
    return table
  }

  /// - Parameter tellsCrv: Whether referral values may be told at all; without, every group is hidden.
  private func groupTable(_ cuts: (clv: Double, crv: Double)?, least: Int, tellsCrv: Bool) -> FindingsTable {
    var table = FindingsTable(
      "groups", title: "Lifetime value by referral value",
      columns: [
        .init("group", .text), .init("slug", .text), .init("customers", .integer), .init("share", .share), .init("clv"),
        .init("crv"), .init("clv_share", .share), .init("crv_share", .share), .init("action", .text),
      ])
    guard let cuts, let clv else { return table }
    let names: [(name: String, highLife: Bool, highReferral: Bool, action: String)] = [
      ("champions", true, true, "keep, and thank them for both"),
      ("affluents", true, false, "buy much, bring few: ask them to recommend"),
      ("advocates", false, true, "bring many, buy little: sell them more"),
      ("misers", false, false, "neither: offer a reason for one of both"),
    ]
    // Where most customers bring nobody the median is nothing, and nobody is high for bringing nobody: what is high lies
    // above the least value as well.
    let (leastLife, leastReferral) = (clv.min() ?? 0, crv.min() ?? 0)
    let members = names.map { group in
      crv.indices.filter {
        (clv[$0] >= cuts.clv && clv[$0] > leastLife) == group.highLife
          && (crv[$0] >= cuts.crv && crv[$0] > leastReferral) == group.highReferral
      }
    }
    let hidden =
      tellsCrv
      ? Suppression(below: least).hidden(members.map(\.count)) : members.map { _ in true }
    let (allClv, allCrv) = (clv.reduce(0, +), crv.reduce(0, +))
    for (at, group) in names.enumerated() {
      guard !hidden[at] else {
        table.add(
          [.text(group.name), .text(group.name)] + [Value](repeating: .missing, count: 6) + [.text(group.action)])
        continue
      }
      let life = members[at].reduce(0) { $0 + clv[$1] }
      let brought = members[at].reduce(0) { $0 + crv[$1] }
      table.add([
        .text(group.name), .text(group.name), .integer(members[at].count),
        Value(Double(members[at].count) / Double(crv.count)), Value(life), Value(brought),
        allClv > 0 ? Value(life / allClv) : .missing, allCrv > 0 ? Value(brought / allCrv) : .missing,
        .text(group.action),
      ])
    }
    return table
  }
}

private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

private func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  guard let last = sorted.last else { return 0 }
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : middle > 0 ? (sorted[middle - 1] + sorted[middle]) / 2 : last
}

private func correlation(_ a: [Double], _ b: [Double]) -> Double {
  let (p, q) = (mean(a), mean(b))
  var (ab, aa, bb) = (0.0, 0.0, 0.0)
  for (x, y) in zip(a, b) {
    ab += (x - p) * (y - q)
    aa += (x - p) * (x - p)
    bb += (y - q) * (y - q)
  }
  return aa > 0 && bb > 0 ? ab / (aa * bb).squareRoot() : .nan
}
