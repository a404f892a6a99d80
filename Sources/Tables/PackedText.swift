/// Many texts in one block of UTF-8 bytes. An empty text means "missing".
package struct PackedText: Sendable, Hashable {
  /// All texts one after the other.
  package private(set) var bytes: [UInt8] = []
  /// Where each text ends; the first begins at 0.
  package private(set) var ends: [UInt32] = []

  package init() {}

  package var count: Int { ends.count }

  package subscript(row: Int) -> String? {
    let range = range(row)
    return range.isEmpty ? nil : String(decoding: bytes[range], as: UTF8.self)
  }

  /// The bytes of one text in `bytes`; empty where it is missing.
  package func range(_ row: Int) -> Range<Int> {
    (row == 0 ? 0 : Int(ends[row - 1]))..<Int(ends[row])
  }

  /// Returns false, and adds nothing, when the block would pass 4 GB.
  @discardableResult @inline(__always)
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count + text.count <= Int(UInt32.max) else { return false }
    bytes.append(contentsOf: text)
    ends.append(UInt32(bytes.count))
    return true
  }

  mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    ends.append(UInt32(clamping: bytes.count))
  }

  @inline(__always)
  mutating func appendMissing() { ends.append(UInt32(bytes.count)) }

  mutating func reserve(rows: Int, bytes byteCount: Int = 0) {
    ends.reserveCapacity(rows)
    if byteCount > 0 { bytes.reserveCapacity(byteCount) }
  }
}
