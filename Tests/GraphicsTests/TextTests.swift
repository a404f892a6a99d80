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

  /// Letters that move closer across a space: lines are the same as if every one of them were measured whole.
  @Test func linesAreThoseOfWholeMeasures() {
    struct Kerned: TextMeasurer {
      func measure(_ text: String, _ font: Font) -> TextExtent {
        let gaps = text.utf8.count { $0 == UInt8(ascii: " ") }
        return TextExtent(
          width: Double(text.count) * font.size * 0.5 - Double(gaps) * font.size * 0.2, ascent: font.size, descent: 0)
      }
    }
    let words = (0..<40).map { String(repeating: "x", count: 1 + $0 * 7 % 9) }
    let measurer = Kerned()
    for width in stride(from: 20.0, to: 200, by: 1) {
      var whole: [String] = []
      for word in words {
        if let last = whole.last, measurer.measure(last + " " + word, font).width <= width {
          whole[whole.count - 1] = last + " " + word
        } else {
          whole.append(word)
        }
      }
      if words.allSatisfy({ measurer.measure($0, font).width <= width }) {
        #expect(measurer.lines(words.joined(separator: " "), font, width: width) == whole)
      }
    }
  }
}
