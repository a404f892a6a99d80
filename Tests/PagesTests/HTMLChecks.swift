/// What is wrong with a page's markup, as far as a small reader sees: tags that do not balance, ids that come twice, attributes
/// that are not closed, links to ids that are not there, scripts, styles and handlers in the page.
func faults(ofHTML html: String) -> [String] {
  var reader = HTMLReader(html)
  reader.run()
  return reader.faults
}

/// Every tag of a page with its attributes, in reading order.
func tags(ofHTML html: String) -> [HTMLReader.Tag] {
  var reader = HTMLReader(html)
  reader.run()
  return reader.tags
}

struct HTMLReader {
  struct Tag {
    var name: String
    var attributes: [(name: String, value: String)]
    func value(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
  }

  private let text: [UInt8]
  private var at = 0
  private var open: [String] = []
  private(set) var tags: [Tag] = []
  private(set) var faults: [String] = []

  private static let void: Set<String> = ["meta", "link", "img", "br", "hr", "source", "input", "wbr", "col"]
  private static let optional: Set<String> = []

  init(_ html: String) { text = Array(html.utf8) }

  mutating func run() {
    while at < text.count {
      guard text[at] == UInt8(ascii: "<") else {
        at += 1
        continue
      }
      if starts(with: "<!doctype") || starts(with: "<!--") {
        skip(past: starts(with: "<!--") ? "-->" : ">")
      } else if starts(with: "</") {
        at += 2
        let name = word()
        skip(past: ">")
        if open.last == name { open.removeLast() } else { faults.append("</\(name)> closes \(open.last ?? "nothing")") }
      } else {
        readTag()
      }
    }
    if !open.isEmpty { faults.append("left open: \(open)") }
    checkIDs()
    for tag in tags {
      // The one script is a file of the site.
      let isOwn = tag.name == "script" && tag.value("src")?.hasSuffix("assets/site.js") == true
      if !isOwn, ["script", "style", "iframe", "object", "base"].contains(tag.name) { faults.append("<\(tag.name)>") }
      for (name, value) in tag.attributes {
        if name.hasPrefix("on") || name == "style" { faults.append("\(name)= on <\(tag.name)>") }
        if value.lowercased().contains("javascript:"), ["href", "src", "srcset"].contains(name) {
          faults.append("\(name)=\(value)")
        }
      }
    }
  }

  private mutating func readTag() {
    at += 1
    let name = word()
    if name.isEmpty {
      faults.append("a bare <")
      return
    }
    var tag = Tag(name: name, attributes: [])
    while true {
      while at < text.count, [0x20, 0x0A, 0x09, 0x0D].contains(text[at]) { at += 1 }
      guard at < text.count else {
        faults.append("<\(name) is not closed")
        return
      }
      if text[at] == UInt8(ascii: ">") {
        at += 1
        break
      }
      if text[at] == UInt8(ascii: "/"), at + 1 < text.count, text[at + 1] == UInt8(ascii: ">") {
        at += 2
        tags.append(tag)
        return
      }
      let key = word()
      guard !key.isEmpty else {
        faults.append("bad attribute in <\(name)")
        at += 1
        continue
      }
      var value = ""
      if at < text.count, text[at] == UInt8(ascii: "=") {
        at += 1
        guard at < text.count, text[at] == UInt8(ascii: "\"") else {
          faults.append("\(key) without quotes in <\(name)")
          continue
        }
        at += 1
        let start = at
        while at < text.count, text[at] != UInt8(ascii: "\"") { at += 1 }
        value = String(decoding: text[start..<at], as: UTF8.self)
        at += 1
      }
      if tag.value(key) != nil { faults.append("\(key) twice in <\(name)") }
      tag.attributes.append((key, value))
    }
    tags.append(tag)
    if !Self.void.contains(name) { open.append(name) }
  }

  private mutating func checkIDs() {
    var ids: Set<String> = []
    for tag in tags {
      guard let id = tag.value("id") else { continue }
      if !ids.insert(id).inserted { faults.append("id \(id) twice") }
    }
    for tag in tags {
      if let href = tag.value("href"), href.hasPrefix("#"), !ids.contains(String(href.dropFirst())) {
        faults.append("\(href) leads nowhere")
      }
      for name in ["aria-labelledby", "aria-describedby"] {
        if let id = tag.value(name), !ids.contains(id) { faults.append("\(name) \(id) leads nowhere") }
      }
    }
  }

  private mutating func word() -> String {
    let start = at
    while at < text.count {
      let byte = text[at]
      let isWord =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "_")].contains(byte)
      guard isWord else { break }
      at += 1
    }
    return String(decoding: text[start..<at], as: UTF8.self).lowercased()
  }

  private func starts(with sign: String) -> Bool {
    let bytes = Array(sign.utf8)
    guard at + bytes.count <= text.count else { return false }
    return String(decoding: text[at..<at + bytes.count], as: UTF8.self).lowercased() == sign
  }

  private mutating func skip(past end: String) {
    while at < text.count, !starts(with: end) { at += 1 }
    at += end.utf8.count
  }
}
