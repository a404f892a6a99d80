import Diagnostics
import Settings
import Testing

/// Builds trees by hand: this room does not know YAML.
private func scalar(_ text: String, quoted: Bool = false, line: Int = 1) -> Setting {
  Setting(.scalar(text, quoted: quoted), at: SourcePosition(file: "v.yaml", line: line, column: 5))
}

private func list(_ items: [Setting], line: Int = 1) -> Setting {
  Setting(.list(items), at: SourcePosition(file: "v.yaml", line: line, column: 5))
}

private func map(_ entries: KeyValuePairs<String, Setting>, line: Int = 1) -> Setting {
  let made = entries.enumerated().map { offset, entry in
    Setting.Entry(
      key: entry.key, keyPosition: SourcePosition(file: "v.yaml", line: line + offset, column: 1), value: entry.value)
  }
  return Setting(.map(made), at: SourcePosition(file: "v.yaml", line: line, column: 1))
}

@Suite struct SettingsReaderTests {
  @Test func valuesAreReadAsTheirReaderSays() {
    let reader = SettingsReader(
      map([
        "title": scalar("Phones"), "year": scalar("2026"), "k": scalar("4"), "share": scalar("0.25"),
        "strict": scalar("true"), "day": scalar("2026-05-04"), "method": scalar("ward"),
        "columns": list([scalar("a"), scalar("1")]), "one": scalar("x"),
      ]))
    #expect(reader.string("title") == "Phones")
    #expect(reader.string("year") == "2026")
    #expect(reader.integer("k", default: 3, in: 2...9) == 4)
    #expect(reader.number("share") == 0.25)
    #expect(reader.truth("strict") == true)
    #expect(reader.day("day")?.description == "2026-05-04")
    #expect(reader.choice("method", of: ["ward", "single"], default: "single") == "ward")
    #expect(reader.strings("columns") == ["a", "1"])
    #expect(reader.strings("one") == ["x"])
    #expect(reader.finish().isEmpty)
  }

  @Test func defaultsStandInAndAreRecorded() {
    let reader = SettingsReader(map(["k": scalar("4"), "empty": scalar("~")]), at: "analyses.a")
    _ = reader.integer("k", default: 3)
    _ = reader.truth("weighted", default: false)
    _ = reader.string("empty", default: "none")
    _ = reader.number("level", default: 0.95)
    _ = reader.string("own")
    _ = reader.strings("rows")
    #expect(reader.finish().isEmpty)
    #expect(
      reader.recorded.map { "\($0.key)=\($0.value.json)" + ($0.isGiven ? "" : "*") } == [
        "analyses.a.k=4", "analyses.a.weighted=false*", "analyses.a.empty=\"none\"*", "analyses.a.level=0.95*",
        "analyses.a.own=null*", "analyses.a.rows=[]*",
      ])
  }

  @Test func everythingWrongIsFoundAtOnce() {
    let reader = SettingsReader(
      map([
        "k": scalar("four"), "share": scalar("2"), "strict": scalar("yes"), "day": scalar("2026-02-30"),
        "method": scalar("wrad"), "title": list([]), "rows": map([:]), "quoted": scalar("4", quoted: true),
        "tilte": scalar("x"),
      ]), at: "analyses.a")
    #expect(reader.integer("k", default: 3) == 3)
    #expect(reader.number("share", default: 0.5, in: 0...1) == 0.5)
    #expect(reader.truth("strict", default: true))
    #expect(reader.day("day") == nil)
    #expect(reader.choice("method", of: ["ward", "single"], default: "single") == "single")
    #expect(reader.string("title", default: "t") == "t")
    #expect(reader.strings("rows").isEmpty)
    #expect(reader.integer("quoted") == nil)
    #expect(reader.requiredString("name") == "")
    let found = reader.finish()
    #expect(
      found.map(\.id) == [
        "settings.wrong-type", "settings.out-of-range", "settings.wrong-type", "settings.wrong-type",
        "settings.unknown-choice", "settings.wrong-type", "settings.wrong-type", "settings.wrong-type",
        "settings.missing", "settings.unknown-key",
      ])
    #expect(found[0].message == "'analyses.a.k' is a whole number, and 'four' was found")
    #expect(found[1].message == "'analyses.a.share' is a number from 0.0 to 1.0, and '2' was found")
    #expect(found[2].hint == "write 'true'")
    #expect(found[4].hint == "did you mean 'ward'?")
    #expect(found[7].hint == "write it without quotes")
    #expect(found[9].position == SourcePosition(file: "v.yaml", line: 9, column: 1))
    #expect(found[9].hint == "did you mean 'title'?")
  }

  @Test func nestedMapsReportToTheirReader() {
    let reader = SettingsReader(
      map([
        "brand": map(["accent": scalar("blue"), "acent": scalar("red")]),
        "data": map(["a": map(["file": scalar("a.csv")]), "b": scalar("b.csv")]),
      ]))
    let brand = reader.reader("brand")
    #expect(brand.string("accent") == "blue")
    brand.finish()
    #expect(reader.reader("nothing").string("x") == nil)
    let tables = reader.readers("data")
    #expect(tables.map(\.name) == ["a", "b"])
    #expect(tables[0].reader.string("file") == "a.csv")
    #expect(tables[1].reader.string("file") == nil)
    #expect(
      reader.finish().map(\.message) == [
        "'brand' has no setting 'acent'", "'data.b' is a map of keys and values, and 'b.csv' was found",
      ])
    #expect(reader.recorded.map(\.key) == ["brand.accent", "nothing.x", "data.a.file", "data.b.file"])
  }

  @Test func requiredValuesAreReportedWithTheNearestKey() {
    let reader = SettingsReader(map(["titel": scalar("x"), "list": list([]), "blank": scalar(" ", quoted: true)]))
    #expect(reader.requiredString("title") == "")
    #expect(reader.requiredStrings("list").isEmpty)
    #expect(reader.requiredString("blank") == " ")
    #expect(reader.requiredInteger("k", in: 2...9) == 2)
    #expect(reader.requiredNumber("n") == 0)
    #expect(reader.requiredChoice("m", of: ["a", "b"]) == "a")
    #expect(reader.diagnostics.map(\.id).filter { $0 == "settings.missing" }.count == 4)
    #expect(reader.diagnostics.first?.hint == "did you mean it by 'titel'?")
  }

  @Test func whatIsNoMapIsReportedOnce() {
    let reader = SettingsReader(list([scalar("a")]))
    #expect(reader.string("x") == nil)
    #expect(reader.finish().map(\.message) == ["the file is a map of keys and values, and a list was found"])
    #expect(SettingsReader(scalar("")).finish().isEmpty)
  }

  @Test(arguments: [
    ("1", "1"), ("-0.5", "-0.5"), ("1e3", "1e3"), ("+1", "\"+1\""), (".5", "\".5\""), ("1.", "\"1.\""),
    ("007", "\"007\""), ("-01", "\"-01\""), ("1.e3", "\"1.e3\""), ("nan", "\"nan\""), ("0x10", "\"0x10\""),
    ("true", "true"), ("TRUE", "true"), ("null", "null"), ("", "null"), ("0", "0"), ("0.0", "0.0"), ("-", "\"-\""),
  ])
  func jsonTakesOnlyItsOwnNumbers(text: String, expected: String) {
    #expect(scalar(text).json == expected)
  }

  @Test func jsonOfTrees() {
    let tree = map(["b": list([scalar("1", quoted: true), map([:])]), "a": scalar("x<\"")])
    #expect(tree.json == #"{"b":["1",{}],"a":"x\u003c\""}"#)
  }
}
