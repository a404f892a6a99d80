import Graphics
import Testing

@Suite struct TextTests {
  private let measurer = FixedWidthMeasurer()
  /// 10 px: a character is 5.5 px wide.
  private let font = Font(10)

  @Test func breaksAtSpaces() {
    #expect(measurer.lines("one two three", font, width: 44) == ["one two", "three"])
    #expect(measurer.lines(" one\n\ttwo ", font, width: 100) == ["one two"])
    #expect(measurer.lines("", font, width: 100) == [])
  }

  @Test func breaksAWordOnlyWhereItIsTooWide() {
    #expect(measurer.lines("abcdefgh ij", font, width: 17) == ["abc", "def", "gh", "ij"])
    #expect(measurer.lines("ab cdefg", font, width: 17) == ["ab", "cde", "fg"])
  }

  @Test func everyLineHoldsACharacterHoweverNarrow() {
    #expect(measurer.lines("abc", font, width: 1) == ["a", "b", "c"])
  }

  @Test func saysThatSomethingWasLeftOut() {
    #expect(measurer.lines("one two three four", font, width: 44, limit: 1) == ["one two…"])
    #expect(measurer.lines("one two", font, width: 44, limit: 1) == ["one two"])
    #expect(measurer.lines("abcdefgh", font, width: 17, limit: 2) == ["abc", "de…"])
    #expect(measurer.lines("a b c", font, width: 12, limit: 2) == ["a", "b…"])
  }

  @Test func aHugeWordTakesNoTime() {
    let word = String(repeating: "x", count: 200_000)
    #expect(measurer.lines(word, font, width: 60, limit: 2) == ["xxxxxxxxxx", "xxxxxxxxx…"])
  }

  @Test func linesOfAWordAddUpToIt() {
    let word = "Donaudampfschifffahrtsgesellschaftskapitän"
    for width in stride(from: 6.0, through: 300, by: 7) {
      let lines = measurer.lines(word, font, width: width)
      #expect(lines.joined() == word)
      #expect(lines.allSatisfy { measurer.measure($0, font).width <= width })
    }
  }
}
