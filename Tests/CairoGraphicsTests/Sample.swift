import Graphics

/// Colours and drawings the tests share.
enum Sample {
  static let ink = Colour("ink", 0x1A1D21, 0xE8EAED)
  static let paper = Colour("paper", 0xFFFFFF, 0x14171B)
  static let accent = Colour("accent", 0x0B5FFF, 0x6FA0FF)
  static let hues = [
    Colour("hue-1", 0x0072B2, 0x56B4E9), Colour("hue-2", 0xD55E00, 0xFF8C42), Colour("hue-3", 0x009E73, 0x3DCFA4),
  ]

  static func drawing(_ marks: [Mark] = [], width: Double = 200, height: Double = 100) -> Drawing {
    Drawing(size: Size(width, height), background: paper, marks: marks)
  }

  static func text(
    _ text: String, at: Point, size: Double = 16, anchor: TextRun.Anchor = .start, rotation: Double = 0,
    halo: Bool = false
  ) -> Mark {
    let run = TextRun(
      text, Font(size), Paint(ink), at: at, anchor: anchor, rotation: rotation, halo: halo ? Paint(paper) : nil)
    return .text(run, box: Rect(x: at.x, y: at.y, width: 0, height: 0), role: .label)
  }

  static func fill(_ path: Path, _ colour: Colour, opacity: Double = 1) -> Mark {
    .path(path, fill: Paint(colour, opacity: opacity), stroke: nil, role: .area)
  }

  /// Ellipses, arrows, dashes and labels in several scripts; `seed` shifts everything.
  static func map(_ seed: Int = 0) -> Drawing {
    var marks: [Mark] = []
    for index in 0..<3 {
      let centre = Point(90 + Double(index) * 100 + Double(seed), 120)
      let path = Path.ellipse(centre: centre, a: 60, b: 40, angle: 0.4)
      let stroke = Stroke(hues[index], width: 1.5, dash: index == 1 ? [5, 3] : [], cap: .round)
      marks.append(.path(path, fill: Paint(hues[index], opacity: 0.15), stroke: stroke, role: .region))
    }
    let names = [
      "Kestrel", "Čapek & Söhne", "Ελληνικά", "Русский", "العربية", "עברית", "AV To Wafer", "<b>\"bold\"</b>",
    ]
    for (index, name) in names.enumerated() {
      let at = Point(40 + Double(index % 3) * 110, 60 + Double(index) * 17)
      let dot = Mark.path(
        .circle(Point(at.x - 8, at.y - 4), 4), fill: Paint(accent), stroke: Stroke(paper), role: .point)
      marks.append(.group(name: name, [dot, text("\(name) \(seed)", at: at, size: 12, halo: true)]))
    }
    marks.append(text("turned", at: Point(20, 120), anchor: .middle, rotation: -90))
    return drawing(marks, width: 400, height: 240)
  }
}
