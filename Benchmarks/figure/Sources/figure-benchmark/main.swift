import CairoGraphics
import Figures
import Formats
import Glibc
import Graphics
import Statistics
import ValueModels

// figure-benchmark points BRANDS ATTRIBUTES      the points as CSV, for other software
// figure-benchmark draw BRANDS ATTRIBUTES [PNG]  CPU milliseconds: layout, PNG at 2×, SVG (medians of 9, warm)

/// An invented market: brands in a cloud, attributes as arrows around it.
struct Market {
  struct Item {
    var name: String
    var x: Double
    var y: Double
  }

  var brands: [Item]
  var attributes: [Item]

  init(_ brandCount: Int, _ attributeCount: Int) {
    var random = SeededGenerator(seed: 11)
    let consonants = Array("bdfgklmnprstvz")
    let vowels = Array("aeiou")
    func name(_ syllables: Int) -> String {
      var text = ""
      for _ in 0..<syllables {
        text.append(consonants[random.index(below: consonants.count)])
        text.append(vowels[random.index(below: vowels.count)])
      }
      return text.prefix(1).uppercased() + text.dropFirst()
    }
    brands = (0..<brandCount).map { _ in
      Item(name: name(2 + random.index(below: 4)), x: 0.35 * random.normal(), y: 0.25 * random.normal())
    }
    attributes = (0..<attributeCount).map { at in
      let angle = 2 * Double.pi * (Double(at) + 0.7 * random.uniform()) / Double(attributeCount)
      let length = 0.25 + 0.5 * random.uniform()
      return Item(name: name(3 + random.index(below: 3)), x: length * cos(angle), y: length * sin(angle))
    }
  }

  var findings: Findings {
    var findings = Findings(
      id: "map", type: "perceptual-map", title: "An invented market",
      method: Method(
        summary: "Invented points",
        settings: [
          .init("method", .text("correspondence")), .init("scaling", .text("brand-principal")),
          .init("own", .text(brands[0].name)),
        ]))
    findings.facts = [Fact("brands", brands.count)]
    var dimensions = FindingsTable(
      "dimensions", title: "Dimensions", columns: [.init("dimension"), .init("percent"), .init("cumulative")])
    dimensions.add([.integer(1), .number(55), .number(55)])
    dimensions.add([.integer(2), .number(30), .number(85)])
    findings.tables = [dimensions, table("brands", "brand", brands), table("attributes", "attribute", attributes)]
    return findings
  }

  private func table(_ name: String, _ noun: String, _ items: [Item]) -> FindingsTable {
    var table = FindingsTable(
      name, title: name,
      columns: [
        .init(noun, .text), .init("x"), .init("y"), .init("dim_1"), .init("dim_2"), .init("mass"), .init("quality"),
        .init("contribution_1"), .init("contribution_2"), .init("base"),
      ])
    for (at, item) in items.enumerated() {
      table.add([
        .text(item.name), .number(item.x), .number(item.y), .number(item.x), .number(item.y),
        .number(Double(1 + at % 5) / 20), .number(0.4 + 0.1 * Double(at % 7)), .number(100 * abs(item.x) / 9),
        .number(100 * abs(item.y) / 9), .missing,
      ])
    }
    return table
  }
}

/// CPU milliseconds of this process.
func time(_ body: () throws -> Void) rethrows -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return 1000 * Double(time.tv_sec) + Double(time.tv_nsec) / 1e6
  }
  let start = now()
  try body()
  return now() - start
}

let words = Array(CommandLine.arguments.dropFirst())
guard words.count >= 3, let brands = Int(words[1]), let attributes = Int(words[2]), brands > 0, attributes > 0 else {
  print("figure-benchmark points|draw BRANDS ATTRIBUTES [PNG]")
  exit(2)
}
let market = Market(brands, attributes)
if words[0] == "points" {
  print("kind,name,x,y")
  for item in market.brands { print("brand,\(item.name),\(item.x),\(item.y)") }
  for item in market.attributes { print("attribute,\(item.name),\(item.x),\(item.y)") }
} else {
  let findings = market.findings
  let measurer = PangoTextMeasurer(family: "Inter")
  let context = FigureContext(findings: findings, language: .british, measurer: measurer)
  guard let kind = FigureCatalogue.figure("map", of: findings) else { exit(1) }
  var times: [[Double]] = [[], [], []]
  var png: [UInt8] = []
  for round in 0..<10 {
    var figure: Figure?
    let layout = try time { figure = try kind.draw(context) }
    guard let drawing = figure?.drawing else { exit(1) }
    let painting = try time { png = try renderPNG(drawing) }
    let writing = try time {
      _ = try renderSVG(drawing, idPrefix: "map", title: "A map", description: "An invented market")
    }
    // The first round is cold.
    guard round > 0 else { continue }
    for (k, value) in [layout, painting, writing].enumerated() { times[k].append(value) }
  }
  let medians = times.map { $0.sorted()[$0.count / 2] }
  func fixed(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
  let parts = zip(["layout", "png", "svg"], medians).map { "\($0) \(fixed($1))" }
  print(parts.joined(separator: " ") + " sum \(fixed(medians.reduce(0, +)))")
  if words.count > 3, let file = fopen(words[3], "w") {
    fwrite(png, 1, png.count, file)
    fclose(file)
  }
}
