import Diagnostics

/// What are customers worth through those they bring? (`analyses.md` §7)
let referralValueKind = AnalysisKind(
  name: "referral-value", family: "ValueChain", question: "What are customers worth through those they bring?",
  tables: [
    .init(
      "data",
      "A row a customer, or one a customer and year: customer, referrals_type1 (came only because of the referral), "
        + "referrals_type2 (would have come anyway), margin, acquisition_cost, and where known referral_cost, year, "
        + "influenced, influence_value, and the lifetime value of the customer.")
  ],
  settings: [
    .init("customer", "customer", "Column that tells customers apart."),
    .init("type1", "referrals_type1", "Column: referrals that would not have come otherwise, 0 or more."),
    .init("type2", "referrals_type2", "Column: referrals that would have come anyway, 0 or more; none where absent."),
    .init("margin", "margin", "Column: margin of one such referral in the year, less what keeps it."),
    .init("referral_cost", "referral_cost", "Column: what one referral costs (a reward); 0 where absent."),
    .init("acquisition_cost", "acquisition_cost", "Column: acquisition cost that one referral saves."),
    .init("year", "year", "Column: years from now in which the referrals come, 0 or more; 1 where absent."),
    .init("discount", "0.1", "Rate per year at which later years count less, 0–1."),
    .init(
      "influenced", "influenced", "Column: customers moved by this one's word without a referral; none where absent."),
    .init("influence_value", "influence_value", "Column: margin of one customer so moved, in the year."),
    .init("lifetime", "clv", "Column: the customer's own lifetime value; without it there are no groups."),
    .init(
      "cut", "median", "Where high begins in both values, above the least of them: median or mean of the customers."),
    .filter,
    .seed,
  ],
  facts: [
    .init("customers", "Customers."),
    .init("referrers", "Customers with a referral."),
    .init("referrals", "Referrals of both types."),
    .init("crv_total", "Customer referral value of all, discounted."),
    .init("crv_mean", "The same for one customer."),
    .init("crv_top_decile", "Share of the tenth of customers with the highest referral value, 0–1."),
    .init("civ_total", "Customer influence value of all, discounted."),
    .init("clv_total", "Lifetime value of all."),
    .init("correlation", "Pearson's correlation of lifetime and referral value."),
    .init("cut_clv", "Lifetime value from which on it counts as high."),
    .init("cut_crv", "Referral value from which on it counts as high."),
  ],
  findings: [
    .init("deciles", "decile, customers, crv, crv_share, cumulative, clv: from the highest referral value down"),
    .init(
      "groups",
      "group (champions, affluents, advocates, misers), slug, customers, share, clv, crv, clv_share, crv_share, action"),
  ],
  figures: [
    .init("groups", "Lifetime value by referral value: four groups, with what each is worth."),
    .init("deciles", "Referral value by tenths of the customers."),
  ],
  references: [
    "Kumar, V., Petersen, J. A. & Leone, R. P. (2007). How valuable is word of mouth? Harvard Business Review 85(10), 139–146.",
    "Kumar, V., Aksoy, L., Donkers, B., Venkatesan, R., Wiesel, T. & Tillmanns, S. (2010). Undervalued or overvalued customers: capturing total customer engagement value. Journal of Service Research 13(3), 297–310.",
  ],
  compute: computeReferralValue)

private func computeReferralValue(_ input: AnalysisInput) throws(Rejection) -> Findings {
  var ground = Groundwork(input, referralValueKind)
  guard var rows = ground.rows("data") else {
    try ground.check()
    throw ground.unexplained
  }
  let discount = ground.number("discount", standard: 0.1, in: 0...1) ?? 0.1
  let cut = ground.choice("cut", among: ["median", "mean"], standard: "median")
  _ = ground.integer("seed", standard: 1, in: 0...Int.max)
  ground.applyWhere(to: &rows)
  let values = ReferralValues(&rows, discount: discount, &ground)
  try ground.check()
  guard let values else { throw ground.unexplained }
  return values.findings(rows, cut: cut, discount: discount, &ground)
}
