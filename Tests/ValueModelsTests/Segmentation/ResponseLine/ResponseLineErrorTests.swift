import Testing

@testable import ValueModels

/// What is refused, and where the message points.
@Suite struct ResponseLineErrorTests {
  private func faults(_ settings: String, _ csv: String? = nil) -> [String] {
    ResponseInput.asking(settings, csv ?? ResponseInput.csv(400)).faults()
  }
  private let plain = ResponseInput.plain

  @Test func `what must be named`() {
    #expect(
      faults("customer: client") == [
        "valuemap.yaml:1:1 settings.missing", "valuemap.yaml:1:1 settings.missing",
      ])
    #expect(faults("responded: sad\n\(ResponseInput.features)") == ["valuemap.yaml:2:12 analysis.unknown-column"])
  }

  @Test func `responses have two values`() {
    let three = ResponseInput.csv(400) { i, cells in if i % 5 == 0 { cells[6] = "perhaps" } }
    #expect(faults(plain, three) == ["valuemap.yaml:3:12 analysis.unclear-response"])
    let message = ResponseInput.asking(plain, three).refusals()[0].message
    #expect(message.contains("'no'") && message.contains("'yes'") && message.contains("'perhaps'"))
    let both = ResponseInput.csv(400) { i, cells in cells[6] = i % 2 == 0 ? "1" : "yes" }
    #expect(faults(plain, both) == ["valuemap.yaml:3:12 analysis.unclear-response"])
    let none = ResponseInput.csv(400) { i, cells in cells[6] = i % 2 == 0 ? "ja" : "nein" }
    #expect(faults(plain, none) == ["valuemap.yaml:3:12 analysis.unclear-response"])
    #expect(faults(plain + "positive: oui", none) == ["valuemap.yaml:5:11 analysis.unknown-value"])
    #expect(faults(plain, ResponseInput.csv(400) { $1[6] = "yes" }) == ["valuemap.yaml:3:12 analysis.unclear-response"])
    #expect(faults(plain + "positive: yes", three).isEmpty)
  }

  @Test func `treatment without control`() {
    #expect(faults(plain + "treatment: letter") == ["valuemap.yaml:5:12 analysis.no-control"])
    #expect(faults(plain + "treatment: letter\ntreated: letter") == ["valuemap.yaml:6:10 analysis.no-control"])
    #expect(
      faults(plain + "treatment: letter\ntreated: letter\ncontrol: nobody")
        == ["valuemap.yaml:7:10 analysis.unknown-value"])
    #expect(
      faults(plain + "treatment: letter\ntreated: letter\ncontrol: letter")
        == ["valuemap.yaml:7:10 analysis.no-control"])
    #expect(faults(plain + "control: none") == ["valuemap.yaml:5:10 settings.missing"])
  }

  @Test func `features that cannot be`() {
    let head = "customer: client\nresponded: said\n"
    #expect(faults(head + "features: [orders, said]") == ["valuemap.yaml:4:20 analysis.feature-taken"])
    #expect(faults(head + "features: [client, orders]") == ["valuemap.yaml:4:12 analysis.feature-taken"])
    #expect(faults("responded: said\nfeatures: [client, orders]") == ["valuemap.yaml:3:12 analysis.not-a-feature"])
    #expect(faults(head + "features: [orders, day]") == ["valuemap.yaml:4:20 analysis.not-a-feature"])
    #expect(
      faults(head + "features: [orders, town]", ResponseInput.csv(400) { $1[4] = "Aston" })
        == ["valuemap.yaml:4:20 analysis.no-variance"])
    #expect(
      faults(head + "features: orders", ResponseInput.csv(400) { $1[2] = "3" })
        == ["valuemap.yaml:4:11 analysis.no-variance"])
    #expect(
      faults(head + "features: [orders, town]", ResponseInput.csv(400) { i, cells in cells[2] = "\(i)" })
        == ["valuemap.yaml:4:12 analysis.not-a-feature"])
    #expect(faults(head + "features: []") == ["valuemap.yaml:4:11 analysis.no-variables"])
  }

  @Test func `costs and margins are above 0`() {
    #expect(
      faults(plain + "contact_cost: 0\nmargin: -3") == [
        "valuemap.yaml:5:15 settings.out-of-range", "valuemap.yaml:6:9 settings.out-of-range",
      ])
    #expect(
      faults("responded: said\nfeatures: [months]\ncontact_cost: 1\nmargin: orders").first?.hasSuffix(
        "analysis.amount-not-positive") == true)
    #expect(
      faults("responded: said\nfeatures: [months]\ncontact_cost: town") == ["data/data.csv:2:19 analysis.not-a-number"])
    #expect(faults(plain + "contact_cost: prise\nmargin: 1") == ["valuemap.yaml:5:15 analysis.unknown-column"])
  }

  @Test func `holdout out of range`() {
    #expect(faults(plain + "holdout: 1.2") == ["valuemap.yaml:5:10 settings.out-of-range"])
    #expect(faults(plain + "holdout: 0") == ["valuemap.yaml:5:10 settings.out-of-range"])
    #expect(faults(plain + "holdout: {last: 0.99}") == ["valuemap.yaml:5:17 settings.out-of-range"])
    #expect(
      faults(plain + "holdout: {lest: 0.3}") == [
        "valuemap.yaml:5:10 settings.wrong-type", "valuemap.yaml:5:11 settings.unknown-key",
      ])
    #expect(faults(plain + "holdout: {column: day}") == ["valuemap.yaml:5:10 settings.wrong-type"])
    #expect(faults(plain + "holdout: {column: day, from: later}") == ["valuemap.yaml:5:30 settings.wrong-type"])
    #expect(faults(plain + "holdout: {column: town, from: x}") == ["data/data.csv:2:19 analysis.not-a-time"])
    #expect(faults(plain + "holdout: {column: day, from: 2030-01-01}") == ["valuemap.yaml:5:10 analysis.empty-holdout"])
    #expect(faults(plain + "holdout: {column: day, from: 2020-01-01}") == ["valuemap.yaml:5:10 analysis.empty-holdout"])
  }

  @Test func `everything wrong at once`() {
    #expect(
      faults("customer: clients\nresponded: said\nfeatures: [order]\nholdout: 7\nmargin: 0\nwheight: x").count == 5)
  }
}
