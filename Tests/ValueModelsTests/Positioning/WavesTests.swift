import Statistics
import Testing

@testable import ValueModels

/// Brands followed from wave to wave: places against R (Reference/waves/waves.R), movements against draws of our own.
@Suite struct WavesTests {
  static let waves = ["2023", "2024", "2025"]

  /// What sets brands apart, in two dimensions that differ in size, so that the map does not turn by chance.
  private static let profiles = [[0.45, 0, 0, 0.1], [-0.2, 0, 0.1, 0], [0, 0.4, 0, 0], [0, -0.2, 0, 0.1]]

  /// Invented ticks of `people` a wave on four brands; D moves by `shift` from wave to wave, nobody else does.
  static func ticks(_ people: Int, shift: Double, seed: UInt64 = 1, panel: Bool = false) -> String {
    var random = SeededGenerator(seed: seed)
    var lines = ["respondent,wave,brand,a,b,c,d"]
    for (wave, name) in waves.enumerated() {
      for person in 0..<people {
        for (at, brand) in ["A", "B", "C", "D"].enumerated() {
          let cells = (0..<4).map { j in
            let own = profiles[at][j]
            let moved = at == 3 && j == 0 ? Double(wave) * shift : 0
            return random.uniform() < 0.3 + own + moved ? "1" : "0"
          }
          lines.append("\(panel ? person : 1000 * wave + person),\(name),\(brand),\(cells.joined(separator: ","))")
        }
      }
    }
    return lines.joined(separator: "\n")
  }

  private func map(_ csv: String, _ settings: String = "") throws -> Findings {
    try Asking(
      perceptualMapKind, "data: data\nbrand: brand\nwave: wave\nbootstrap: 200\npermutation: 0\n" + settings,
      ["data": csv]
    ).findings()
  }

  private func faults(_ csv: String, _ settings: String = "wave: wave") -> [String] {
    Asking(perceptualMapKind, "data: data\nbrand: brand\n" + settings, ["data": csv]).faults()
  }

  private func movement(_ findings: Findings, _ brand: String, _ from: String, _ to: String) throws -> [String: Value] {
    let table = try #require(findings.table("movement"))
    return try #require(
      table.rows(where: ["brand": .text(brand), "from": .text(from), "to": .text(to)]).first)
  }

  @Test(arguments: ["projected", "procrustes"]) func placesAgreeWithR(_ mode: String) throws {
    let found = try map(
      try referenceText("waves/counts.csv"), "waves: {mode: \(mode)}\norient: {right: Cheap, up: Strong}")
    let table = try #require(found.table("positions"))
    let expected = cells(try referenceText("waves/expected.csv"))
    #expect(table.rows.count == expected.count)
    let (px, py) = mode == "projected" ? ("px", "py") : ("tx", "ty")
    for (x, r) in [("x", px), ("y", py)] {
      let pairs = expected.map { row -> (Double, Double) in
        let own = table.rows(where: ["brand": .text(row["brand"] ?? ""), "wave": .text(row["wave"] ?? "")]).first
        return (own?[x]?.number ?? .nan, row[r].flatMap(Double.init) ?? .nan)
      }
      // Axes may be turned round.
      let sign = pairs[0].0 * pairs[0].1 < 0 ? -1.0 : 1
      for (ours, theirs) in pairs { #expect(abs(ours - sign * theirs) < 1e-9) }
    }
  }

  @Test func theMapIsThatOfTheBaseWave() throws {
    let csv = Self.ticks(120, shift: 0.1)
    let found = try map(csv)
    let lone = try map(
      csv.split(separator: "\n").filter { !$0.contains(",2023,") && !$0.contains(",2024,") }
        .joined(separator: "\n") + "\n1,2024,Z,1,0,1,0\n2,2024,A,1,0,1,1", "waves: {base: 2025}")
    #expect(found.number("brands") == 4 && found.number("base") == 120 && found.number("waves") == 3)
    #expect(found.table("brands")?.texts("brand") == ["A", "B", "C", "D"])
    #expect(found.table("brands")?.numbers("x") == lone.table("brands")?.numbers("x"))
    #expect(found.table("regions")?.rows.count == 4 && found.table("distances")?.rows.count == 6)
    #expect(found.table("waves")?.texts("wave") == Self.waves)
    #expect(found.table("waves")?.numbers("base") == [120, 120, 120])
    #expect(found.method.summary.contains("2023 (n\u{a0}=\u{a0}120)"))
    #expect(found.setting("waves").map { "\($0)".contains("latest") } == false)
  }

  @Test(arguments: ["projected", "stacked", "procrustes"], ["correspondence", "principal-components"])
  func whoMovedIsFound(_ mode: String, _ method: String) throws {
    let scale = method == "correspondence" ? "" : "\nscale: covariance"
    let found = try map(Self.ticks(250, shift: 0.15), "method: \(method)\nwaves: {mode: \(mode)}" + scale)
    let own = try movement(found, "D", "2023", "2025")
    #expect(own["moved"] == .truth(true))
    let (lower, distance, upper) = (own["lower"]?.number ?? 0, own["distance"]?.number ?? 0, own["upper"]?.number ?? 0)
    #expect(0 < lower && lower < distance && distance < upper)
    let away = try movement(found, "D", "2024", "2025")["to_x"]?.number
    #expect(own["to_x"]?.number == away)
    #expect(found.table("movement")?.rows.count == 12)
  }

  @Test func discriminantMapsFollowBrandsToo() throws {
    let found = try map(Self.ticks(250, shift: 0.15), "method: discriminant")
    #expect(try movement(found, "D", "2023", "2025")["moved"] == .truth(true))
  }

  /// Of movements that are chance about one in twenty is called one, in a panel and among strangers.
  @Test(arguments: [true, false]) func chanceMovesFew(_ panel: Bool) throws {
    var moved = 0
    var all = 0
    for seed in 1...12 {
      let found = try map(Self.ticks(150, shift: 0, seed: UInt64(seed), panel: panel))
      for value in found.table("movement")?.values("moved") ?? [] {
        all += 1
        if value == .truth(true) { moved += 1 }
      }
    }
    #expect(all == 144 && moved <= 16)
  }

  @Test func countsAreTestedByAnswersAndValuesNotAtAll() throws {
    let counts = try referenceText("waves/counts.csv")
    let found = try map(counts)
    #expect(found.cautions.map(\.id).contains("movement-by-answers"))
    #expect(try movement(found, "Ember", "Spring 2024", "Spring 2025")["moved"] == .truth(true))
    #expect(try movement(found, "Boreal", "Spring 2024", "Spring 2025")["moved"] == .truth(false))
    #expect(found.table("regions") == nil)
    let values = try map(counts, "method: principal-components")
    #expect(values.cautions.map(\.id).contains("movement-not-tested"))
    #expect(try movement(values, "Ember", "Spring 2024", "Spring 2025")["moved"] == .missing)
    #expect(values.fact("moved") == nil)
  }

  @Test func brandsThatAreNotInEveryWaveAreSaid() throws {
    let found = try map(try referenceText("waves/counts.csv"))
    let said = try #require(found.cautions.first { $0.id == "missing-in-wave" })
    #expect(said.rows == ["Gale"] && said.message.contains("Gale (not in Spring 2024)"))
    #expect(found.table("movement")?.texts("brand").filter { $0 == "Gale" }.count == 1)
    // A brand that only earlier waves have is followed there.
    let turned = try map(try referenceText("waves/counts.csv"), "waves: {base: first}")
    #expect(turned.number("brands") == 6)
    #expect(turned.table("positions")?.texts("brand").filter { $0 == "Gale" }.count == 2)
  }

  @Test func smallCellsStayHidden() throws {
    var asking = Asking(
      perceptualMapKind, "data: data\nwave: wave\nbootstrap: 0\npermutation: 0",
      ["data": Self.ticks(40, shift: 0) + "\n9999,2024,E,1,0,1,0\n9998,2025,E,1,1,0,0"])
    asking.privacy.suppressBelow = 10
    let found = try asking.findings()
    #expect(found.table("positions")?.texts("brand").contains("E") == false)
    #expect(found.cautions.map(\.id).contains("suppressed"))
  }

  @Test func orders() {
    func order(_ names: [String]) -> [String] { WaveOrder(names, .category).names }
    #expect(order(["Q1 2025", "Q4 2024", "Q2 2024"]) == ["Q2 2024", "Q4 2024", "Q1 2025"])
    #expect(order(["Oct 2024", "March 2025", "Feb 2024"]) == ["Feb 2024", "Oct 2024", "March 2025"])
    #expect(order(["wave 10", "wave 9", "wave 1"]) == ["wave 1", "wave 9", "wave 10"])
    #expect(order(["pre", "post"]) == ["pre", "post"])
    #expect(WaveOrder(["2023", "2024"], .integer).rule == "as numbers")
    #expect(order(["2025", "2024 W2", "2024 W1"]) == ["2024 W1", "2024 W2", "2025"])
  }

  @Test func faultsSayWhatIsWrong() {
    let csv = Self.ticks(30, shift: 0)
    #expect(faults(csv, "wave: vawe") == ["valuemap.yaml:3:7 analysis.unknown-column"])
    #expect(faults(csv, "waves: {base: first}") == ["valuemap.yaml:3:8 settings.missing"])
    #expect(faults(csv, "wave: wave\nwaves: {base: 2031}") == ["valuemap.yaml:4:15 analysis.unknown-value"])
    #expect(faults(csv, "wave: wave\nwaves: {mode: proj}") == ["valuemap.yaml:4:15 settings.unknown-choice"])
    #expect(faults(csv, "wave: wave\nwaves: {order: [2023, 2024]}") == ["valuemap.yaml:4:17 settings.missing"])
    #expect(faults(csv, "wave: wave\nwhere: {wave: [2024]}") == ["valuemap.yaml:3:7 analysis.one-wave"])
    #expect(faults(csv, "wave: wave\nscaling: attribute-principal") == ["valuemap.yaml:3:7 settings.wrong-type"])
    #expect(faults(csv, "wave: wave\nmethod: multidimensional-scaling") == ["valuemap.yaml:3:7 settings.wrong-type"])
    #expect(
      faults(csv, "wave: wave\nmethod: discriminant\nwaves: {mode: procrustes}")
        == ["valuemap.yaml:5:8 settings.wrong-type"])
    #expect(faults(csv, "wave: brand") == ["valuemap.yaml:3:7 settings.wrong-type"])
    #expect(faults(csv, "wave: respondent") == ["valuemap.yaml:3:7 settings.wrong-type"])
    let late = csv + "\n1,2025,Z,1,0,1,0\n2,2025,Z,1,1,1,0"
    #expect(faults(late, "wave: wave\nown: Z\nwaves: {base: first}") == ["valuemap.yaml:4:6 analysis.unknown-name"])
    let apart = "brand,wave,a,b,c\nA,1,1,2,3\nB,1,3,1,2\nC,1,2,3,1\nX,2,1,2,3\nY,2,3,2,1\nZ,2,2,1,3"
    #expect(faults(apart) == ["data/data.csv:2:1 analysis.no-common-brands"])
    let blank = "brand,wave,a,b,c\nA,1,1,2,3\nB,1,3,1,2\nC,1,2,3,1\nA,,1,2,3"
    #expect(faults(blank) == ["valuemap.yaml:3:7 analysis.one-wave"])
  }

  @Test func blankWavesAreLeftOutAndCounted() throws {
    let found = try map(Self.ticks(60, shift: 0) + "\n1,,A,1,0,0,1\n2,,B,1,0,0,1")
    #expect(found.dropped.map(\.reason) == ["no wave", "no wave"])
    #expect(found.data.first?.dropped == 2)
  }

  @Test func theSameSeedGivesTheSameMovements() throws {
    let csv = Self.ticks(60, shift: 0.1, panel: true)
    #expect(try map(csv) == map(csv))
  }

  @Test func weightsAndSupplementaryBrandsGoThroughAllWaves() throws {
    let csv = Self.ticks(60, shift: 0.1).split(separator: "\n").enumerated().map {
      $1 + ($0 == 0 ? ",weight" : $0 % 3 == 0 ? ",2" : ",1")
    }.joined(separator: "\n")
    let found = try map(csv, "weight: weight\nsupplementary: {brands: [D]}\nwaves: {mode: stacked}\nown: A")
    #expect(found.table("positions")?.rows(where: ["brand": .text("D"), "active": .truth(true)]).isEmpty == true)
    #expect(found.table("positions")?.rows(where: ["brand": .text("A"), "active": .truth(true)]).count == 3)
    #expect((found.number("effective_base") ?? 0) > 60)
  }
}
