/// The encodings of text a file may be in.
package enum TextEncoding: String, Sendable, Hashable, Codable {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case windows1252 = "windows-1252"
  case latin1 = "iso-8859-1"

  /// What `encoding:` accepts.
  package static let names = ["utf-8", "utf-16", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1"]

  /// The encoding of a name, any case, with the usual short spellings; nil for a name that is not known.
  /// `utf-16` looks at the first bytes for which of a pair comes first, little-endian when that is open.
  static func named(_ name: String, start: [UInt8]) -> TextEncoding? {
    switch name.lowercased() {
    case "utf-8", "utf8": .utf8
    case "utf-16le", "utf16le": .utf16LittleEndian
    case "utf-16be", "utf16be": .utf16BigEndian
    case "utf-16", "utf16":
      byteOrderMark(start).map(\.encoding) == .utf16BigEndian || (start.count >= 2 && start[0] == 0 && start[1] != 0)
        ? .utf16BigEndian : .utf16LittleEndian
    case "windows-1252", "cp1252", "windows1252": .windows1252
    case "iso-8859-1", "latin1", "latin-1": .latin1
    default: nil
    }
  }

  /// The encoding a byte-order mark stands for, and how many bytes the mark takes.
  static func byteOrderMark(_ start: [UInt8]) -> (encoding: TextEncoding, length: Int)? {
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if start.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if start.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    return nil
  }

  var isUTF16: Bool { self == .utf16LittleEndian || self == .utf16BigEndian }

  /// How many bytes of the file the given UTF-8 bytes stood for.
  func sourceLength(of decoded: UnsafeBufferPointer<UInt8>) -> Int {
    switch self {
    case .utf8: return decoded.count
    case .windows1252, .latin1: return decoded.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
    case .utf16LittleEndian, .utf16BigEndian:
      // Scalars of four bytes in UTF-8 are two units in UTF-16, all others one.
      return decoded.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : $1 >= 0xF0 && $1 != invalidByte ? 4 : 2) }
    }
  }
}

/// Stands in decoded text for what could not be decoded; never part of valid UTF-8, so the check finds it.
let invalidByte: UInt8 = 0xFF

/// Turns bytes of one encoding into UTF-8, in pieces of any size.
struct Decoder {
  let encoding: TextEncoding
  /// The first byte of a pair that is not complete yet.
  private var half: UInt8?
  /// The first unit of a surrogate pair that is not complete yet.
  private var highSurrogate: UInt32?

  init(_ encoding: TextEncoding) { self.encoding = encoding }

  /// The most UTF-8 bytes that come of `count` bytes and what is held back.
  static func room(for count: Int) -> Int { 3 * count + 8 }

  /// Writes at `out` and returns how much was written.
  mutating func decode(_ bytes: UnsafeRawBufferPointer, into out: UnsafeMutablePointer<UInt8>) -> Int {
    var written = 0
    switch encoding {
    case .utf8:
      for byte in bytes {
        out[written] = byte
        written += 1
      }
    case .latin1, .windows1252:
      for byte in bytes {
        let isC1 = encoding == .windows1252 && (0x80...0x9F).contains(byte)
        put(isC1 ? UInt32(windows1252Upper[Int(byte) - 0x80]) : UInt32(byte), out, &written)
      }
    case .utf16LittleEndian, .utf16BigEndian:
      for byte in bytes {
        guard let first = half else {
          half = byte
          continue
        }
        half = nil
        let unit =
          encoding == .utf16LittleEndian ? UInt32(first) | UInt32(byte) << 8 : UInt32(first) << 8 | UInt32(byte)
        take(unit, out, &written)
      }
    }
    return written
  }

  /// What is left over at the end of the file: at most two bytes, each standing for something cut off.
  mutating func finish(into out: UnsafeMutablePointer<UInt8>) -> Int {
    var written = 0
    if highSurrogate != nil { putInvalid(out, &written) }
    if half != nil { putInvalid(out, &written) }
    highSurrogate = nil
    half = nil
    return written
  }

  private mutating func take(_ unit: UInt32, _ out: UnsafeMutablePointer<UInt8>, _ written: inout Int) {
    if let high = highSurrogate {
      highSurrogate = nil
      if (0xDC00...0xDFFF).contains(unit) {
        put(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00), out, &written)
        return
      }
      putInvalid(out, &written)
    }
    switch unit {
    case 0xD800...0xDBFF: highSurrogate = unit
    case 0xDC00...0xDFFF: putInvalid(out, &written)
    default: put(unit, out, &written)
    }
  }

  private func putInvalid(_ out: UnsafeMutablePointer<UInt8>, _ written: inout Int) {
    out[written] = invalidByte
    written += 1
  }

  @inline(__always)
  private func put(_ scalar: UInt32, _ out: UnsafeMutablePointer<UInt8>, _ written: inout Int) {
    func add(_ value: UInt32) {
      out[written] = UInt8(truncatingIfNeeded: value)
      written += 1
    }
    if scalar < 0x80 {
      add(scalar)
    } else if scalar < 0x800 {
      add(0xC0 | scalar >> 6)
      add(0x80 | scalar & 0x3F)
    } else if scalar < 0x10000 {
      add(0xE0 | scalar >> 12)
      add(0x80 | scalar >> 6 & 0x3F)
      add(0x80 | scalar & 0x3F)
    } else {
      add(0xF0 | scalar >> 18)
      add(0x80 | scalar >> 12 & 0x3F)
      add(0x80 | scalar >> 6 & 0x3F)
      add(0x80 | scalar & 0x3F)
    }
  }
}

/// What windows-1252 puts where ISO 8859-1 has control characters; the five unused bytes stay those controls,
/// as the WHATWG encoding standard has it.
private let windows1252Upper: [UInt16] = [
  0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D,
  0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
  0x0153, 0x009D, 0x017E, 0x0178,
]
