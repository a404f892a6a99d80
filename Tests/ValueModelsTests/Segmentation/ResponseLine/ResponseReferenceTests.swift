import FoundationEssentials
import Testing

@testable import ValueModels

/// Real data beside the checkout against R; see `Reference/response-line/make.R`. Skipped where the data are missing.
@Suite(.enabled(if: SharedStudies.isThere)) struct ResponseReferenceTests {
  private struct Fit: Decodable {
    var terms: [String]
    var estimate: [Double]
    var standard_error: [Double]
    var z: [Double]
    var train: Double
    var held: Double
    var auc: Double
    var auc_lower: Double
    var auc_upper: Double
    var ks: Double
    var responders: [Double]
    var customers: [Double]
    var contact: Double
  }
  private struct Expected: Decodable {
    var bank: Fit
    var telco: Fit
  }

  private func expected() throws -> Expected {
    try JSONDecoder().decode(
      Expected.self, from: Data(referenceText("response-line/real.expected.json").utf8))
  }

  private func expect(_ found: Findings, is expected: Fit, tiesAt: Double = 0) throws {
    let table = try #require(found.table("coefficients"))
    var seen = 0
    for row in table.rows {
      let cells = Dictionary(uniqueKeysWithValues: zip(table.columns.map(\.name), row))
      // R joins a feature and its level without a sign between.
      let name = (cells["term"]?.text ?? "").replacing(": ", with: "")
      guard let estimate = cells["estimate"]?.number else { continue }
      guard let at = expected.terms.firstIndex(of: name) else {
        Issue.record("R has no term \(name)")
        continue
      }
      seen += 1
      #expect(isClose(estimate, expected.estimate[at]), "\(name)")
      #expect(isClose(cells["standard_error"]?.number, expected.standard_error[at]), "\(name)")
      #expect(isClose(cells["z"]?.number, expected.z[at], 1e-7), "\(name)")
    }
    #expect(seen == expected.terms.count)
    #expect(found.number("training_base") == expected.train && found.number("holdout_base") == expected.held)
    for (name, value) in [
      ("auc", expected.auc), ("auc_lower", expected.auc_lower), ("auc_upper", expected.auc_upper), ("ks", expected.ks),
    ] {
      #expect(isClose(found.number(name), value), "\(name)")
    }
    let deciles = try #require(found.table("deciles"))
    #expect(deciles.numbers("customers") == expected.customers)
    // Equal scores at a border may fall to either side.
    for (own, theirs) in zip(deciles.numbers("responders"), expected.responders) {
      #expect(abs((own ?? .nan) - theirs) <= tiesAt)
    }
  }

  @Test func `bank calls, the last three tenths held out`() throws {
    let found = try asking(
      responseLineKind,
      """
      customer: client_id
      responded: y
      positive: "yes"
      features: [age, job, marital, education, default, balance, housing, loan, contact, month, campaign, pdays, previous, poutcome]
      holdout: {last: 0.3}
      contact_cost: 4
      margin: 50
      """, SharedStudies.text("bank-calls/content/data/bank_marketing.csv")
    ).findings()
    let theirs = try expected().bank
    try expect(found, is: theirs, tiesAt: 2)
    #expect(found.number("base") == 45_211 && found.number("responders") == 5_289)
    #expect(found.number("break_even") == 0.08)
    #expect(isClose(found.number("contact_share"), theirs.contact))
    #expect(found.cautions.contains { $0.id == "calibration-level" })
    #expect(found.cautions.contains { $0.id == "unseen-level" && $0.rows == ["month"] })
  }

  @Test func `telco, dummies that repeat each other`() throws {
    let text = SharedStudies.text("telco/content/data/telco_churn.csv")
    let header = text.split(separator: "\n", maxSplits: 1)[0].split(separator: ",").map(String.init)
    let features = header.filter { $0 != "customer_id" && $0 != "churn" }
    let found = try asking(
      responseLineKind,
      "customer: customer_id\nresponded: churn\nfeatures: [\(features.joined(separator: ", "))]\nholdout: {last: 0.3}",
      text
    ).findings()
    try expect(found, is: try expected().telco, tiesAt: 2)
    #expect(found.data[0].dropped == 11)
    #expect(found.cautions.contains { $0.id == "aliased-terms" })
  }

  @Test func `women's e-mail, effect by hand`() throws {
    let found = try asking(
      responseLineKind,
      """
      where: {treatment: ["Womens E-Mail", "No E-Mail"]}
      customer: customer_id
      responded: visit
      treatment: treatment
      treated: ["Womens E-Mail"]
      control: "No E-Mail"
      features: [recency_months, history_spend, mens, womens, zip_code, newbie, channel]
      bootstrap: 50
      """, SharedStudies.text("email-test/content/data/email_campaign_test.csv")
    ).findings()
    #expect(found.number("base") == 42_693)
    #expect(isClose(found.number("effect"), 3238.0 / 21_387 - 2262.0 / 21_306))
    #expect(found.table("uplift")?.rows.count == 10)
  }
}
