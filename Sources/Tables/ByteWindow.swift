/// The piece of a file at hand, as UTF-8. Bytes already used are dropped, the unfinished record is carried over to the
/// front, and the window grows only for a record that does not fit.
struct ByteWindow: ~Copyable {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var capacity: Int
  /// Bytes at hand.
  private(set) var count = 0
  /// Nothing follows the bytes at hand.
  private(set) var atEnd = false
  /// A place in the window and the same place in the file; later places are counted from here.
  private var anchor: (position: Int, fileOffset: Int)
  /// False once something that is not text has come by; records are then checked one by one.
  private(set) var isClean = true
  private var checked = 0
  private var decoder: Decoder
  private var raw: [UInt8] = []
  private let limit: Int

  /// - Parameters:
  ///   - capacity: bytes to begin with.
  ///   - limit: bytes never passed.
  ///   - fileOffset: bytes of the file before the first one read.
  init(capacity: Int, limit: Int, encoding: TextEncoding, fileOffset: Int) {
    self.limit = max(limit, 32)
    self.capacity = max(32, min(capacity, self.limit))
    base = .allocate(capacity: self.capacity)
    decoder = Decoder(encoding)
    anchor = (0, fileOffset)
  }

  deinit { base.deallocate() }

  /// Drops the first `used` bytes and fills the rest of the window.
  ///
  /// - Returns: False where the window is full at its limit, so that nothing could be added.
  mutating func refill(dropping used: Int, from stream: inout some ByteStream) throws -> Bool {
    if used > 0 {
      anchor = (0, fileOffset(of: used))
      base.update(from: base + used, count: count - used)
      count -= used
      checked = max(0, checked - used)
    }
    if atEnd { return true }
    // A window more than half full of one record is too small for it.
    if count > capacity / 2 {
      if capacity < limit { grow() } else if capacity - count < Decoder.room(for: 2) { return false }
    }
    if decoder.encoding == .utf8 {
      try fill(from: &stream)
    } else {
      try fillDecoded(from: &stream)
    }
    check()
    return true
  }

  /// Where in the file the byte at a place of the window stands; asked for in rising order.
  mutating func fileOffset(of position: Int) -> Int {
    let between = UnsafeBufferPointer(start: base + anchor.position, count: max(0, position - anchor.position))
    anchor = (max(position, anchor.position), anchor.fileOffset + decoder.encoding.sourceLength(of: between))
    return anchor.fileOffset
  }

  private mutating func fill(from stream: inout some ByteStream) throws {
    while count < capacity {
      let got = try stream.read(into: UnsafeMutableRawBufferPointer(start: base + count, count: capacity - count))
      if got <= 0 {
        atEnd = true
        return
      }
      count += min(got, capacity - count)
    }
  }

  private mutating func fillDecoded(from stream: inout some ByteStream) throws {
    while capacity - count >= Decoder.room(for: 2) {
      let most = (capacity - count - Decoder.room(for: 0)) / 3
      if raw.count < most { raw = [UInt8](repeating: 0, count: most) }
      let out = base + count
      let (got, written) = try raw.withUnsafeMutableBytes { buffer -> (Int, Int) in
        let got = min(try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<most])), most)
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<max(0, got)])
        return (got, got <= 0 ? decoder.finish(into: out) : decoder.decode(bytes, into: out))
      }
      count += written
      if got <= 0 {
        atEnd = true
        return
      }
    }
  }

  private mutating func check() {
    guard isClean else { return }
    let (reached, clean) = checkText(base, from: checked, to: count)
    checked = reached
    isClean = clean && !(atEnd && reached < count)
  }

  private mutating func grow() {
    let wider = min(capacity * 2, limit)
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: wider)
    grown.update(from: base, count: count)
    base.deallocate()
    base = grown
    capacity = wider
  }
}
