import CDeflate

// PNG files (ISO/IEC 15948) without filters, since flat figures come out larger and slower with one, and without a time.

/// - Parameter scale: image px a CSS px (1/96 inch).
func writePNG(_ palette: Palette, width: Int, scale: Double) throws(RenderFailure) -> [UInt8] {
  var file = PNGFile(width: width, height: palette.rows.count / (width + 1), colourType: 3)
  file.chunk("PLTE", palette.colours.flatMap { [UInt8($0 >> 16 & 0xFF), UInt8($0 >> 8 & 0xFF), UInt8($0 & 0xFF)] })
  return try file.finish(palette.rows, flatStride: width + 1, scale: scale)
}

/// Every pixel with its exact colour.
///
/// - Parameter scale: image px a CSS px (1/96 inch).
func writePNG(_ image: borrowing PaintedImage, scale: Double) throws(RenderFailure) -> [UInt8] {
  var file = PNGFile(width: image.width, height: image.height, colourType: 2)
  return try file.finish(rows(image), scale: scale)
}

private struct PNGFile {
  private var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  init(width: Int, height: Int, colourType: UInt8) {
    chunk("IHDR", bigEndian(width) + bigEndian(height) + [8, colourType, 0, 0, 0])
    chunk("sRGB", [0])
  }

  /// - Parameter flatStride: bytes a row of an image of few colours; nil for any other.
  mutating func finish(_ rows: [UInt8], flatStride: Int? = nil, scale: Double) throws(RenderFailure) -> [UInt8] {
    // Pixels a metre, so that the image shows at the drawing's own size.
    let density = bigEndian(Int((96 / 0.0254 * scale).rounded()))
    chunk("pHYs", density + density + [1])
    // Thumbnails, which pages load, are made as small as can be.
    if let flatStride, rows.count > 100_000 {
      chunk("IDAT", deflateFlat(rows, stride: flatStride))
    } else {
      chunk("IDAT", try deflate(rows))
    }
    chunk("IEND", [])
    return bytes
  }

  mutating func chunk(_ name: StaticString, _ content: [UInt8]) {
    bytes += bigEndian(content.count)
    let start = bytes.count
    name.withUTF8Buffer { bytes += $0 }
    bytes += content
    let check = bytes[start...].withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
    bytes += bigEndian(Int(check))
  }
}

private func bigEndian(_ value: Int) -> [UInt8] {
  [UInt8(value >> 24 & 0xFF), UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)]
}

/// Three bytes a pixel, each row behind a 0: no filter.
private func rows(_ image: borrowing PaintedImage) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: (3 * image.width + 1) * image.height)
  var offset = 0
  for y in 0..<image.height {
    let row = image.row(y)
    offset += 1
    for x in 0..<image.width {
      bytes[offset] = UInt8(truncatingIfNeeded: row[x] >> 16)
      bytes[offset + 1] = UInt8(truncatingIfNeeded: row[x] >> 8)
      bytes[offset + 2] = UInt8(truncatingIfNeeded: row[x])
      offset += 3
    }
  }
  return bytes
}

/// In the zlib container.
private func deflate(_ bytes: [UInt8]) throws(RenderFailure) -> [UInt8] {
  guard let compressor = libdeflate_alloc_compressor(bytes.count <= 100_000 ? 9 : 6) else {
    throw .library("no memory to compress an image")
  }
  defer { libdeflate_free_compressor(compressor) }
  let bound = libdeflate_zlib_compress_bound(compressor, bytes.count)
  let packed = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
    count = bytes.withUnsafeBytes {
      libdeflate_zlib_compress(compressor, $0.baseAddress, $0.count, buffer.baseAddress, bound)
    }
  }
  guard !packed.isEmpty else { throw .library("an image did not compress") }
  return packed
}
