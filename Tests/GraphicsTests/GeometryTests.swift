import Graphics
import Testing

@Suite struct GeometryTests {
  @Test func rectanglesThatTouchDoNotOverlap() {
    let a = Rect(x: 0, y: 0, width: 10, height: 10)
    #expect(!a.overlaps(Rect(x: 10, y: 0, width: 5, height: 5)))
    #expect(a.overlaps(Rect(x: 9.99, y: 0, width: 5, height: 5)))
  }
}
