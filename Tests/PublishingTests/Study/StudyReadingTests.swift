import Diagnostics
import Testing

@testable import Publishing

/// `valuemap.yaml`, key by key (study.md, section 2).
@Suite struct StudyReadingTests {
  private static let whole = """
    title: Phones in spring
    client: Northwind
    date: 2026-05-04
    language: de-CH
    currency: EUR
    site_url: https://example.com/x
    confidential: false
    brand: {accent: "#0b5fff", logo: images/logo.svg, font: Inter}
    privacy: {minimum_base: 40, suppress_below: 5}
    data:
      short: data/a.csv
      long:
        file: data/b.csv
        columns: {customer: client_no, date: day}
        delimiter: ";"
        decimal: ","
        encoding: windows-1252
        types: {zip: text, amount: number}
        missing: ["NA", "-99"]
        source: transactions
        collected: 2026-04
    analyses:
      brand-map:
        type: perceptual-map
        data: short
    """

  @Test func everyKeyIsRead() throws {
    let (study, diagnostics) = Study.read(Self.whole)
    #expect(diagnostics == [])
    #expect(study.title == "Phones in spring")
    #expect(study.client == "Northwind")
    #expect(study.date.map { "\($0)" } == "2026-05-04")
    #expect(study.language.identifier == "de-CH")
    #expect(study.currency == "EUR")
    #expect(study.siteURL == "https://example.com/x/")
    #expect(!study.isConfidential)
    #expect(study.accent?.hex == "#0b5fff")
    #expect(study.logo == "images/logo.svg")
    #expect(study.privacy.minimumBase == 40 && study.privacy.suppressBelow == 5)
    #expect(study.data.map(\.name) == ["short", "long"])
    let long = study.data[1]
    #expect(long.options.delimiter == UInt8(ascii: ";") && long.options.decimal == UInt8(ascii: ","))
    #expect(long.options.encoding == "windows-1252")
    #expect(long.options.columns.map { "\($0.ours)=\($0.theirs)" } == ["customer=client_no", "date=day"])
    #expect(long.options.types.map(\.column) == ["zip", "amount"])
    #expect(long.options.missing == ["NA", "-99"])
    #expect(long.source == .transactions && long.collected == "2026-04")
    #expect(study.analyses.map(\.id) == ["brand-map"])
    #expect(study.analyses[0].data.map(\.name) == ["short"])
  }

  @Test func whatIsLeftOutHasItsDefault() {
    let (study, diagnostics) = Study.read("title: x")
    #expect(diagnostics == [])
    #expect(study.language.identifier == "en-GB" && study.currency == "GBP" && study.isConfidential)
    #expect(study.privacy.minimumBase == 30 && study.privacy.suppressBelow == 10)
    #expect(study.data.isEmpty && study.analyses.isEmpty)
  }

  @Test(arguments: [("en-US", "USD"), ("de-AT", "EUR"), ("ja", "JPY"), ("en", "GBP"), ("zh-Hant-TW", "EUR")])
  func theCurrencyFollowsTheRegion(tag: String, currency: String) {
    #expect(Study.read("title: x\nlanguage: \(tag)").study.currency == currency)
  }

  /// Text, place and id, and a part of the hint.
  @Test(arguments: [
    ("client: x", "1:1 settings.missing", nil), ("title:", "1:1 settings.missing", nil),
    ("title: [a]", "1:8 settings.wrong-type", nil), ("titel: x", "1:1 settings.missing", "titel"),
    ("title: x\nclint: y", "2:1 settings.unknown-key", "did you mean 'client'?"),
    ("title: x\ndate: 2026-02-30", "2:7 settings.wrong-type", nil),
    ("title: x\nlanguage: klingon!", "2:11 study.unknown-language", nil),
    ("title: x\nsite_url: example.com", "2:11 study.bad-site-url", nil),
    ("title: x\nsite_url: javascript:alert(1)", "2:11 study.bad-site-url", nil),
    ("title: x\nsite_url: 'https://a/\">'", "2:11 study.bad-site-url", nil),
    ("title: x\nconfidential: yes", "2:15 settings.wrong-type", nil),
    ("title: x\nbrand: {accent: blue}", "2:17 study.bad-colour", nil),
    ("title: x\nbrand: {acent: \"#123456\"}", "2:9 settings.unknown-key", "did you mean 'accent'?"),
    ("title: x\nbrand: blue", "2:8 settings.wrong-type", nil),
    ("title: x\nprivacy: {minimum_base: 0}", "2:25 settings.out-of-range", nil),
    ("title: x\nprivacy: {minimum_base: few}", "2:25 settings.wrong-type", nil),
    ("title: x\ndata: [a]", "2:7 settings.wrong-type", nil),
    ("title: x\ndata:\n  a: [b]", "3:6 settings.wrong-type", nil),
    ("title: x\ndata:\n  a: {delimiter: ;}", "3:6 settings.missing", nil),
    ("title: x\ndata:\n  a: {file: a.csv, delimiter: ab}", "3:31 settings.wrong-type", nil),
    ("title: x\ndata:\n  a: {file: a.csv, types: {z: txt}}", "3:31 study.unknown-type", "did you mean 'text'?"),
    ("title: x\ndata:\n  a: {file: a.csv, columns: {z: [q]}}", "3:33 settings.wrong-type", nil),
    ("title: x\ndata:\n  a: {file: a.csv, source: survy}", "3:28 settings.unknown-choice", "did you mean 'survey'?"),
    ("title: x\ndata:\n  a: {file: a.csv, collected: spring}", "3:31 settings.wrong-type", nil),
    ("title: x\ndata:\n  a: {file: a.csv, decimel: ','}", "3:20 settings.unknown-key", "did you mean 'decimal'?"),
    ("title: x\ndata:\n  a: {engine: postgres, query: q.sql}", "3:15 study.engine-unavailable", "export"),
    ("title: x\ndata:\n  a: {engine: mysql, file: q}", "3:15 settings.unknown-choice", nil),
    ("title: x\nanalyses: [a]", "2:11 settings.wrong-type", nil),
    ("title: x\nanalyses:\n  m: perceptual-map", "3:6 settings.wrong-type", nil),
    ("title: x\nanalyses:\n  m: {data: a}", "3:3 settings.missing", "perceptual-map"),
    ("title: x\nanalyses:\n  m: {type: perceptul-map}", "3:13 study.unknown-type", "did you mean 'perceptual-map'?"),
    ("title: x\nanalyses:\n  m: {type: kano}", "3:13 study.type-unavailable", nil),
    ("title: x\nanalyses:\n  1m: {type: perceptual-map}", "3:3 study.bad-id", nil),
    ("title: x\nanalyses:\n  a/b: {type: perceptual-map}", "3:3 study.bad-id", nil),
    ("title: x\nanalyses:\n  ..: {type: perceptual-map}", "3:3 study.bad-id", nil),
    ("title: x\nanalyses:\n  é: {type: perceptual-map}", "3:3 study.bad-id", nil),
    ("title: x\nanalyses:\n  study: {type: perceptual-map}", "3:3 study.bad-id", nil),
    (
      "title: x\ndata: {ratings: r.csv}\nanalyses:\n  m: {type: perceptual-map, data: ratngs}",
      "4:35 study.unknown-table", "did you mean 'ratings'?"
    ),
    ("title: x\nanalyses:\n  m: {type: perceptual-map, data: [a]}", "3:35 settings.wrong-type", nil),
    ("title: x\ntitle: y", "2:1 yaml.duplicate-key", nil), ("title: \"x", "1:8 yaml.syntax", nil),
    ("- a", "1:1 settings.wrong-type", nil), ("", "0:0 study.empty", nil), ("# nothing", "0:0 study.empty", nil),
  ]) func whatIsWrongHasItsPlaceAndAWayOut(text: String, fault: String, hint: String?) {
    let found = Study.read(text).diagnostics
    let faults = found.map { "\($0.position?.line ?? 0):\($0.position?.column ?? 0) \($0.id)" }
    #expect(faults.contains(fault), "\(faults)")
    #expect(found.allSatisfy { $0.position?.file == "valuemap.yaml" && $0.severity == .error })
    if let hint { #expect(found.contains { $0.hint?.contains(hint) ?? false }, "\(found.map { $0.hint ?? "" })") }
  }

  @Test func allFaultsAreTold() {
    let text =
      "titel: x\nlanguage: '?'\ndata:\n  a: {file: 1, sorce: x}\nanalyses:\n  m: {type: nope}\n  n: {type: nope2}\n"
    #expect(Study.read(text).diagnostics.count >= 6)
  }

  @Test func idsThatCouldNotBeReadAreKnown() {
    let study = Study.read("title: x\nanalyses:\n  m: {type: nope}\n  n: {type: perceptual-map}").study
    #expect(study.unread == ["m"])
    #expect(!Study.read("{").study.isReadable)
  }

  // MARK: Bombs

  /// Nine levels of nine aliases each ("billion laughs").
  @Test func aliasesThatMultiplyAreStopped() {
    var text = "title: x\na: &a [x, x, x, x, x, x, x, x, x]\n"
    for (last, next) in zip("abcdefgh", "bcdefghi") {
      text += "\(next): &\(next) [" + Array(repeating: "*\(last)", count: 9).joined(separator: ", ") + "]\n"
    }
    #expect(Study.read(text).diagnostics.contains { $0.id == "yaml.too-many-nodes" })
  }

  @Test(arguments: ["[", "{a: ", "- ", "a:\n "]) func nestingIsStopped(sign: String) {
    let text = String(repeating: sign, count: 100_000)
    let found = Study.read("title: x\ndata: " + text).diagnostics
    #expect(found.contains { $0.severity == .error })
  }

  @Test func aHugeKeyIsCutInMessages() {
    let found = Study.read("title: x\n" + String(repeating: "k", count: 900) + ": 1").diagnostics
    #expect(found.contains { $0.severity == .error })
  }
}
