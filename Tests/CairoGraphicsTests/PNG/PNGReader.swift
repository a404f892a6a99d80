/// A PNG file read back, all checks made: what the tests hold the writer to. Only what the writer writes is understood.
struct PNGReader {
  struct Failure: Error {
    var rule: String
    init(_ rule: String) { self.rule = rule }
  }

  private(set) var width = 0
  private(set) var height = 0
  private(set) var colourType = 0
  private(set) var chunks: [String] = []
  private(set) var pixelsPerMetre = 0
  /// 0xRRGGBB each, rows from the top.
  private(set) var pixels: [UInt32] = []

  subscript(x: Int, y: Int) -> UInt32 { pixels[y * width + x] }

  func count(_ colour: UInt32) -> Int { pixels.count { $0 == colour } }

  init(_ file: [UInt8]) throws {
    guard file.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else { throw Failure("signature") }
    var palette: [UInt32] = []
    var packed: [UInt8] = []
    var at = 8
    while at + 12 <= file.count {
      let length = Self.number(file, at)
      guard at + 12 + length <= file.count else { throw Failure("chunk length") }
      let content = Array(file[at + 8..<at + 8 + length])
      guard Self.number(file, at + 8 + length) == Int(crc(file[at + 4..<at + 8 + length])) else {
        throw Failure("checksum of a chunk")
      }
      let name = String(decoding: file[at + 4..<at + 8], as: UTF8.self)
      chunks.append(name)
      switch name {
      case "IHDR":
        (width, height, colourType) = (Self.number(content, 0), Self.number(content, 4), Int(content[9]))
      case "PLTE":
        palette = stride(from: 0, to: content.count, by: 3).map {
          UInt32(content[$0]) << 16 | UInt32(content[$0 + 1]) << 8 | UInt32(content[$0 + 2])
        }
      case "pHYs": pixelsPerMetre = Self.number(content, 0)
      case "IDAT": packed += content
      default: break
      }
      at += 12 + length
    }
    guard at == file.count, chunks.last == "IEND" else { throw Failure("end") }
    var inflater = Inflater(Array(packed.dropFirst(2).dropLast(4)))
    let rows = try inflater.run()
    guard Self.number(packed, packed.count - 4) == Int(adler(rows)) else { throw Failure("checksum of the rows") }
    let bytes = colourType == 3 ? 1 : 3
    guard rows.count == (width * bytes + 1) * height else { throw Failure("size of the rows") }
    for y in 0..<height {
      let row = y * (width * bytes + 1)
      guard rows[row] == 0 else { throw Failure("filter") }
      for x in 0..<width {
        let place = row + 1 + x * bytes
        if bytes == 1 {
          guard Int(rows[place]) < palette.count else { throw Failure("palette") }
          pixels.append(palette[Int(rows[place])])
        } else {
          pixels.append(UInt32(rows[place]) << 16 | UInt32(rows[place + 1]) << 8 | UInt32(rows[place + 2]))
        }
      }
    }
  }

  private static func number(_ bytes: [UInt8], _ at: Int) -> Int {
    bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}

/// The content of a zlib container (RFC 1950), its checksum compared.
func inflated(_ packed: [UInt8]) throws -> [UInt8] {
  guard packed.count > 6, packed[0] == 0x78, (Int(packed[0]) << 8 | Int(packed[1])) % 31 == 0 else {
    throw PNGReader.Failure("container")
  }
  var inflater = Inflater(Array(packed.dropFirst(2).dropLast(4)))
  let bytes = try inflater.run()
  guard packed.suffix(4).reduce(0, { $0 << 8 | UInt32($1) }) == adler(bytes) else {
    throw PNGReader.Failure("checksum of the content")
  }
  return bytes
}

private func crc(_ bytes: ArraySlice<UInt8>) -> UInt32 {
  ~bytes.reduce(0xFFFF_FFFF) { sum, byte in
    var value = (sum ^ UInt32(byte)) & 0xFF
    for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
    return value ^ sum >> 8
  }
}

private func adler(_ bytes: [UInt8]) -> UInt32 {
  var (a, b): (UInt32, UInt32) = (1, 0)
  for byte in bytes {
    a = (a + UInt32(byte)) % 65_521
    b = (b + a) % 65_521
  }
  return b << 16 | a
}

/// Inflates a raw deflate stream (RFC 1951), plainly and slowly.
private struct Inflater {
  private let bytes: [UInt8]
  private var bit = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private struct Code {
    /// By length and value, the symbol.
    var symbols: [Int: Int] = [:]

    init(_ lengths: [Int]) {
      var value = 0
      for length in 1...15 {
        for (symbol, own) in lengths.enumerated() where own == length {
          symbols[length << 16 | value] = symbol
          value += 1
        }
        value <<= 1
      }
    }
  }

  mutating func run() throws -> [UInt8] {
    var out: [UInt8] = []
    var last = false
    while !last {
      last = try take(1) == 1
      switch try take(2) {
      case 0:
        bit = (bit + 7) / 8 * 8
        let length = try take(16)
        _ = try take(16)
        for _ in 0..<length { out.append(UInt8(try take(8))) }
      case 1:
        let lengths = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
        try block(Code(lengths), Code([Int](repeating: 5, count: 30)), &out)
      case 2:
        let (literals, distances) = try codes()
        try block(literals, distances, &out)
      default: throw PNGReader.Failure("block type")
      }
    }
    return out
  }

  private mutating func codes() throws -> (Code, Code) {
    let (literals, distances, count) = (try take(5) + 257, try take(5) + 1, try take(4) + 4)
    var lengths = [Int](repeating: 0, count: 19)
    for place in [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15].prefix(count) {
      lengths[place] = try take(3)
    }
    let code = Code(lengths)
    var all: [Int] = []
    while all.count < literals + distances {
      switch try symbol(code) {
      case 16: all += [Int](repeating: all.last ?? 0, count: try take(2) + 3)
      case 17: all += [Int](repeating: 0, count: try take(3) + 3)
      case 18: all += [Int](repeating: 0, count: try take(7) + 11)
      case let length: all.append(length)
      }
    }
    return (Code(Array(all.prefix(literals))), Code(Array(all.dropFirst(literals))))
  }

  private mutating func block(_ literals: Code, _ distances: Code, _ out: inout [UInt8]) throws {
    let base = [
      3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
    ]
    while true {
      let found = try symbol(literals)
      if found == 256 { return }
      if found < 256 {
        out.append(UInt8(found))
        continue
      }
      let index = found - 257
      let length = base[index] + (index < 8 || index == 28 ? 0 : try take((index - 4) / 4))
      let near = try symbol(distances)
      let extra = near < 4 ? 0 : (near - 2) / 2
      let distance = (near < 4 ? near + 1 : (2 + near % 2) << extra + 1) + (extra > 0 ? try take(extra) : 0)
      guard distance <= out.count else { throw PNGReader.Failure("distance") }
      for _ in 0..<length { out.append(out[out.count - distance]) }
    }
  }

  private mutating func symbol(_ code: Code) throws -> Int {
    var value = 0
    for length in 1...15 {
      value = value << 1 | (try take(1))
      if let found = code.symbols[length << 16 | value] { return found }
    }
    throw PNGReader.Failure("code")
  }

  private mutating func take(_ count: Int) throws -> Int {
    var value = 0
    for place in 0..<count {
      guard bit / 8 < bytes.count else { throw PNGReader.Failure("data") }
      value |= Int(bytes[bit / 8] >> (bit % 8) & 1) << place
      bit += 1
    }
    return value
  }
}
