import CairoGraphics
import Graphics
import Testing

@Suite struct RenderPNGTests {
  @Test func isAnImageOfTheRightSize() throws {
    let image = try PNGReader(renderPNG(Sample.map()))
    #expect(image.width == 800 && image.height == 480)
    #expect(image.chunks == ["IHDR", "sRGB", "PLTE", "pHYs", "IDAT", "IEND"])
    // 192 px an inch.
    #expect(image.pixelsPerMetre == 7559)
    #expect(image[0, 0] == 0xFFFFFF)
    #expect(try PNGReader(renderPNG(Sample.map(), scale: 1)).pixelsPerMetre == 3780)
  }

  @Test func partsOfAPixelAreRoundedUp() throws {
    let image = try PNGReader(renderPNG(Sample.drawing(width: 10.2, height: 3.7), scale: 1))
    #expect(image.width == 11 && image.height == 4)
    #expect(image[10, 3] == 0xFFFFFF)
  }

  @Test func darkTakesTheDarkColours() throws {
    let drawing = Sample.drawing([Sample.fill(.rectangle(Rect(x: 10, y: 10, width: 20, height: 20)), Sample.accent)])
    let (light, dark) = (try PNGReader(renderPNG(drawing)), try PNGReader(renderPNG(drawing, dark: true)))
    #expect(light[0, 0] == 0xFFFFFF && light[40, 40] == 0x0B5FFF)
    #expect(dark[0, 0] == 0x14171B && dark[40, 40] == 0x6FA0FF)
  }

  @Test func paintsInOrderWithOpacity() throws {
    let square = Path.rectangle(Rect(x: 10, y: 10, width: 20, height: 20))
    let black = Colour("black", 0x000000, 0x000000)
    let drawing = Sample.drawing([
      Sample.fill(square, black), Sample.fill(square, Sample.paper, opacity: 0.5),
      Sample.fill(.circle(Point(80, 50), 10), black, opacity: 7),
    ])
    let image = try PNGReader(renderPNG(drawing, scale: 1))
    #expect([0x7F7F7F, 0x808080].contains(image[20, 20]))
    #expect(image[80, 50] == 0)
  }

  @Test func dashesLeaveGaps() throws {
    func painted(_ dash: [Double]) throws -> Int {
      let stroke = Stroke(Sample.accent, width: 2, dash: dash)
      let line = Mark.path(.segment(Point(0, 50), Point(200, 50)), fill: nil, stroke: stroke, role: .line)
      return try PNGReader(renderPNG(Sample.drawing([line]), scale: 1)).count(0x0B5FFF)
    }
    #expect(try painted([]) == 400)
    #expect(try painted([10, 10]) == 200)
    // What no target takes is a whole line.
    for dash: [Double] in [[0, 0], [-1, 2], [0]] { #expect(try painted(dash) == 400) }
  }

  @Test func aHaloKeepsLettersOffWhatIsBehind() throws {
    let ground = Sample.fill(.rectangle(Rect(x: 0, y: 0, width: 200, height: 100)), Sample.accent)
    let bare = Sample.drawing([ground, Sample.text("Kestrel", at: Point(20, 50))])
    let haloed = Sample.drawing([ground, Sample.text("Kestrel", at: Point(20, 50), halo: true)])
    let (without, with) = (try PNGReader(renderPNG(bare)), try PNGReader(renderPNG(haloed)))
    #expect(without.count(0xFFFFFF) == 0)
    #expect(with.count(0xFFFFFF) > 500)
    // The letters themselves lie on top, untouched.
    #expect(with.count(0x1A1D21) == without.count(0x1A1D21) && with.count(0x1A1D21) > 200)
  }

  @Test(arguments: ["Kestrel Wafer", "العربية", "עברית (חדש)", "שלום, world!", "a\u{0}b\nc", "e\u{301}"])
  func textIsAsWideAsMeasured(text: String) throws {
    let width = PangoTextMeasurer().measure(text, Font(16)).width
    for (anchor, left) in [(TextRun.Anchor.start, 100.0), (.middle, 100 - width / 2), (.end, 100 - width)] {
      let image = try PNGReader(renderPNG(Sample.drawing([Sample.text(text, at: Point(100, 50), anchor: anchor)])))
      let inked = (0..<image.width).filter { x in (0..<image.height).contains { image[x, $0] != 0xFFFFFF } }
      let (first, last) = (Double(inked.first ?? 0) / 2, Double((inked.last ?? 0) + 1) / 2)
      // Letters stand a little inside their advance, and may reach a little beyond it.
      #expect(first > left - 1.5 && first < left + 4)
      #expect(last < left + width + 1.5 && last > left + width - 4)
    }
  }

  @Test func turnedTextRunsUpwards() throws {
    let image = try PNGReader(
      renderPNG(Sample.drawing([Sample.text("axis name", at: Point(100, 90), rotation: -90)]), scale: 1))
    let columns = (0..<image.width).filter { x in (0..<image.height).contains { image[x, $0] != 0xFFFFFF } }
    let rows = (0..<image.height).filter { y in (0..<image.width).contains { image[$0, y] != 0xFFFFFF } }
    #expect((columns.first ?? 0) > 82 && (columns.last ?? 200) < 106)
    #expect((rows.last ?? 200) <= 90 && rows.count > 55)
  }

  @Test func unknownCharactersAndEmptyTextAreDrawn() throws {
    let empty = try PNGReader(renderPNG(Sample.drawing([Sample.text("", at: Point(10, 50), halo: true)])))
    #expect(empty.count(0xFFFFFF) == empty.pixels.count)
    let box = try PNGReader(renderPNG(Sample.drawing([Sample.text("\u{378}", at: Point(10, 50))])))
    #expect(box.count(0xFFFFFF) < box.pixels.count)
  }
}
