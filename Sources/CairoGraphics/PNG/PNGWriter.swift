import CDeflate

/// Writes a PNG file (ISO/IEC 15948): no filter, since flat figures come out larger and slower with one; no time stamp.
///
/// - Parameters:
///   - palette: full colour where it is nil.
///   - scale: image px a CSS px (1/96 inch).
func writePNG(_ image: PixelImage, palette: Palette?, scale: Double) throws(RenderFailure) -> [UInt8] {
  var file = PNGFile()
  file.bytes = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  let colourType: UInt8 = palette == nil ? 2 : 3
  file.chunk("IHDR", bigEndian(image.width) + bigEndian(image.height) + [8, colourType, 0, 0, 0])
  file.chunk("sRGB", [0])
  if let palette {
    file.chunk("PLTE", palette.colours.flatMap { [UInt8($0 >> 16), UInt8($0 >> 8 & 0xFF), UInt8($0 & 0xFF)] })
  }
  let density = bigEndian(Int((96 / 0.0254 * scale).rounded()))
  file.chunk("pHYs", density + density + [1])
  file.chunk("IDAT", try deflate(palette.map { rows($0, width: image.width) } ?? rows(image)))
  file.chunk("IEND", [])
  return file.bytes
}

private struct PNGFile {
  var bytes: [UInt8] = []

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

/// Each row behind a 0: no filter.
private func rows(_ palette: Palette, width: Int) -> [UInt8] {
  let height = palette.indices.count / width
  var bytes: [UInt8] = []
  bytes.reserveCapacity((width + 1) * height)
  for y in 0..<height {
    bytes.append(0)
    bytes += palette.indices[y * width..<(y + 1) * width]
  }
  return bytes
}

private func rows(_ image: PixelImage) -> [UInt8] {
  let size = (3 * image.width + 1) * image.height
  return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    var offset = 0
    for y in 0..<image.height {
      buffer[offset] = 0
      offset += 1
      for pixel in image.pixels[y * image.width..<(y + 1) * image.width] {
        buffer[offset] = UInt8(pixel >> 16 & 0xFF)
        buffer[offset + 1] = UInt8(pixel >> 8 & 0xFF)
        buffer[offset + 2] = UInt8(pixel & 0xFF)
        offset += 3
      }
    }
    count = size
  }
}

/// In the zlib container, at the level where flat figures stop shrinking.
private func deflate(_ bytes: [UInt8]) throws(RenderFailure) -> [UInt8] {
  guard let compressor = libdeflate_alloc_compressor(6) else { throw .library("no memory to compress an image") }
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
