import CDeflate

/// A zip archive in memory (PKWARE's APPNOTE 6.3): deflated files, names in UTF-8, the same bytes for the same files.
///
/// Every file has the same date, 1 January 1980, the earliest there is: a clock would make bytes depend on when they were packed.
struct ZipArchive {
  private struct Entry {
    var name: [UInt8]
    var check: UInt32
    var packed: Int
    var size: Int
    var method: UInt16
    var offset: Int
  }

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  private static let date: UInt16 = 0x21

  /// Why files make no archive.
  enum Failure: Error, Equatable { case tooLarge, tooMany, noMemory }

  /// Adds a file; one that does not shrink is stored.
  mutating func add(_ file: [UInt8], at path: String) throws(Failure) {
    guard entries.count < 0xFFFE else { throw .tooMany }
    guard file.count < 0xFFFF_FFFF, bytes.count + file.count < 0xFFFF_0000 else { throw .tooLarge }
    let packed = try deflated(file)
    let content = packed.count < file.count ? packed : file
    let entry = Entry(
      name: Array(path.utf8), check: file.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) },
      packed: content.count, size: file.count, method: packed.count < file.count ? 8 : 0, offset: bytes.count)
    bytes.add32(0x0403_4b50)
    header(entry, into: &bytes)
    bytes.add16(0)
    bytes += entry.name
    bytes += content
    entries.append(entry)
  }

  /// The archive whole: files, directory, end.
  var finished: [UInt8] {
    var out = bytes
    for entry in entries {
      out.add32(0x0201_4b50)
      // Made on Unix, version 2.0: file modes are read from the upper half of the attributes.
      out.add16(0x0314)
      header(entry, into: &out)
      out.add16(0)
      out.add16(0)
      out.add16(0)
      out.add16(0)
      out.add32(0o100644 << 16)
      out.add32(UInt32(entry.offset))
      out += entry.name
    }
    let directory = out.count - bytes.count
    out.add32(0x0605_4b50)
    out.add16(0)
    out.add16(0)
    out.add16(UInt16(entries.count))
    out.add16(UInt16(entries.count))
    out.add32(UInt32(directory))
    out.add32(UInt32(bytes.count))
    out.add16(0)
    return out
  }

  /// What the two headers of a file share, from the version needed to the length of its name.
  private func header(_ entry: Entry, into out: inout [UInt8]) {
    out.add16(20)
    // Names are UTF-8.
    out.add16(0x0800)
    out.add16(entry.method)
    out.add16(0)
    out.add16(Self.date)
    out.add32(entry.check)
    out.add32(UInt32(entry.packed))
    out.add32(UInt32(entry.size))
    out.add16(UInt16(entry.name.count))
  }

  private func deflated(_ file: [UInt8]) throws(Failure) -> [UInt8] {
    guard let compressor = libdeflate_alloc_compressor(9) else { throw .noMemory }
    defer { libdeflate_free_compressor(compressor) }
    let bound = libdeflate_deflate_compress_bound(compressor, file.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      count = file.withUnsafeBytes {
        libdeflate_deflate_compress(compressor, $0.baseAddress, $0.count, buffer.baseAddress, bound)
      }
    }
  }
}

extension [UInt8] {
  fileprivate mutating func add16(_ value: UInt16) { self += [UInt8(value & 0xFF), UInt8(value >> 8)] }
  fileprivate mutating func add32(_ value: UInt32) {
    for shift in 0..<4 { append(UInt8(value >> (8 * UInt32(shift)) & 0xFF)) }
  }
}
