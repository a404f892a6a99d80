import CXXHash
import ValueModels

/// 64 bits that change with what was added, in its order. Tells whether something is what it was when a page was made; never
/// reaches the site.
struct Fingerprint: Sendable, Hashable {
  private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

  init() {}

  init(_ text: String) { add(text) }

  mutating func add(_ number: UInt64) {
    // Order counts: the sum so far is turned before the next is mixed in.
    var mixed = (value << 27 | value >> 37) ^ number
    mixed = mixed &* 0xFF51_AFD7_ED55_8CCD
    value = mixed ^ (mixed >> 33)
  }

  mutating func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }
  mutating func add(_ truth: Bool) { add(truth ? 1 as UInt64 : 2) }

  mutating func add(_ text: String) { add(textFingerprint(text)) }

  mutating func add(_ text: String?) {
    add(text == nil)
    if let text { add(text) }
  }

  mutating func add(_ texts: [String]) {
    add(texts.count)
    for text in texts { add(text) }
  }

  mutating func add(_ value: TemplateValue) {
    switch value {
    case .missing: add(3 as UInt64)
    case .text(let text):
      add(4 as UInt64)
      add(text)
    case .html(let text):
      add(5 as UInt64)
      add(text)
    case .truth(let truth): add(truth)
    case .number(let number, let format):
      add(number.bitPattern)
      add(format.rawValue)
    case .date(let day):
      add(6 as UInt64)
      add(day)
    case .object(let object): add(object)
    case .list(let items, let fields):
      add(items.count)
      for item in items { add(item) }
      add(fields)
    }
  }

  mutating func add(_ object: TemplateObject) {
    add(object.names)
    for name in object.names { if let value = object[name] { add(value) } }
  }
}

/// XXH3 of a text's bytes.
package func textFingerprint(_ text: String) -> UInt64 {
  var text = text
  return text.withUTF8 { XXH3_64bits($0.baseAddress, $0.count) }
}
