import CairoGraphics
import Graphics
import Testing

@Suite struct RenderFailureTests {
  /// All three renderers refuse alike.
  private func refusal(_ drawing: Drawing) -> RenderFailure? {
    var found: [RenderFailure?] = []
    do throws(RenderFailure) { _ = try renderPNG(drawing); found.append(nil) } catch { found.append(error) }
    do throws(RenderFailure) {
      _ = try renderSVG(drawing, idPrefix: "f", title: "", description: "")
      found.append(nil)
    } catch { found.append(error) }
    do throws(RenderFailure) { _ = try renderPDF(drawing); found.append(nil) } catch { found.append(error) }
    #expect(found[0]?.id == found[1]?.id && found[1] == found[2])
    return found[1]
  }

  @Test func namesTheMarkThatIsNotFinite() {
    let point = Mark.path(.circle(Point(.nan, 3), 2), fill: Paint(Sample.ink), stroke: nil, role: .point)
    let failure = refusal(Sample.drawing([.group(name: "Aero", [point])]))
    #expect(failure == .notFinite(mark: "point of Aero"))
    #expect(failure?.message.contains("point of Aero") == true)
  }

  @Test func refusesWhatCairoCannotCount() {
    let far = Mark.path(.circle(Point(1e300, 3), 2), fill: Paint(Sample.ink), stroke: nil, role: .point)
    #expect(refusal(Sample.drawing([far])) == .outOfRange(mark: "point of the drawing"))
    #expect(refusal(Sample.drawing([Sample.text("x", at: .zero, size: 0)])) == .outOfRange(mark: "label 'x'"))
    #expect(refusal(Sample.drawing([Sample.text("x", at: .zero, size: 1e9)])) == .outOfRange(mark: "label 'x'"))
    let wide = Mark.path(.segment(.zero, Point(9, 9)), fill: nil, stroke: Stroke(Sample.ink, width: 1e12), role: .line)
    #expect(refusal(Sample.drawing([wide])) == .outOfRange(mark: "line of the drawing"))
  }

  @Test(arguments: [0, -5, .nan, .infinity] as [Double])
  func refusesADrawingWithoutArea(width: Double) {
    #expect(refusal(Sample.drawing(width: width)) != nil)
  }

  @Test func refusesImagesThatAreTooLarge() throws {
    #expect(refusal(Sample.drawing(width: 40_000)) != nil)
    #expect(throws: RenderFailure.tooLarge(width: 16_384, height: 100, scale: 2)) {
      try renderPNG(Sample.drawing(width: 16_384))
    }
    #expect(throws: RenderFailure.self) { try renderPNG(Sample.drawing(width: 20_000, height: 20_000), scale: 1) }
    #expect(throws: RenderFailure.self) { try renderPNG(Sample.drawing(), scale: .nan) }
    #expect(throws: RenderFailure.self) { try renderPNG(Sample.drawing(), scale: 0) }
    let widest = try renderPNG(Sample.drawing(width: 32_767, height: 2), scale: 1)
    #expect(try PNGReader(widest).width == 32_767)
  }
}
