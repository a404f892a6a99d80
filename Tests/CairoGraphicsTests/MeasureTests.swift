import CairoGraphics
import Graphics
import Testing

@Suite struct MeasureTests {
  @Test func widerTextIsWider() {
    let measurer = PangoTextMeasurer()
    let font = Font(14)
    #expect(measurer.measure("iiii", font).width < measurer.measure("mmmm", font).width)
  }
}
