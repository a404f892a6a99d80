import Diagnostics
import Statistics
import Tables

/// Customers in order, from the most likely to respond to those who never will.
package let responseLineKind = AnalysisKind(
  name: "response-line", family: "Segmentation",
  question: "Who is most likely to respond, and who never will?",
  tables: [
    .init(
      "data",
      "One row a customer contacted: whether they responded, and what was known of them before. Several rows of one customer stay on one side of a hold-out drawn by chance."
    )
  ],
  settings: [
    .init("customer", "customer", "Column that names the customer; never published."),
    .init("responded", "responded", "Column of whether they responded: two values, or more with 'positive'."),
    .init("positive", "1, yes, true", "The value, or values, that mean a response. Any other counts as none."),
    .init(
      "features", nil,
      "Columns known before a customer is contacted: numbers as they are, categories against their commonest level. Levels with fewer customers than the privacy limit are one level together. What is known only afterwards (how long the call took, what was bought) must not be among them."
    ),
    .init(
      "missing", "level",
      "Empty cells of categories: level (a level of their own) or drop (the row is left out). Rows without a number are left out."
    ),
    .init(
      "holdout", "0.3",
      "Customers the model does not see and is judged by: a share drawn by chance within outcome (and arm); {last: 0.3}, the last rows of the table; {last: 0.3, column: date}, the latest; {column: date, from: 2026-01-01}."
    ),
    .init("treatment", nil, "Column of who was contacted and who, by chance, was not: for uplift."),
    .init("treated", "all but control", "Its value, or values, for those contacted."),
    .init("control", "0, no, false", "Its value, or values, for those left alone."),
    .init("contact_cost", nil, "What contacting a customer costs: a number above 0, or a column."),
    .init("margin", nil, "What a response brings before that cost: a number above 0, or a column."),
    .init(
      "ridge", "auto",
      "Penalty λ: ½ λ Σ β², each column in its standard deviations, the intercept free. auto: 0, and 1 where responses are separated."
    ),
    .init("bootstrap", "500", "Resamples for the interval of the Qini coefficient; under 20 there is none."),
    .init(
      "publish_scores", nil,
      "File for each customer's probability, outside the site: a path relative to the study. A build writes it; it is never part of findings or site."
    ),
    .filter, .weight, .seed,
  ],
  facts: [
    .init("base", "Customers used."), .init("responders", "Those who responded."),
    .init("rate", "Their share, 0–1, weighted."),
    .init("training_base", "Customers the model learnt from."),
    .init("holdout_base", "Customers it is judged by; all facts below are of them."),
    .init("holdout_rate", "The share of them who responded."),
    .init("auc", "P(one who responded stands before one who did not), 0–1; with auc_lower and auc_upper (DeLong)."),
    .init(
      "ks", "Largest distance between the distributions of scores of those who responded and those who did not, 0–1."),
    .init("lift_top_decile", "Rate in the first tenth over the rate of all."),
    .init("gain_top_fifth", "Share of those who responded that the first fifth holds, 0–1."),
    .init(
      "calibration_intercept", "Log odds by which responses were commoner than foretold; 0 where the level is right."),
    .init("calibration_slope", "What differences foretold are worth: 1 where right, less where too much was said."),
    .init("hosmer_lemeshow", "p-value of the test that rates are as foretold, by tenths."),
    .init("break_even", "Cost over margin, 0–1."),
    .init("contact_share", "Share of customers whose probability reaches break-even, 0–1."),
    .init("never_share", "Share at the end of the line where contacting never pays, 0–1."),
    .init("profit_of_contacts", "What those who reach break-even brought in, less their cost."),
    .init("profit_of_all", "The same, had all been contacted."),
    .init(
      "effect",
      "Share of the treated who responded less that of the controls, all rows; with effect_lower and effect_upper."),
    .init(
      "qini", "Qini coefficient, 1 for the best ranking by uplift, 0 for a random one; with qini_lower and qini_upper."),
    .init("qini_area", "Area between Qini curve and random line: responses gained per treated customer."),
    .init("uplift_contact_share", "Share of customers whose predicted uplift reaches break-even, 0–1."),
  ],
  findings: [
    .init(
      "deciles",
      "A row a tenth of the customers held out: decile, customers, responders, rate, lower, upper, lift, cumulative_gain, predicted."
    ),
    .init("line", "The same in finer bins, with the zone of each: contact, perhaps, never."),
    .init(
      "coefficients",
      "A row a term: estimate, standard_error, z, p_value, odds_ratio with its limits; empty where a term follows from those before it."
    ),
    .init("depth", "A row a twentieth: what contacting down to there was expected to bring, and brought."),
    .init("uplift", "A row a tenth by predicted uplift: rates of treated and control, their difference with limits."),
    .init("groups", "Persuadables, sure things, lost causes, do not disturb."),
    .init("qini", "The Qini curve."),
  ],
  figures: [
    .init("line", "Customers in order on one line, cut at break-even."),
    .init("gains", "The share of responders that each share of customers holds."),
    .init("lift", "Rates by tenth, with intervals."),
    .init("calibration", "What was foretold against what happened."),
    .init("uplift", "Treated against control, by predicted uplift."),
    .init("qini", "Responses gained by share contacted."),
  ],
  references: [
    "McCullagh & Nelder 1989 (logistic regression)", "Albert & Anderson 1984 (separation)",
    "le Cessie & van Houwelingen 1992 (ridge)", "DeLong, DeLong & Clarke-Pearson 1988 (AUC)",
    "Cox 1958; Hosmer & Lemeshow 2013 (calibration)", "Wilson 1927; Newcombe 1998 (intervals)",
    "Radcliffe 2007 (uplift, Qini)", "Radcliffe & Surry 1999 (four groups)",
  ],
  addsUp: true, compute: responseLine, privateFile: responseScores)

@Sendable private func responseLine(_ input: AnalysisInput) throws(Rejection) -> Findings {
  var work = Groundwork(input, responseLineKind)
  let settings = ResponseLineSettings(&work)
  try work.check()
  guard let settings else { throw work.unexplained }
  var found = ResponseLineFindings(work, settings)
  return try found.findings()
}
