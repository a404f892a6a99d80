import CPangoCairo
import Graphics

/// The pixels of an opaque image, where letters are laid by their masks.
struct PixelGround {
  let surface: OpaquePointer
  let width: Int
  let height: Int
  /// Image px a px of the drawing.
  let scale: Double

  /// Lays a line of text from `start`, its halo first.
  ///
  /// - Returns: False where nothing was done, since the line has something that is no usual letter.
  func lay(
    _ line: borrowing TextLine, at start: Point, fill: UInt32, alpha: Double, halo: (colour: UInt32, width: Double)?
  )
    -> Bool
  {
    guard let masks = GlyphMasks.ofThread else { return false }
    var letters: [(mask: GlyphMask, x: Int, y: Int)] = []
    var halos: [(mask: GlyphMask, x: Int, y: Int)] = []
    var isWhole = true
    line.forEachGlyph { face, glyph, x, y, _ in
      guard isWhole else { return }
      let (right, below) = ((start.x + x) * scale, (start.y + y) * scale)
      let column = Int((right * 4).rounded())
      let row = Int((below * 4).rounded())
      var key = GlyphMasks.Key(face: face, glyph: glyph, scale: scale, right: column & 3, below: row & 3, halo: 0)
      guard let mask = masks.mask(key) else {
        isWhole = false
        return
      }
      letters.append((mask, column >> 2, row >> 2))
      guard let halo else { return }
      key.halo = halo.width
      guard let around = masks.mask(key) else {
        isWhole = false
        return
      }
      halos.append((around, column >> 2, row >> 2))
    }
    guard isWhole else { return false }
    cairo_surface_flush(surface)
    guard let data = cairo_image_surface_get_data(surface) else { return false }
    let stride = Int(cairo_image_surface_get_stride(surface))
    if let halo { for (mask, x, y) in halos { lay(mask, x, y, halo.colour, 256, on: data, stride) } }
    for (mask, x, y) in letters { lay(mask, x, y, fill, UInt32((alpha * 256).rounded()), on: data, stride) }
    cairo_surface_mark_dirty(surface)
    return true
  }

  /// - Parameter strength: of 256.
  private func lay(
    _ mask: GlyphMask, _ x: Int, _ y: Int, _ colour: UInt32, _ strength: UInt32, on data: UnsafeMutablePointer<UInt8>,
    _ stride: Int
  ) {
    let (left, top) = (x + mask.left, y + mask.top)
    let columns = max(0, -left)..<max(max(0, -left), min(mask.width, width - left))
    let rows = max(0, -top)..<max(max(0, -top), min(mask.height, height - top))
    mask.coverage.withUnsafeBufferPointer { coverage in
      for row in rows {
        let target = UnsafeMutableRawPointer(data + (top + row) * stride).assumingMemoryBound(to: UInt32.self) + left
        let source = row * mask.width
        for column in columns {
          let share = UInt32(coverage[source + column]) * strength >> 8
          if share == 0 { continue }
          target[column] = share == 255 ? colour : mixed(target[column], colour, share)
        }
      }
    }
  }
}

/// - Parameter share: of `over`, 0 to 255.
@inline(__always)
private func mixed(_ under: UInt32, _ over: UInt32, _ share: UInt32) -> UInt32 {
  // Two channels at a time: each product stays below 2¹⁶.
  func pair(_ a: UInt32, _ b: UInt32) -> UInt32 {
    let sum = a &* (255 - share) &+ b &* share &+ 0x0080_0080
    return (sum &+ (sum >> 8 & 0x00FF_00FF)) >> 8 & 0x00FF_00FF
  }
  let odd = pair(under >> 8 & 0x00FF_00FF, over >> 8 & 0x00FF_00FF)
  return odd << 8 | pair(under & 0x00FF_00FF, over & 0x00FF_00FF) | 0xFF00_0000
}
