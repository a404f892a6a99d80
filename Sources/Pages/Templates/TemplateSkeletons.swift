import Markup
import Synchronization

/// What a template renders for contexts of one shape, with holes for their texts.
///
/// Ten thousand pages are set in one layout and differ in their words only: the same sections are open, the same lists as long. What
/// swift-mustache makes of one of them is cut at its words and filled with those of the others.
struct TemplateSkeleton: Sendable {
  private enum Piece: Sendable {
    case words([UInt8])
    /// The text of that number, escaped or as it is.
    case hole(Int, escaped: Bool)
  }

  private var pieces: [Piece] = []

  /// - Parameters:
  ///   - rendered: Of the context with its texts marked.
  ///   - texts: Whether each text is to be escaped.
  /// - Returns: nil where a mark did not come through whole.
  init?(_ rendered: String, escaped texts: [Bool]) {
    let bytes = Array(rendered.utf8)
    var at = 0
    var start = 0
    while at < bytes.count {
      guard bytes[at] == Marks.open[0], bytes[at...].starts(with: Marks.open) else {
        at += 1
        continue
      }
      if start < at { pieces.append(.words(Array(bytes[start..<at]))) }
      at += Marks.open.count
      var number = 0
      while at < bytes.count, (0x30...0x39).contains(bytes[at]) {
        number = number * 10 + Int(bytes[at] - 0x30)
        at += 1
      }
      guard bytes[at...].starts(with: Marks.close), texts.indices.contains(number) else { return nil }
      at += Marks.close.count
      pieces.append(.hole(number, escaped: texts[number]))
      start = at
    }
    if start < bytes.count { pieces.append(.words(Array(bytes[start...]))) }
  }

  func filled(_ texts: [String]) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(texts.reduce(4096) { $0 + $1.utf8.count })
    for piece in pieces {
      switch piece {
      case .words(let bytes): out += bytes
      case .hole(let number, let escaped):
        guard texts.indices.contains(number) else { continue }
        if escaped { HTMLValues.escape(texts[number], &out) } else { out.append(contentsOf: texts[number].utf8) }
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Noncharacters, which no template may hold.
  enum Marks {
    static let open: [UInt8] = [0xEF, 0xB7, 0x92]
    static let close: [UInt8] = [0xEF, 0xB7, 0x93]

    static func mark(_ number: Int) -> String {
      String(decoding: open + String(number).utf8 + close, as: UTF8.self)
    }
  }
}

/// A context taken apart: its texts, and a fingerprint of all the rest.
struct TemplateShape {
  private(set) var texts: [String] = []
  /// Whether each text is escaped where it is printed.
  private(set) var escaped: [Bool] = []
  private var print = Fingerprint()

  /// The same for contexts that differ in their texts only.
  var key: UInt64 { print.value }

  init(_ context: TemplateObject) { add(context) }

  private mutating func add(_ object: TemplateObject) {
    for name in object.names {
      print.add(name)
      if let value = object[name] { add(value) }
    }
    print.add(7)
  }

  private mutating func add(_ value: TemplateValue) {
    switch value {
    // An empty text opens no section.
    case .text(let text):
      print.add(text.isEmpty ? 11 : 12)
      if !text.isEmpty { add(text, escaped: true) }
    case .html(let text):
      print.add(text.isEmpty ? 13 : 14)
      if !text.isEmpty { add(text, escaped: false) }
    case .object(let object):
      print.add(15)
      add(object)
    case .list(let items, let fields):
      print.add(16)
      print.add(items.count)
      for item in items { add(item) }
      print.add(fields)
    case .missing, .truth, .number, .date:
      print.add(17)
      print.add(value)
    }
  }

  private mutating func add(_ text: String, escaped isEscaped: Bool) {
    texts.append(text)
    escaped.append(isEscaped)
  }

  /// The same context with a mark in place of each text.
  static func marked(_ context: TemplateObject) -> TemplateObject {
    var number = 0
    return marked(context, &number)
  }

  private static func marked(_ object: TemplateObject, _ number: inout Int) -> TemplateObject {
    TemplateObject(object.names.compactMap { name in object[name].map { (name, marked($0, &number)) } })
  }

  private static func marked(_ value: TemplateValue, _ number: inout Int) -> TemplateValue {
    switch value {
    case .text(let text) where !text.isEmpty:
      defer { number += 1 }
      return .text(TemplateSkeleton.Marks.mark(number))
    case .html(let text) where !text.isEmpty:
      defer { number += 1 }
      return .html(TemplateSkeleton.Marks.mark(number))
    case .object(let object): return .object(marked(object, &number))
    case .list(let items, let fields): return .list(items.map { marked($0, &number) }, fields: fields)
    default: return value
    }
  }
}

/// Skeletons by template and shape. A shape is rendered in full when it is first met; the second time its skeleton is made and held
/// against a full rendering; from then on it is filled.
final class TemplateSkeletons: Sendable {
  enum State: Sendable {
    case seen
    case skeleton(TemplateSkeleton)
    /// Its skeleton would not have given the same.
    case unfit
  }

  private let known = Mutex<[Key: State]>([:])
  /// Shapes beyond are rendered in full: a site has a few dozen.
  private static let most = 4096

  struct Key: Hashable {
    var template: String
    var shape: UInt64
  }

  subscript(key: Key) -> State? {
    get { known.withLock { $0[key] } }
    set { known.withLock { if $0.count < Self.most { $0[key] = newValue } } }
  }
}
