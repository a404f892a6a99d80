import Testing

@testable import ValueModels

/// What is refused, and where the message points.
@Suite struct SegmentationErrorTests {
  private let people = SegmentationTests.people

  private func faults(_ settings: String, _ csv: String? = nil) -> [String] {
    asking(segmentationKind, settings, csv ?? people).faults()
  }

  @Test func aVariableWithoutVariance() {
    let csv = people.replacing("Ulm", with: "1").replacing("Bonn", with: "1")
    #expect(
      faults("variables: [price, city]", csv) == ["valuemap.yaml:2:20 analysis.no-variance"])
    #expect(
      asking(segmentationKind, "variables: [price, city]", csv).refusals().first?.message.contains("'city'") == true)
  }

  @Test func moreSegmentsThanRowsThatDiffer() {
    #expect(
      faults("variables: [a, b]\nsegments: 5", "a,b\n" + String(repeating: "1,2\n2,1\n3,3\n1,1\n", count: 9))
        == ["valuemap.yaml:3:11 analysis.too-few-distinct-rows"])
  }

  @Test func tooFewRows() {
    #expect(
      faults("variables: [price, quality]\nsegments: 3", "price,quality\n1,2\n2,1\n")
        == ["valuemap.yaml:3:11 analysis.too-few-rows"])
  }

  @Test func nothingButEmptyCells() {
    #expect(
      faults("variables: [price, quality]", "price,quality\n1,\n2,\n3,\n")
        == ["valuemap.yaml:2:12 analysis.no-rows"])
  }

  @Test func columnsThatAreNotThereAndTextWhereNumbersAreNeeded() {
    #expect(
      faults("variables: [prise, city]\ndescribe: [town]") == [
        "data/data.csv:2:15 analysis.not-a-number", "valuemap.yaml:2:13 analysis.unknown-column",
        "valuemap.yaml:3:12 analysis.unknown-column",
      ])
  }

  @Test func settingsOutOfRange() {
    #expect(faults("segments: 1\nvariables: [price]") == ["valuemap.yaml:2:11 settings.wrong-type"])
    #expect(faults("segments: [4, 2]\nvariables: [price]") == ["valuemap.yaml:2:11 settings.wrong-type"])
    #expect(faults("standardize: row\nvariables: [price]") == ["valuemap.yaml:2:14 settings.unknown-choice"])
    #expect(faults("metod: ward\nvariables: [price]") == ["valuemap.yaml:2:1 settings.unknown-key"])
    #expect(
      faults("segments: 2\nnames: {3: a, x: b, 1: c, 2: c}\nvariables: [price]") == [
        "valuemap.yaml:3:9 settings.wrong-type", "valuemap.yaml:3:15 settings.wrong-type",
        "valuemap.yaml:3:30 settings.repeated-name",
      ])
  }

  @Test func oneVariableHasNoPatternWithinAPerson() {
    #expect(
      faults("variables: [price]\nstandardize: within-person") == ["valuemap.yaml:3:14 analysis.too-few-variables"])
  }

  @Test func aRespondentWithTwoRows() {
    #expect(
      faults("respondent: id\nvariables: [price]", people + "7,1,2,3,Ulm\n")
        == ["data/data.csv:34:1 analysis.repeated-respondent"])
  }

  @Test func valuesTooFarApart() {
    let csv = "a,b\n1e308,1\n-1e308,2\n1,3\n2,5\n"
    for way in ["none", "columns", "within-person"] {
      #expect(
        faults("variables: [a, b]\nstandardize: \(way)", csv) == ["valuemap.yaml:2:13 analysis.not-computable"])
    }
  }

  @Test func groupsThatAreNone() {
    func profile(_ settings: String, _ csv: String) -> [String] { asking(segmentProfileKind, settings, csv).faults() }
    #expect(profile("group: g", "g,x\na,1\na,2\n") == ["valuemap.yaml:2:8 analysis.one-group"])
    #expect(profile("group: g", "g,x\n,1\n,2\n") == ["valuemap.yaml:2:8 analysis.no-rows"])
    #expect(profile("", "g,x\na,1\nb,2\n") == ["valuemap.yaml:1:1 settings.missing"])
    let many = (0..<50).map { "\($0),\($0 % 3)" }.joined(separator: "\n")
    #expect(profile("group: g", "g,x\n\(many)\n") == ["valuemap.yaml:2:8 analysis.too-many-groups"])
    #expect(profile("group: g", "g\na\nb\n") == ["valuemap.yaml:1:1 analysis.no-variables"])
  }

  /// What is impossible for one method of numbers is so for the others, and points at the same place.
  @Test(arguments: ["ward", "gaussian-mixture"]) func everyMethodOfNumbersRefusesAlike(_ method: String) {
    let constant = people.replacing("Ulm", with: "1").replacing("Bonn", with: "1")
    #expect(
      faults("variables: [price, city]\nmethod: \(method)", constant) == ["valuemap.yaml:2:20 analysis.no-variance"])
    #expect(
      faults(
        "variables: [a, b]\nsegments: 5\nmethod: \(method)",
        "a,b\n" + String(repeating: "1,2\n2,1\n3,3\n1,1\n", count: 9))
        == ["valuemap.yaml:3:11 analysis.too-few-distinct-rows"])
    #expect(
      faults("variables: [price, quality]\nmethod: \(method)", "price,quality\n1,\n2,\n3,\n")
        == ["valuemap.yaml:2:12 analysis.no-rows"])
    #expect(
      faults(
        "variables: [a, b]\nweight: w\nmethod: \(method)",
        "a,b,w\n" + (0..<30).map { "\($0 % 7),\($0 % 5),\($0 == 8 ? "-1" : "1")\n" }.joined()
      ).map { $0.split(separator: " ")[0] } == ["data/data.csv:10:5"])
  }

  /// A person far from all others is a group of one: said by the methods that form it, refused by mixtures.
  @Test func aGroupOfOneIsSaid() throws {
    let csv = "a,b\n" + (0..<30).map { "\($0 % 7),\($0 * 3 % 11)\n" }.joined() + "900,900\n"
    for method in ["k-means", "ward"] {
      let found = try asking(
        segmentationKind, "variables: [a, b]\nsegments: 2\nstability: 0\ntyping: false\nmethod: \(method)", csv
      ).findings()
      #expect(found.cautions.contains { $0.id == "segment-of-one" })
    }
    let mixture = asking(
      segmentationKind,
      "variables: [a, b]\nsegments: 2\nstability: 0\ntyping: false\nmethod: gaussian-mixture\ncovariance: VVV", csv
    ).refusals()
    #expect(mixture.allSatisfy { $0.id == "analysis.not-computable" })
  }
}
