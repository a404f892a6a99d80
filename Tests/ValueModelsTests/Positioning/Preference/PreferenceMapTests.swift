import Testing

@testable import ValueModels

/// `preference`: invented brands whose attributes are their places, so that the map is known.
@Suite struct PreferenceMapTests {
  /// Two attributes that do not correlate, of nine brands; preferences: a slope, a peak inside, a peak beyond, a pit.
  static let brands = """
    brand,wide,high,slope,peak,far,pit,flat
    A,-3,1,1,3,2,8,5
    B,-2,-2,2,4,3,7,5
    C,-1,3,3,6,4,5,5
    D,0,0,4,9,5,1,5
    E,1,-3,5,5,6,6,5
    F,2,2,6,6,7,4,5
    G,3,-1,7,4,8,7,5
    H,-1,-1,3,7,4,3,5
    I,1,1,5,8,6,2,5
    """

  static func map(_ preference: String, _ more: String = "", _ tables: [String: String] = [:]) -> Asking {
    var all = ["data": brands]
    for (name, csv) in tables.sorted(by: { $0.key < $1.key }) { all[name] = csv }
    return Asking(
      perceptualMapKind,
      "data: data\nmethod: principal-components\nscale: covariance\nattributes: [wide, high]\npreference: \(preference)"
        + (more.isEmpty ? "" : "\n" + more), all)
  }

  @Test func segmentsOfTheBrandTable() throws {
    let findings = try Self.map("{columns: [slope, peak, pit]}").findings()
    let table = try #require(findings.table("preferences"))
    #expect(table.texts("segment") == ["slope", "peak", "pit"])
    #expect(table.texts("kind") == ["vector", "ideal", "anti-ideal"])
    #expect(table.values("inside") == [.missing, .truth(true), .truth(true)])
    #expect(table.numbers("brands") == [9, 9, 9])
    // The slope is the first attribute and a constant, exactly.
    #expect(table.numbers("r_squared")[0].map { abs($0 - 1) < 1e-9 } == true)
    let places = try #require(findings.table("brands"))
    let (x, y) = (places.numbers("x"), places.numbers("y"))
    let direction = (table.numbers("x")[0] ?? 0, table.numbers("y")[0] ?? 0)
    #expect(abs(direction.0 * direction.0 + direction.1 * direction.1 - 1) < 1e-9)
    // Dropped onto the arrow, brands lie in the order of the preference.
    let along = zip(x, y).map { ($0.0 ?? 0) * direction.0 + ($0.1 ?? 0) * direction.1 }
    #expect(along[0] < along[1] && along[1] < along[3] && along[3] < along[5] && along[5] < along[6])
    // The published coefficients give the fitted values.
    let c = ["intercept", "b_x", "b_y", "b_xx", "b_yy", "b_xy"].map { table.numbers($0)[0] ?? .nan }
    for (at, z) in [1.0, 2, 3, 4, 5, 6, 7, 3, 5].enumerated() {
      let (u, v) = (x[at] ?? 0, y[at] ?? 0)
      let fitted = c[0] + c[1] * u + c[2] * v + c[3] * u * u + c[4] * v * v + c[5] * u * v
      #expect(abs(fitted - z) < 1e-8)
    }
    let tests = try #require(findings.table("model_tests"))
    #expect(tests.rows.count == 12)
    #expect(tests.values("chosen").count { $0 == .truth(true) } == 3)
    let shares = try #require(findings.table("shares"))
    let sum = zip(shares.texts("segment"), shares.numbers("share")).reduce(0) { $0 + ($1.0 == "peak" ? $1.1 ?? 0 : 0) }
    #expect(abs(sum - 1) < 1e-12)
    #expect(findings.table("demand") == nil)
    // Preferences are no attributes.
    #expect(findings.fact("attributes") == .integer(2))
  }

  @Test func preferenceColumnsAreNoAttributesUnlessNamed() throws {
    var asking = Self.map("{columns: [slope, peak, far, pit, flat]}")
    asking.settings = asking.settings.replacing("attributes: [wide, high]\n", with: "")
    let findings = try asking.findings()
    #expect(findings.table("attributes")?.texts("attribute") == ["wide", "high"])
    #expect(findings.cautions.contains { $0.id == "preference-constant" && $0.rows == ["flat"] })
    let table = try #require(findings.table("preferences"))
    #expect(table.texts("kind").last == "none" && table.numbers("x").last == .some(nil))
  }

  @Test func everySettingIsPrinted() throws {
    let findings = try Self.map("{columns: slope, model: ideal}").findings()
    guard case .map(let entries)? = findings.setting("preference") else {
      Issue.record("no settings")
      return
    }
    #expect(entries.map(\.name) == ["columns", "model", "level", "share", "contours", "sensitivity", "columns_are"])
    #expect(findings.table("preferences")?.texts("model") == ["circular"])
  }

  /// Twelve persons, one of whom rates two brands only and one all alike.
  private static let answers: String = {
    var lines = ["respondent,segment,brand,score"]
    let peak: [(String, Int)] = [
      ("A", 3), ("B", 4), ("C", 6), ("D", 9), ("E", 5), ("F", 6), ("G", 4), ("H", 7), ("I", 8),
    ]
    for person in 1...10 {
      for (at, (brand, score)) in peak.enumerated() {
        lines.append("\(person),\(person < 6 ? "near" : "also near"),\(brand),\(score + (person + at) % 2)")
      }
    }
    lines += ["11,near,A,3", "11,near,B,5", "11,near,Z,5"]
    lines += peak.map { "12,also near,\($0.0),4" }
    return lines.joined(separator: "\n")
  }()

  @Test func personsOfATableOfTheirOwn() throws {
    let findings = try Self.map("{table: liked}", "", ["preference.table": Self.answers]).findings()
    #expect(findings.fact("preference_base") == .integer(12))
    #expect(findings.fact("preference_fitted") == .integer(10))
    let table = try #require(findings.table("preferences"))
    #expect(table.texts("segment") == ["near", "also near"] && table.numbers("base") == [6, 6])
    #expect(table.texts("kind") == ["ideal", "ideal"])
    #expect(findings.cautions.contains { $0.id == "preference-unknown-brands" && $0.rows == ["Z"] })
    #expect(
      findings.cautions.contains { $0.message.contains("1 like all brands alike, 1 judged too few brands") })
    #expect(findings.dropped.map(\.reason) == ["its brand is not on the map"])
    #expect(findings.data.map(\.name) == ["data", "preference.table"])
    let shares = try #require(findings.table("shares"))
    #expect(Set(shares.texts("segment")) == ["All", "near", "also near"])
    #expect(shares.numbers("share")[3].map { $0 > 0.9 } == true)
    #expect(findings.table("demand")?.rows.count == 31 * 31)
    let kinds = try #require(findings.table("preference_kinds"))
    #expect(kinds.numbers("persons").compactMap { $0 }.reduce(0, +) == 10)
  }

  @Test func wideTablesAndTablesOfPersonsInColumnsAreTheSame() throws {
    var wide = ["respondent,A,B,C,D,E,F,G,H,I"]
    var tall = ["brand"] + "ABCDEFGHI".map { String($0) }
    for person in 1...12 {
      let scores = (0..<9).map { ($0 * person * 7) % 11 }
      wide.append("p\(person)," + scores.map { "\($0)" }.joined(separator: ","))
      tall[0] += ",p\(person)"
      for (at, score) in scores.enumerated() { tall[at + 1] += ",\(score)" }
    }
    let a = try Self.map("{table: t}", "", ["preference.table": wide.joined(separator: "\n")]).findings()
    let b = try Self.map("{table: t}", "", ["preference.table": tall.joined(separator: "\n")]).findings()
    #expect(a.table("preferences") == b.table("preferences") && a.table("shares") == b.table("shares"))
    #expect(a.table("preferences")?.texts("segment") == ["All"])
    // Whoever answered may stand under another name.
    wide[0] = "person,A,B,C,D,E,F,G,H,I"
    let c = try Self.map("{table: t}", "", ["preference.table": wide.joined(separator: "\n")]).findings()
    #expect(a.table("preferences") == c.table("preferences") && a.table("shares") == c.table("shares"))
    let segments = try Self.map(
      "{table: t, columns_are: segments}", "", ["preference.table": tall.joined(separator: "\n")]
    ).findings()
    #expect(segments.table("preferences")?.rows.count == 12 && segments.table("demand") == nil)
  }

  @Test func brandsPlacedByPreferencesAlone() throws {
    let findings = try Self.map("{table: t, model: internal}", "", ["preference.table": Self.answers]).findings()
    let brands = try #require(findings.table("internal_brands"))
    #expect(brands.texts("brand") == ["A", "B", "C", "D", "E", "F", "G", "H", "I"])
    // Persons with too few answers have no say; one without differences adds none.
    #expect(findings.cautions.contains { $0.id == "preference-incomplete" && $0.message.hasPrefix("1 of 12 persons") })
    // D is liked best by all, A least: they lie farthest apart.
    let x = brands.numbers("x").compactMap { $0 }
    #expect(abs(x[3] - x[0]) > 0.9 * ((x.max() ?? 0) - (x.min() ?? 0)))
    #expect(findings.number("internal_explained").map { $0 > 0.9 } == true)
    #expect(findings.table("preferences")?.texts("model") == ["vector", "vector"])
    #expect(findings.table("brands") != nil)
    let refused = Self.map(
      "{table: t, model: internal}", "", ["preference.table": "respondent,brand,score\n1,A,2\n1,B,3\n2,C,3\n2,D,4"]
    ).refusals()
    #expect(refused.map(\.id) == ["analysis.too-few-respondents"])
  }

  @Test func smallSegmentsAreHiddenAndOneWithThem() throws {
    var asking = Self.map(
      "{table: t}", "", ["preference.table": Self.answers + "\n13,alone,A,1\n13,alone,B,2\n13,alone,C,4"])
    asking.privacy = Privacy(minimumBase: 30, suppressBelow: 5)
    let findings = try asking.findings()
    #expect(findings.cautions.first { $0.id == "suppressed-segments" }?.rows.count == 2)
    #expect(findings.table("preferences")?.rows.count == 1)
    let names = Set(findings.table("shares")?.texts("segment") ?? [])
    #expect(!names.contains("alone") && !names.contains("All") && names.count == 1)
    #expect(findings.cautions.contains { $0.id == "small-segment" })
  }

  @Test func fewBrandsLeaveSimpleModels() throws {
    let findings = try Self.map("{columns: peak}", "where: {brand: [A, B, C, D, E]}").findings()
    let tests = try #require(findings.table("model_tests"))
    #expect(tests.numbers("residual_degrees") == [2, 1, 0, -1])
    #expect(tests.numbers("f").map { $0 == nil } == [false, false, true, true])
    #expect(findings.cautions.contains { $0.id == "preference-few-brands" })
  }

  @Test(arguments: [
    ("{columns: peak}", "where: {brand: [A, B, C]}", "analysis.too-few-brands"),
    ("{columns: peak, model: quadratic}", "where: {brand: [A, B, C, D, E, F]}", "analysis.too-few-brands"),
    ("{columns: paek}", "", "analysis.unknown-column"),
    ("{columns: brand}", "", "analysis.not-a-number"),
    ("{columns: peak, model: round}", "", "settings.unknown-choice"),
    ("{columns: peak, modle: auto}", "", "settings.unknown-key"),
    ("{columns: peak, level: 2}", "", "settings.out-of-range"),
    ("{columns: peak, segment: wide}", "", "settings.wrong-type"),
    ("{model: auto}", "", "settings.missing"),
    ("{columns: peak, table: t}", "", "settings.missing"),
    ("{table: t}", "", "analysis.unknown-table"),
  ])
  func whatCannotBeIsRefused(_ preference: String, _ more: String, _ id: String) {
    let refused = Self.map(preference, more).refusals()
    #expect(refused.map(\.id) == [id], "\(refused)")
    #expect(refused.allSatisfy { $0.position != nil })
  }

  @Test func aTableOfOtherBrandsIsRefused() {
    let refused = Self.map("{table: t}", "", ["preference.table": "respondent,brand,score\n1,X,2\n1,Y,3"]).refusals()
    #expect(refused.map(\.id) == ["analysis.no-answers"])
    #expect(refused.first?.hint?.contains("'X', 'Y'") == true)
  }

  @Test func aBrandHasOneRow() {
    let refused = Self.map("{table: t}", "", ["preference.table": "brand,p1,p2\nA,1,2\nB,2,1\nA,3,3"]).refusals()
    #expect(
      refused.map { "\($0.position?.description ?? "") \($0.id)" } == [
        "data/preference.table.csv:4:1 analysis.repeated-brand"
      ])
  }

  /// Two segments of like size: what few have is put together with more, and totals do not tell it.
  @Test func fewOfAKindAreNotCounted() throws {
    var asking = Self.map("{table: t}", "", ["preference.table": Self.answers])
    asking.privacy = Privacy(minimumBase: 0, suppressBelow: 4)
    let findings = try asking.findings()
    for persons in findings.table("preference_kinds")?.numbers("persons") ?? [] { #expect((persons ?? 0) >= 4) }
    for persons in findings.table("directions")?.numbers("persons") ?? [] {
      #expect(persons.map { $0 == 0 || $0 >= 4 } ?? true)
    }
    #expect(findings.fact("ideal_inside") != nil)
  }

  @Test func hugeNumbersGetNoPlace() throws {
    let findings = try Self.map(
      "{columns: huge}", "",
      [
        "data": Self.brands.split(separator: "\n").enumerated().map {
          $0.element + ($0.offset == 0 ? ",huge" : $0.offset % 2 == 0 ? ",1e300" : ",-1e300")
        }.joined(separator: "\n")
      ]
    ).findings()
    #expect(findings.cautions.contains { $0.id == "preference-no-model" })
    #expect(findings.table("preferences")?.numbers("x") == [nil])
  }

  @Test func idealPointsNeedAMapOfDistances() {
    let refused = Self.map("{columns: peak}", "scaling: attribute-principal").refusals()
    #expect(refused.map(\.id) == ["settings.wrong-type"])
    #expect(throws: Never.self) {
      try Self.map("{columns: peak, model: vector}", "scaling: attribute-principal").findings()
    }
  }
}
