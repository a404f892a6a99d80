import CairoGraphics
import Graphics
import Testing

@Suite struct PangoTextMeasurerTests {
  private let measurer = PangoTextMeasurer()
  private let font = Font(14)

  @Test func widerTextIsWider() {
    #expect(measurer.measure("iiii", font).width < measurer.measure("mmmm", font).width)
    #expect(measurer.measure("mm", Font(14, .bold)).width > measurer.measure("mm", font).width)
  }

  @Test func widthGrowsWithTheSizeExactly() {
    let small = measurer.measure("Perceptual map", Font(10))
    let large = measurer.measure("Perceptual map", Font(100))
    // No hinting: nothing but the rounding to 1/1024 px a letter is left.
    #expect(abs(large.width - 10 * small.width) < 0.15)
  }

  @Test func linesAreAsHighAsTheFaceSays() {
    let extent = measurer.measure("x", font)
    #expect(extent.ascent > 0.8 * 14 && extent.descent > 0.1 * 14 && extent.height < 1.6 * 14)
    #expect(measurer.measure("", font).height == extent.height)
    #expect(measurer.measure("", font).width == 0)
  }

  @Test func controlCharactersAreSpaces() {
    #expect(measurer.measure("a\u{0}b\u{1}c\nd\te\u{85}f\u{2028}g", font) == measurer.measure("a b c d e f g", font))
  }

  @Test(arguments: [0, -3, .nan, .infinity] as [Double])
  func aSizeThatIsNoneGivesNoRoom(size: Double) {
    #expect(measurer.measure("abc", Font(size)).width == 0)
  }

  @Test func twoMeasurersAgree() {
    for text in ["Kestrel", "العربية", "עברית (חדש)", "中文", "e\u{301}", "👩‍👩‍👧"] {
      #expect(PangoTextMeasurer().measure(text, font) == measurer.measure(text, font))
    }
  }

  @Test func longTextIsMeasured() {
    let extent = measurer.measure(String(repeating: "word ", count: 50_000), font)
    #expect(extent.width.isFinite && extent.width > 100_000)
  }

  @Test func tellsWhatNoFaceHas() {
    #expect(measurer.unknownGlyphs(in: "Kestrel é العربية\n\u{200D}") == [])
    // U+0378 and U+0379 are not assigned.
    #expect(measurer.unknownGlyphs(in: "a\u{379}b\u{378}c\u{379}") == ["\u{379}", "\u{378}"])
  }

  @Test func emojiAreOutlinesOrBoxesNeverPictures() {
    #expect(measurer.measure("a😀b", font) == measurer.measure("a😀\u{FE0F}b", font))
    #expect(measurer.measure("a😀b", font).width > measurer.measure("ab", font).width + 5)
  }

  @Test func resolvesFamilies() {
    #expect(resolvedFamily("DejaVu Sans") == "DejaVu Sans")
    #expect(resolvedFamily("No Such Face At All") != "No Such Face At All")
    #expect(resolvedFamily("No Such Face At All, DejaVu Sans") == "DejaVu Sans")
    #expect(!resolvedFamily("").isEmpty)
  }

  @Test func tasksMeasureAlike() async {
    let expected = measurer.measure("Wafer Čapek العربية", font)
    await withTaskGroup(of: TextExtent.self) { group in
      for _ in 0..<16 {
        group.addTask { PangoTextMeasurer().measure("Wafer Čapek العربية", Font(14)) }
      }
      for await extent in group { #expect(extent == expected) }
    }
  }
}
