import Graphics

/// Writes a drawing as an SVG document that serves light pages, dark pages and paper.
///
/// Geometry comes from the drawing, letters from Pango and Cairo as outlines, so that the layout is the PNG's to the
/// pixel and no font is needed to show it. The same drawing gives the same bytes, whatever was drawn before or at the
/// same time.
///
/// - Parameters:
///   - family: font family; DejaVu Sans stands in for what it lacks.
///   - idPrefix: starts every id and class, so that two drawings can share a page; characters that an id cannot hold
///     become hyphens.
///   - title: what the drawing is, a few words.
///   - description: what it shows; may be empty.
/// - Throws: `.notFinite`, `.outOfRange`, `.empty`, `.tooLarge`, `.library`.
package func renderSVG(
  _ drawing: Drawing, family: String = "Inter", idPrefix: String, title: String, description: String
) throws(RenderFailure) -> [UInt8] {
  try drawing.check()
  var writer = try SVGWriter(family: family, prefix: idPrefix)
  writer.write(drawing)
  return writer.document(drawing.size, title: title, description: description)
}

private struct SVGWriter: ~Copyable {
  private let family: String
  /// Of every id and class; starts with a letter.
  private let prefix: String
  private var glyphs: GlyphTable
  private var colours: SVGColours
  private var body = SVGBytes()
  private var runs = 0

  init(family: String, prefix: String) throws(RenderFailure) {
    self.family = family
    let name = safe(prefix)
    let starts = name.utf8.first.map { $0 >= UInt8(ascii: "A") } ?? false
    self.prefix = (starts ? name : "f" + name) + "-"
    glyphs = try GlyphTable()
    colours = SVGColours(prefix: self.prefix)
  }

  mutating func write(_ drawing: Drawing) {
    body.put("<rect")
    body.attribute("width", drawing.size.width)
    body.attribute("height", drawing.size.height)
    fill(Paint(drawing.background))
    body.put("/>")
    for mark in drawing.marks { write(mark) }
  }

  private mutating func write(_ mark: Mark) {
    body.put("\n")
    switch mark {
    case .path(let path, let fill, let stroke, _): write(path, fill, stroke)
    case .text(let run, _, _): write(run)
    case .group(_, let marks):
      body.put("<g>")
      for mark in marks { write(mark) }
      body.put("</g>")
    }
  }

  private mutating func write(_ path: Path, _ fillPaint: Paint?, _ stroke: Stroke?) {
    let stroke = stroke.flatMap { $0.isVisible ? $0 : nil }
    let fillPaint = fillPaint.flatMap { $0.alpha > 0 ? $0 : nil }
    guard !path.elements.isEmpty, fillPaint != nil || stroke != nil else { return }
    body.put("<path d=\"")
    body.put(SVGPathData(path).text.bytes)
    body.put("\"")
    paint(fillPaint, stroke)
    body.put("/>")
  }

  private mutating func write(_ run: TextRun) {
    let line = TextLine(run.text, run.font, family: family)
    let scale = run.font.size / GlyphTable.em
    var letters = SVGBytes()
    line.forEachGlyph { face, glyph, x, y, width in
      guard let place = glyphs.place(of: glyph, in: face, size: run.font.size, width: width) else { return }
      letters.put("<use xlink:href=\"#\(prefix)g\(place)\"")
      let (column, row) = (Int((x / scale).rounded()), Int((y / scale).rounded()))
      if column != 0 { letters.put(" x=\"\(column)\"") }
      if row != 0 { letters.put(" y=\"\(row)\"") }
      letters.put("/>")
    }
    guard !letters.bytes.isEmpty else { return }
    let place = transform(at: line.start(run), degrees: run.rotation, scale: scale)
    guard let halo = run.halo, halo.alpha > 0, run.haloWidth > 0 else {
      body.put("<g\(place)")
      fill(run.paint)
      body.put(">")
      body.put(letters.bytes)
      body.put("</g>")
      return
    }
    // The whole run is outlined before it is filled: letter by letter the halo of one would bite into the last.
    let name = "\(prefix)t\(runs)"
    runs += 1
    body.put("<g\(place)")
    paint(nil, Stroke(halo, width: 2 * run.haloWidth / scale))
    body.put(" stroke-linejoin=\"round\"><g id=\"\(name)\">")
    body.put(letters.bytes)
    body.put("</g></g><use xlink:href=\"#\(name)\"\(place)")
    fill(run.paint)
    body.put("/>")
  }

  private func transform(at p: Point, degrees: Double, scale: Double) -> String {
    var text = SVGBytes()
    text.put(" transform=\"translate(")
    text.place(p.x)
    text.put(" ")
    text.place(p.y)
    text.put(")")
    if degrees != 0 {
      text.put("rotate(")
      text.number(degrees)
      text.put(")")
    }
    text.put("scale(")
    text.fine(scale)
    text.put(")\"")
    return String(decoding: text.bytes, as: UTF8.self)
  }

  private mutating func fill(_ fillPaint: Paint) { paint(fillPaint, nil) }

  /// The paint as attributes, what SVG takes for granted left out.
  private mutating func paint(_ fillPaint: Paint?, _ stroke: Stroke?) {
    var classes: [String] = []
    if let fillPaint { classes.append(colours.fill(fillPaint.colour)) }
    if let stroke { classes.append(colours.stroke(stroke.paint.colour)) }
    body.put(" class=\"\(classes.joined(separator: " "))\" fill=\"\(fillPaint?.colour.light.hex ?? "none")\"")
    if let fillPaint, fillPaint.alpha < 1 { body.attribute("fill-opacity", fillPaint.alpha) }
    guard let stroke else { return }
    body.put(" stroke=\"\(stroke.paint.colour.light.hex)\"")
    if stroke.paint.alpha < 1 { body.attribute("stroke-opacity", stroke.paint.alpha) }
    if stroke.width != 1 { body.attribute("stroke-width", stroke.width) }
    if stroke.cap != .butt { body.put(" stroke-linecap=\"\(stroke.cap.rawValue)\"") }
    guard !stroke.pattern.isEmpty else { return }
    body.put(" stroke-dasharray=\"")
    for (index, length) in stroke.pattern.enumerated() {
      if index > 0 { body.put(" ") }
      body.number(length)
    }
    body.put("\"")
  }

  func document(_ size: Size, title: String, description: String) -> [UInt8] {
    let root = "\(prefix)svg"
    var out = SVGBytes()
    out.put("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" id=\"\(root)\"")
    out.attribute("width", size.width)
    out.attribute("height", size.height)
    out.put(" viewBox=\"0 0 ")
    out.number(size.width)
    out.put(" ")
    out.number(size.height)
    out.put("\" role=\"img\" aria-labelledby=\"\(prefix)title\"")
    if !description.isEmpty { out.put(" aria-describedby=\"\(prefix)desc\"") }
    out.put(">\n<title id=\"\(prefix)title\">")
    out.escaped(title)
    out.put("</title>\n")
    if !description.isEmpty {
      out.put("<desc id=\"\(prefix)desc\">")
      out.escaped(description)
      out.put("</desc>\n")
    }
    out.put("<style>\(colours.style(root: root))</style>\n")
    if !glyphs.outlines.isEmpty {
      out.put("<defs>")
      for (place, data) in glyphs.outlines.enumerated() {
        out.put("\n<path id=\"\(prefix)g\(place)\" d=\"")
        out.put(data)
        out.put("\"/>")
      }
      out.put("</defs>\n")
    }
    out.put(body.bytes)
    out.put("</svg>\n")
    return out.bytes
  }
}
