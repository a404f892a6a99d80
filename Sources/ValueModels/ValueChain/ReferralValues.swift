import Diagnostics
import Glibc
import Tables

/// Referral and influence value of every customer (Kumar et al. 2007, 2010); stays inside the program.
///
/// CRV = Σ over years of [n₁ (margin − referral cost + saved acquisition cost) + n₂ × saved acquisition cost] / (1 + r)ᵗ;
/// CIV = Σ over years of influenced × influence value / (1 + r)ᵗ.
struct ReferralValues {
  /// One a customer, in order of first appearance.
  var crv: [Double] = []
  var civ: [Double]?
  /// Nil where there is no such column.
  var clv: [Double]?
  var referrals: [Double] = []

  init?(_ rows: inout SourceRows, discount: Double, _ ground: inout Groundwork) {
    let customer = ground.column("customer", in: rows, standard: "customer")
    let needed = ["type1", "margin", "acquisition_cost"].map { key in
      Self.column(key, &rows, &ground, isNeeded: true)
    }
    let optional = ["type2", "referral_cost", "year", "influenced", "influence_value", "lifetime"].map { key in
      Self.column(key, &rows, &ground, isNeeded: false)
    }
    guard let customer, let type1 = needed[0], let margin = needed[1], let saved = needed[2] else { return nil }
    if (optional[3] == nil) != (optional[4] == nil), !ground.hasErrors {
      ground.fail(
        "settings.missing", at: ground.input.position,
        "influence value needs both a column of customers influenced and one of what each is worth, and one was found")
    }
    rows.dropMissing(customer, as: "no customer")
    for column in [type1, margin, saved] + optional.compactMap({ $0 }) {
      rows.keep(orDropAs: "no value in '\(column.name)'") { !column.values[$0].isNaN }
    }
    for column in [type1] + [optional[0], optional[2], optional[3]].compactMap({ $0 }) {
      for row in rows.kept where column.values[row] < 0 {
        ground.failCell(
          "analysis.negative-value", rows, row, column.column,
          "'\(column.name)' is 0 or more, and \(canonical(column.values[row])) was found")
      }
    }
    let (codes, levels) = customer.codes()
    var place = [Int](repeating: -1, count: levels.count)
    for row in rows.kept {
      let code = Int(codes[row])
      guard code >= 0 else { continue }
      if place[code] < 0 {
        place[code] = crv.count
        crv.append(0)
        referrals.append(0)
        if optional[3] != nil { civ = (civ ?? []) + [0] }
        if let lifetime = optional[5] { clv = (clv ?? []) + [lifetime.values[row]] }
      }
      let at = place[code]
      let years = optional[2]?.values[row] ?? 1
      let factor = pow(1 + discount, -years)
      let second = optional[0]?.values[row] ?? 0
      let gain = margin.values[row] - (optional[1]?.values[row] ?? 0) + saved.values[row]
      crv[at] += (type1.values[row] * gain + second * saved.values[row]) * factor
      referrals[at] += type1.values[row] + second
      if let influenced = optional[3], let worth = optional[4] {
        civ?[at] += influenced.values[row] * worth.values[row] * factor
      }
      if let lifetime = optional[5], let before = clv?[at], before != lifetime.values[row] {
        ground.failCell(
          "analysis.two-lifetimes", rows, row, lifetime.column,
          "a customer has one lifetime value, and another stands on an earlier line of this customer")
      }
    }
    if crv.count < 2, !ground.hasErrors {
      ground.fail(
        "analysis.no-rows", at: rows.position,
        "referral value compares two customers or more, and \(crv.count) was found")
    }
    if !(crv + (civ ?? [])).allSatisfy(\.isFinite) {
      ground.fail(
        "analysis.not-computable", at: rows.position,
        "referral values are numbers that can be added, and these overflow")
    }
  }

  /// A numeric column and its values, by row of the table.
  private struct Numbers {
    var column: Column
    var values: [Double]
    var name: String { column.name }
  }

  private static func column(
    _ key: String, _ rows: inout SourceRows, _ ground: inout Groundwork, isNeeded: Bool
  ) -> Numbers? {
    let standard = referralValueKind.settings.first { $0.name == key }?.standard
    guard let column = ground.column(key, in: rows, standard: standard, isNeeded: isNeeded),
      let values = ground.numbers(column, in: rows, as: "column")
    else { return nil }
    return Numbers(column: column, values: values)
  }
}
