/// Values as bytes for the cache: lengths before contents, numbers by their bits. Reading checks every length, so that bytes that
/// are not ours give nil and never a crash.
package struct Packer {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func add(_ number: UInt64) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }
  package mutating func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }
  package mutating func add(_ number: Double) { add(number.bitPattern) }
  package mutating func add(_ truth: Bool) { bytes.append(truth ? 1 : 0) }
  package mutating func add(_ text: String) {
    var text = text
    text.withUTF8 {
      add($0.count)
      bytes.append(contentsOf: $0)
    }
  }
  package mutating func add(_ data: [UInt8]) {
    add(data.count)
    bytes.append(contentsOf: data)
  }
  package mutating func add(_ text: String?) {
    add(text != nil)
    if let text { add(text) }
  }
  package mutating func add<Item>(_ items: [Item], _ one: (inout Packer, Item) -> Void) {
    add(items.count)
    for item in items { one(&self, item) }
  }
}

package struct Unpacker {
  package struct Damaged: Error {
    package init() {}
  }

  private let bytes: [UInt8]
  private var at = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var isAtEnd: Bool { at == bytes.count }

  package mutating func bits() throws(Damaged) -> UInt64 {
    guard at + 8 <= bytes.count else { throw Damaged() }
    defer { at += 8 }
    return UInt64(littleEndian: bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: at, as: UInt64.self) })
  }
  package mutating func integer() throws(Damaged) -> Int { Int(Int64(bitPattern: try bits())) }
  package mutating func number() throws(Damaged) -> Double { Double(bitPattern: try bits()) }
  package mutating func truth() throws(Damaged) -> Bool {
    guard at < bytes.count, bytes[at] <= 1 else { throw Damaged() }
    at += 1
    return bytes[at - 1] == 1
  }
  package mutating func count() throws(Damaged) -> Int {
    let count = try integer()
    // An item takes a byte at least, so a larger count cannot be true.
    guard count >= 0, count <= bytes.count - at else { throw Damaged() }
    return count
  }
  package mutating func data() throws(Damaged) -> [UInt8] {
    let length = try count()
    defer { at += length }
    return Array(bytes[at..<at + length])
  }
  package mutating func text() throws(Damaged) -> String {
    let length = try count()
    defer { at += length }
    return String(decoding: bytes[at..<at + length], as: UTF8.self)
  }
  package mutating func optionalText() throws(Damaged) -> String? { try truth() ? try text() : nil }
  package mutating func list<Item>(_ one: (inout Unpacker) throws(Damaged) -> Item) throws(Damaged) -> [Item] {
    let count = try count()
    var items: [Item] = []
    // A small item takes more memory than bytes: the rest is believed when it is read.
    items.reserveCapacity(min(count, 4096))
    for _ in 0..<count { items.append(try one(&self)) }
    return items
  }
}
