/// Values as bytes for the cache: lengths before contents, numbers by their bits. Reading checks every length, so that bytes that
/// are not ours give nil and never a crash.
struct Packer {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ number: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
  }
  mutating func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }
  mutating func add(_ number: Double) { add(number.bitPattern) }
  mutating func add(_ truth: Bool) { bytes.append(truth ? 1 : 0) }
  mutating func add(_ text: String) {
    let utf8 = Array(text.utf8)
    add(utf8)
  }
  mutating func add(_ data: [UInt8]) {
    add(data.count)
    bytes.append(contentsOf: data)
  }
  mutating func add(_ text: String?) {
    add(text != nil)
    if let text { add(text) }
  }
  mutating func add<Item>(_ items: [Item], _ one: (inout Packer, Item) -> Void) {
    add(items.count)
    for item in items { one(&self, item) }
  }
}

struct Unpacker {
  struct Damaged: Error {}

  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { at == bytes.count }

  mutating func bits() throws(Damaged) -> UInt64 {
    guard at + 8 <= bytes.count else { throw Damaged() }
    var value: UInt64 = 0
    for offset in 0..<8 { value |= UInt64(bytes[at + offset]) << UInt64(8 * offset) }
    at += 8
    return value
  }
  mutating func integer() throws(Damaged) -> Int { Int(Int64(bitPattern: try bits())) }
  mutating func number() throws(Damaged) -> Double { Double(bitPattern: try bits()) }
  mutating func truth() throws(Damaged) -> Bool {
    guard at < bytes.count, bytes[at] <= 1 else { throw Damaged() }
    at += 1
    return bytes[at - 1] == 1
  }
  mutating func count() throws(Damaged) -> Int {
    let count = try integer()
    // An item takes a byte at least, so a larger count cannot be true.
    guard count >= 0, count <= bytes.count - at else { throw Damaged() }
    return count
  }
  mutating func data() throws(Damaged) -> [UInt8] {
    let length = try count()
    defer { at += length }
    return Array(bytes[at..<at + length])
  }
  mutating func text() throws(Damaged) -> String { String(decoding: try data(), as: UTF8.self) }
  mutating func optionalText() throws(Damaged) -> String? { try truth() ? try text() : nil }
  mutating func list<Item>(_ one: (inout Unpacker) throws(Damaged) -> Item) throws(Damaged) -> [Item] {
    let count = try count()
    var items: [Item] = []
    // A small item takes more memory than bytes: the rest is believed when it is read.
    items.reserveCapacity(min(count, 4096))
    for _ in 0..<count { items.append(try one(&self)) }
    return items
  }
}
