import CairoGraphics
import Graphics
import Testing

@Suite struct PaletteTests {
  /// Rows of squares 8 px wide, one a colour, and round marks that make thousands of edge colours.
  private func swatches(_ colours: [Colour], opacity: Double = 1) -> Drawing {
    var marks: [Mark] = []
    for (index, colour) in colours.enumerated() {
      let corner = Point(Double(index % 20) * 10, Double(index / 20) * 10)
      marks.append(
        Sample.fill(.rectangle(Rect(x: corner.x, y: corner.y, width: 8, height: 8)), colour, opacity: opacity))
      marks.append(
        Sample.fill(.circle(Point(corner.x * 2 + 3.3, corner.y * 2 + 300.7), 7.3), colour, opacity: 0.5))
    }
    return Sample.drawing(marks, width: 420, height: 520)
  }

  private func colours(_ count: Int) -> [Colour] {
    (0..<count).map { Colour("c\($0)", UInt32($0 * 7919 % 0xFFFFFF), 0) }
  }

  @Test func everyColourOfTheThemeSurvives() throws {
    // The tints of neighbours in the palette differ by little.
    let near = (0..<60).map { Colour("n\($0)", 0xE6F1F7 - UInt32($0), 0) }
    for theme in [colours(120), near] {
      let image = try PNGReader(renderPNG(swatches(theme), scale: 1))
      for (index, colour) in theme.enumerated() {
        #expect(image[index % 20 * 10 + 4, index / 20 * 10 + 4] == UInt32(colour.light.hex.dropFirst(), radix: 16))
      }
    }
  }

  @Test func tintsComeOutAsWithoutAPalette() throws {
    // 40 tints fit a palette; with 300 more flat colours in the same drawing nothing is reduced.
    let few = try PNGReader(renderPNG(swatches(colours(40), opacity: 0.12), scale: 1))
    #expect(few.colourType == 3)
    var drawing = swatches(colours(40), opacity: 0.12)
    for index in 0..<300 {
      let place = Rect(x: Double(index % 40) * 10, y: 460 + Double(index / 40) * 6, width: 5, height: 5)
      drawing.marks.append(Sample.fill(.rectangle(place), Colour("x\(index)", UInt32(index * 30_011), 0)))
    }
    let many = try PNGReader(renderPNG(drawing, scale: 1))
    #expect(many.colourType == 2)
    for index in 0..<40 {
      let (x, y) = (index % 20 * 10 + 4, index / 20 * 10 + 4)
      #expect(few[x, y] == many[x, y])
    }
  }

  @Test func thumbnailsKeepTheColoursOfTheTheme() throws {
    for theme in [colours(20), colours(120)] {
      let drawing = swatches(theme)
      let small = try renderPNG(drawing, scale: 1, isSmall: true)
      #expect(try small.count <= renderPNG(drawing, scale: 1).count)
      let image = try PNGReader(small)
      for (index, colour) in theme.enumerated() {
        #expect(image[index % 20 * 10 + 4, index / 20 * 10 + 4] == UInt32(colour.light.hex.dropFirst(), radix: 16))
      }
    }
  }

  @Test func aThinLineKeepsItsColour() throws {
    var drawing = swatches(colours(100))
    let odd = Colour("odd", 0x0B5FFE, 0)
    drawing.marks.append(
      .path(.segment(Point(0, 200.5), Point(5, 200.5)), fill: nil, stroke: Stroke(odd), role: .line))
    let image = try PNGReader(renderPNG(drawing, scale: 1))
    #expect(image.count(0x0B5FFE) == 5)
  }

  @Test func fewPixelsChange() throws {
    // A drawing that forces full colour by 300 colours more, next to the same without: edges may differ, by little.
    let plain = Sample.map()
    let reduced = try PNGReader(renderPNG(plain))
    var forced = plain
    forced.size.height += 40
    for index in 0..<300 {
      let place = Rect(x: Double(index % 100) * 4, y: 241 + Double(index / 100) * 4, width: 3, height: 3)
      forced.marks.append(Sample.fill(.rectangle(place), Colour("x\(index)", UInt32(index * 30_011), 0)))
    }
    let full = try PNGReader(renderPNG(forced))
    #expect(reduced.colourType == 3 && full.colourType == 2)
    let far = zip(reduced.pixels, full.pixels).count { distance($0, $1) > 24 }
    #expect(far * 200 < reduced.pixels.count)
  }

  /// Over the channels, the largest.
  private func distance(_ a: UInt32, _ b: UInt32) -> Int {
    func channel(_ shift: UInt32) -> Int { abs(Int(a >> shift & 0xFF) - Int(b >> shift & 0xFF)) }
    return max(channel(16), channel(8), channel(0))
  }
}
