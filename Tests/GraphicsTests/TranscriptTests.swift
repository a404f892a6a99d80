import Graphics
import Testing

@Suite struct TranscriptTests {
  private let ink = Colour("ink", 0x1A1D21, 0xE8EAED)
  private let paper = Colour("paper", 0xFFFFFF, 0x14171B)

  private func drawing(_ marks: [Mark]) -> Drawing { Drawing(size: Size(100, 50), background: paper, marks: marks) }

  @Test func oneMarkALine() {
    let run = TextRun("A \"b\"", Font(12, .bold), Paint(ink), at: Point(1, 2), anchor: .middle, halo: Paint(paper))
    let line = Mark.path(.segment(.zero, Point(3, 0.004)), fill: nil, stroke: Stroke(ink, dash: [2, 1]), role: .leader)
    let text = Mark.text(run, box: Rect(x: 0, y: -8, width: 9.125, height: 12), role: .label)
    #expect(
      drawing([.group(name: "g", [line, text])]).transcript == """
        drawing 100 x 50 on paper
          group "g"
            leader M0,0 L3,0 stroke ink 1 dash 2,1
            label "A \\"b\\"" box 0,-8 9.13x12 at 1,2 middle 12/700 ink halo

        """)
  }

  @Test func namesTheMarkThatIsNotFinite() {
    let fine = Mark.path(.circle(Point(5, 5), 2), fill: Paint(ink), stroke: nil, role: .point)
    #expect(drawing([fine]).firstNonFinite == nil)
    let broken = Mark.path(.circle(Point(.nan, 5), 2), fill: Paint(ink), stroke: nil, role: .point)
    #expect(drawing([fine, .group(name: "Aero", [broken])]).firstNonFinite == "point of Aero")
    let stroke = Mark.path(.segment(.zero, .zero), fill: nil, stroke: Stroke(ink, dash: [.infinity]), role: .axis)
    #expect(drawing([stroke]).firstNonFinite == "axis of the drawing")
    let turned = TextRun("x", Font(12), Paint(ink), at: .zero, rotation: .nan)
    #expect(
      drawing([.text(turned, box: Rect(x: 0, y: 0, width: 1, height: 1), role: .title)]).firstNonFinite == "title 'x'")
    var areas = drawing([])
    areas.areas = [HitArea(name: "Aero", detail: "", shape: .circle(centre: .zero, radius: .infinity))]
    #expect(areas.firstNonFinite == "the area of 'Aero'")
  }
}
