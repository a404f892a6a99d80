import CPangoCairo
import Graphics

/// The outlines of the letters of one SVG, each once at 250 units an em, whatever sizes it is shown at.
///
/// Whole units are enough: at 13 px an em, the usual size, one is 0.05 px. With 1,000 a file is a sixth larger.
struct GlyphTable: ~Copyable {
  static let em = 250.0

  /// Path data, in order of first use.
  private(set) var outlines: [[UInt8]] = []
  private var places: [[UInt8]: Int] = [:]
  private var known: [GlyphOutlines.Key: Int?] = [:]
  private let shapes: GlyphOutlines

  init() throws(RenderFailure) { shapes = try GlyphOutlines.ofThread() }

  /// The place of a glyph's outline in `outlines`; nil for one that draws nothing, a space.
  mutating func place(of glyph: PangoGlyph, in face: OpaquePointer, size: Double, width: Double) -> Int? {
    let key = GlyphOutlines.Key(
      face: face, glyph: glyph, size: size, width: MissingGlyph.covers(glyph, face) ? width : 0)
    if let place = known[key] { return place }
    let data = shapes.outline(key)
    let place = data.isEmpty ? nil : add(data)
    known[key] = place
    return place
  }

  private mutating func add(_ data: [UInt8]) -> Int {
    if let place = places[data] { return place }
    places[data] = outlines.count
    outlines.append(data)
    return outlines.count - 1
  }
}
