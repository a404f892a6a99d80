import Diagnostics
import Testing

@testable import Tables

@Suite struct ColumnTypeTests {
  /// The type and the cells of one column of these values.
  func found(_ values: [String], missing: [String] = []) -> (type: ColumnType?, cells: [String]) {
    let outcome = read("v,w\n" + values.map { "\($0),1\n" }.joined(), TableOptions(missing: missing))
    return (outcome["v"]?.type, outcome.cells.map { $0[0] })
  }

  @Test(arguments: [
    (["1", "0", "-5", "9223372036854775807"], ColumnType.integer),
    (["0", "1", "1"], .integer), (["", "3"], .integer), ([" 3", "4 "], .integer), (["1", "2.5"], .number),
    (["1e3", ".5", "5."], .number), (["-0.0", "1"], .number), (["0.12345678901234567890"], .number),
    (["true", "FALSE", "True"], .truth), (["yes", "no"], .category), (["true", "1"], .category),
    (["2026-02-28", "1999-12-31"], .date), (["2026-02-30", "2026-01-01"], .category),
    (["2026-01-01", "2026-13-01"], .category), (["2026-01-01T10:00", "2026-01-02T11:30"], .category),
    (["007", "008"], .category), (["1", "007"], .category), (["0x10", "1"], .category), (["1", "0x10"], .category),
    (["nan", "1"], .category), (["1", "inf"], .category), (["1e400"], .category), (["1_000"], .category),
    (["+49170", "1"], .category), (["12345678901234567890", "1"], .category),
    (["1,5".replacing(",", with: " ")], .category),
    (["'1", "2"], .category), (["−1", "2"], .category), (["", ""], .category), (["1", "true"], .category),
    (["2026-01-01", "5"], .category), (["00.5"], .category), (["0.5", "0"], .number), (["--1"], .category),
    (["-"], .category), (["."], .category), (["1e"], .category), (["1e+"], .category), (["e5"], .category),
    (["1 2"], .category), (["-9223372036854775808"], .category),
  ]) func typesAreFound(_ values: [String], _ type: ColumnType) { #expect(found(values).type == type) }

  @Test func theTextSurvivesWidening() {
    let values = ["007", "1.0", "1e3", "abc", "1.50"]
    #expect(found(Array(values[1...])) == (.category, Array(values[1...])))
    #expect(found(values) == (.category, values))
    #expect(found(["", "1.50", "x"]).cells == ["·", "1.50", "x"])
    #expect(found(["true", "maybe", "TRUE"]).cells == ["true", "maybe", "TRUE"])
    #expect(found(["2026-01-01", "soon"]).cells == ["2026-01-01", "soon"])
    #expect(found(["1", "2.25", "x", "3"]).cells == ["1", "2.25", "x", "3"])
  }

  @Test func severalColumnsAreReadAgainAtOnce() {
    let outcome = read("a,b,c\n1,1.0,2026-01-01\n2,x,2026-01-02\ny,2,z\n3,3,3\n")
    #expect(
      outcome.cells == [["1", "1.0", "2026-01-01"], ["2", "x", "2026-01-02"], ["y", "2", "z"], ["3", "3", "3"]])
    #expect(outcome["a"]?.firstNonNumeric == 2)
    #expect(outcome["b"]?.firstNonNumeric == 1)
    #expect(outcome["c"]?.firstNonNumeric == 0)
    #expect(outcome["c"]?.firstNonDate == 2)
    #expect(outcome["a"]?.firstNonDate == 0)
  }

  @Test func missingValues() {
    let outcome = read(
      "a,b,c\nNA,x, NA \n-99,NA,\n3,,2\n", TableOptions(missing: ["NA", "-99"]))
    #expect(outcome.cells == [["·", "x", "·"], ["·", "·", "·"], ["3", "·", "2"]])
    #expect(outcome.columns?.map(\.missingCount) == [2, 2, 2])
    #expect(outcome["a"]?.type == .integer)
    #expect(outcome["a"]?.numbers()[2] == 3)
    #expect(outcome["a"]?.isMissing(0) == true)
    // Not listed, so a word like any other.
    #expect(read("a\nNA\n3\n")["a"]?.type == .category)
  }

  @Test func levelsStandInOrderOfAppearance() {
    let outcome = read("a,b\nred,1\nblue,2\n,3\nred,4\n")
    #expect(outcome["a"]?.storage == .category(codes: [0, 1, -1, 0], levels: ["red", "blue"]))
    #expect(read("a,b\nRed,1\n Red,2\n")["a"]?.codes().levels == ["Red", " Red"])
  }

  @Test func manyLevelsMakeTexts() {
    func rows(_ count: Int, levels: Int) -> String { "a\n" + (0..<count).map { "v\($0 % levels)\n" }.joined() }
    func type(_ text: String) -> ColumnType? {
      TableReader(name: "t", file: "t.csv").read(bytes: Array(text.utf8)).table?["a"]?.type
    }
    #expect(type(rows(1000, levels: 1000)) == .category)
    #expect(type(rows(1001, levels: 1001)) == .text)
    #expect(type(rows(20_000, levels: 2000)) == .category)
    #expect(type(rows(20_000, levels: 2001)) == .text)
    let many = TableReader(name: "t", file: "t.csv").read(bytes: Array(rows(70_000, levels: 70_000).utf8)).table
    #expect(many?["a"]?.type == .text)
    #expect(many?["a"]?.text(0) == "v0")
    #expect(many?["a"]?.text(65_536) == "v65536")
    #expect(many?["a"]?.text(69_999) == "v69999")
  }

  @Test func declaredTypes() {
    let options = TableOptions(types: [
      .init("n", .number), .init("i", .integer), .init("c", .category), .init("t", .text), .init("d", .date),
      .init("b", .truth),
    ])
    let outcome = read(
      "n,i,c,t,d,b\n+5,007,1,01,2026-05-04T10:20:30Z,yes\n99999999999999999999,-3,2,,2026-05-05 07:00,0\n,,,,,\n",
      options)
    #expect(outcome.diagnostics.isEmpty)
    #expect(
      outcome.cells == [
        ["5", "7", "1", "01", "2026-05-04", "true"], ["1e+20", "-3", "2", "·", "2026-05-05", "false"],
        ["·", "·", "·", "·", "·", "·"],
      ])
    #expect(outcome.columns?.map(\.type) == [.number, .integer, .category, .text, .date, .truth])
  }

  @Test(arguments: [
    (ColumnType.number, "0x10", "correct the value"), (.number, "nan", "finite"), (.number, "-Infinity", "finite"),
    (.number, "1e400", "finite"), (.number, "\"1,5\"", "decimal: \",\""), (.number, "\"1,234.50\"", "thousands"),
    (.number, "1 234", "thousands"), (.number, "1_000", "correct"), (.number, "−1", "correct"),
    (.integer, "1.5", "as a number"), (.integer, "x", "correct"), (.integer, "1e3", "as a number"),
    (.date, "2026-02-30", "no such day"), (.date, "30.02.2026", "correct"), (.date, "2026-01-01T25:00", "no such day"),
    (.truth, "maybe", "correct"), (.number, "2026-01-01", "correct"),
  ]) func badValuesOfDeclaredTypes(_ type: ColumnType, _ value: String, _ hint: String) {
    let outcome = read("a,v\nx,\nlong enough,\(value)\n", TableOptions(types: [.init("v", type)]))
    #expect(outcome.places == ["3:13 table.bad-value"])
    #expect(outcome.diagnostics.first?.hint?.contains(hint) == true, "\(outcome.diagnostics)")
    #expect(outcome.columns == nil)
  }

  @Test func daysAreCountedFrom1970() {
    let outcome = read("d\n1970-01-01\n2000-02-29\n1969-12-31\n9999-12-31\n0001-01-01\n")
    #expect(outcome["d"]?.storage == .date([0, 11016, -1, 2_932_896, -719_162]))
    #expect(outcome.cells.map { $0[0] } == ["1970-01-01", "2000-02-29", "1969-12-31", "9999-12-31", "0001-01-01"])
    #expect(read("d\n1900-02-29\n")["d"]?.type == .category)
    #expect(read("d\n0000-01-01\n")["d"]?.type == .category)
  }

  @Test func numbersAreTheNearestDoubles() {
    let texts = [
      "0.1", "1.005", "123456789012345.678", "2.2250738585072014e-308", "0.3", "179769313486231570000000000000000000.5",
      "1e22", "1e23", "8.5e-7", "100000000000000000000000.0", "0.000001", "4.35", "9007199254740993.0",
    ]
    #expect(read("v\n" + texts.joined(separator: "\n"))["v"]?.numbers() == texts.map { Double($0) ?? .nan })
  }
}
