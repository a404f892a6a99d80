import Graphics
import Testing

@Suite struct ColourTests {
  @Test(arguments: ["#0b5fff": "#0b5fff", "#FFF": "#ffffff", "#00000a": "#00000a"])
  func readsHexadecimal(text: String, hex: String) {
    #expect(RGB(text)?.hex == hex)
  }

  @Test(arguments: ["", "#", "0b5fff", "#12", "#12345", "#1234567", "#gggggg", "#１２３", "#+12345", "red"])
  func refusesAnythingElse(text: String) {
    #expect(RGB(text) == nil)
  }
}
