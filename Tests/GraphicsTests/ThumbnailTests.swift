import Graphics
import Testing

@Suite struct ThumbnailTests {
  private let ink = Colour("ink", 0x000000, 0xFFFFFF)

  private func text(_ words: String, at: Point, role: Role, rotation: Double = 0) -> Mark {
    let run = TextRun(words, Font(20), Paint(ink), at: at, rotation: rotation)
    return .text(run, box: Rect(x: at.x, y: at.y - 19, width: 100, height: 24), role: role)
  }

  private func drawing(_ size: Size, _ marks: [Mark]) -> Drawing {
    Drawing(size: size, background: ink, marks: marks)
  }

  private func points(_ mark: Mark) -> [Point] {
    guard case .path(let path, _, _, _) = mark else { return [] }
    return path.elements.compactMap { if case .line(let p) = $0 { p } else { nil } }
  }

  @Test func theTitleIsLeftOutAndWhatFollowsRises() throws {
    let line = Mark.path(.segment(Point(0, 112), Point(800, 112)), fill: nil, stroke: nil, role: .line)
    let small = drawing(
      Size(800, 400),
      [text("Title", at: Point(24, 95), role: .title), line, text("Foot", at: Point(24, 390), role: .caption)]
    ).thumbnail
    #expect(small.marks.count == 1)
    // The title ends at 100; 12 px above what follows are kept.
    #expect(points(small.marks[0]) == [Point(800, 24)])
    #expect(small.size == Size(800, 371 - 88))
  }

  @Test func lettersBecomeBars() {
    let small = drawing(
      Size(800, 400), [text("Label", at: Point(24, 95), role: .label), text(" ", at: Point(0, 0), role: .label)]
    )
    .thumbnail
    #expect(small.marks.count == 1)
    guard case .path(let path, let fill?, nil, .label)? = small.marks.first else {
      Issue.record("no bar")
      return
    }
    #expect(path.elements.count > 4 && fill.colour == ink && fill.opacity == 0.4)
    #expect(
      drawing(Size(800, 400), [text("Aslant", at: Point(24, 95), role: .label, rotation: 30)]).thumbnail.marks.isEmpty)
  }

  @Test func aHighPictureIsMadeSmallerAndAVeryHighOneCut() {
    let line = Mark.path(.segment(Point(0, 0), Point(800, 600)), fill: nil, stroke: nil, role: .line)
    let high = drawing(Size(800, 625), [line]).thumbnail
    #expect(high.size == Size(800, 500))
    // 0.8 of its size, in the middle.
    #expect(points(high.marks[0]) == [Point(720, 480)])
    let veryHigh = drawing(Size(800, 4_000), [line]).thumbnail
    #expect(veryHigh.size == Size(800, 500))
    #expect(points(veryHigh.marks[0]) == [Point(160 + 0.6 * 800, 360)])
  }
}
