/// What a reader sees of rendered markup: text without tags, one space between words.
///
/// The data tables folded under figures, the focusable areas over them and drawings are left out: they repeat what the page shows.
/// Only for markup of our own, which is well formed.
func plainText(ofHTML html: String) -> String {
  let bytes = Array(html.utf8)
  var out: [UInt8] = []
  out.reserveCapacity(bytes.count / 2)
  var at = 0
  var skipped: (name: ArraySlice<UInt8>, depth: Int)?
  var needsSpace = false
  while at < bytes.count {
    guard bytes[at] == UInt8(ascii: "<") else {
      if skipped == nil {
        if bytes[at] <= 0x20 {
          needsSpace = true
        } else {
          if needsSpace, !out.isEmpty { out.append(0x20) }
          needsSpace = false
          if bytes[at] == UInt8(ascii: "&"), let (text, next) = entity(bytes, at) {
            out += text
            at = next
            continue
          }
          out.append(bytes[at])
        }
      }
      at += 1
      continue
    }
    guard let end = bytes[at...].firstIndex(of: UInt8(ascii: ">")) else { break }
    let tag = bytes[(at + 1)..<end]
    let isClosing = tag.first == UInt8(ascii: "/")
    let name = (isClosing ? tag.dropFirst() : tag).prefix { isNameByte($0) }
    if let open = skipped {
      if name == open.name, tag.last != UInt8(ascii: "/") {
        let depth = open.depth + (isClosing ? -1 : 1)
        skipped = depth == 0 ? nil : (open.name, depth)
      }
    } else if !isClosing, isLeftOut(name, tag) {
      skipped = (name, 1)
    }
    // Words in neighbouring cells and paragraphs are not one; letters around a mark of emphasis are.
    if name.count > 6 || !inline.contains(where: { name == $0 }) { needsSpace = true }
    at = end + 1
  }
  return String(decoding: out, as: UTF8.self)
}

private let inline: [ArraySlice<UInt8>] = ["a", "em", "strong", "b", "i", "code", "sup", "sub", "del", "small", "mark"]
  .map {
    ArraySlice($0.utf8)
  }

private func isNameByte(_ byte: UInt8) -> Bool {
  (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z") || (0x30...0x39).contains(byte)
}

private func isLeftOut(_ name: ArraySlice<UInt8>, _ tag: ArraySlice<UInt8>) -> Bool {
  switch name.first {
  case UInt8(ascii: "s"): return name.elementsEqual("svg".utf8)
  case UInt8(ascii: "d"): return tag.starts(with: "details class=\"figure-data\"".utf8)
  case UInt8(ascii: "p"): return tag.starts(with: "p class=\"downloads\"".utf8)
  default: return false
  }
}

/// The five entities that escaping writes; nil for anything else.
private func entity(_ bytes: [UInt8], _ at: Int) -> (text: [UInt8], next: Int)? {
  for (name, text) in [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")] {
    let pattern = Array(name.utf8)
    if bytes[at...].starts(with: pattern) { return (Array(text.utf8), at + pattern.count) }
  }
  return nil
}
