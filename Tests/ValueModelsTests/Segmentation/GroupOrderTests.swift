import Testing

@testable import ValueModels

@Suite struct GroupOrderTests {
  private let csv: String = {
    var lines = ["step,score"]
    for i in 0..<12 { lines.append("never,\(i % 3)") }
    for i in 0..<20 { lines.append("perhaps,\(3 + i % 3)") }
    for i in 0..<15 { lines.append("ordered,\(7 + i % 3)") }
    return lines.joined(separator: "\n") + "\n"
  }()

  private func order(_ settings: String) throws -> [String] {
    try asking(segmentProfileKind, "group: step\n" + settings, csv).findings().table("segments")?.texts("segment") ?? []
  }

  @Test func groupsStandAsAsked() throws {
    #expect(try order("") == ["perhaps", "ordered", "never"])
    #expect(try order("order: size") == ["perhaps", "ordered", "never"])
    #expect(try order("order: data") == ["never", "perhaps", "ordered"])
    #expect(try order("order: score") == ["never", "perhaps", "ordered"])
    #expect(try order("order: step") == ["never", "ordered", "perhaps"])
    #expect(try order("order: column") == ["never", "ordered", "perhaps"])
    #expect(try order("order: [ordered, never]") == ["ordered", "never", "perhaps"])
  }

  @Test func numbersStandInTheirOwnOrder() throws {
    let numbers = "g,v\n" + (0..<60).map { "\([10, 9, 9][$0 % 3]),\($0 % 5)\n" }.joined()
    let found = try asking(segmentProfileKind, "group: g\norder: g", numbers).findings()
    #expect(found.table("segments")?.texts("segment") == ["9", "10"])
  }

  @Test func groupsHaveOtherNames() throws {
    let found = try asking(segmentProfileKind, "group: step\nnames: {never: Not for them}", csv).findings()
    let segments = try #require(found.table("segments"))
    #expect(segments.texts("segment")[2] == "never" && segments.texts("name")[2] == "Not for them")
    #expect(segments.texts("slug")[2] == "not-for-them")
    #expect(segments.texts("letter") == ["A", "B", "C"])
  }

  @Test func whatIsNotThereIsRefused() {
    func faults(_ settings: String) -> [String] { asking(segmentProfileKind, "group: step\n" + settings, csv).faults() }
    #expect(faults("order: colour") == ["valuemap.yaml:3:8 analysis.unknown-column"])
    #expect(faults("order: [never, perhap]") == ["valuemap.yaml:3:16 analysis.unknown-value"])
    #expect(faults("order: [never, never]") == ["valuemap.yaml:3:16 settings.repeated-name"])
    #expect(faults("names: {nevr: x}") == ["valuemap.yaml:3:9 analysis.unknown-value"])
    #expect(faults("names: {never: ordered}") == ["valuemap.yaml:3:8 settings.repeated-name"])
    #expect(faults("letters: tukey") == ["valuemap.yaml:3:10 settings.unknown-choice"])
    #expect(faults("typing: {questions: 0}") == ["valuemap.yaml:3:21 settings.out-of-range"])
  }
}
