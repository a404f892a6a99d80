/// Something a page asked for while it was made, and a fingerprint of the answer. The page is the same as long as all its answers are.
struct PageRead: Sendable, Hashable {
  enum Kind: UInt8, Sendable {
    /// A name in a tag: `brand-map.explained`.
    case name
    /// A template its tags bring in.
    case template
    /// A reference: `fig-brand-map`.
    case label
    /// A link to a page: `segments.md`.
    case page
    /// A place on another page: `segments/index.html#who`.
    case anchor
    /// A file below `content/` that is shown or linked.
    case asset
    /// A file of findings that is linked.
    case findings
    /// A figure or table that stands on it: `figure:brand-map`.
    case directive
  }

  var kind: Kind
  var name: String
  var answer: UInt64

  /// In words, for `--explain`.
  var words: String {
    switch kind {
    case .name: "value \(name)"
    case .template: "template templates/\(name).mustache"
    case .label: "reference #\(name)"
    case .page: "page \(name)"
    case .anchor: "place \(name)"
    case .asset: "file content/\(name)"
    case .findings: "file \(name)"
    case .directive: name
    }
  }
}

/// What a page asked for so far, each once.
struct PageReads: Sendable {
  private(set) var list: [PageRead] = []
  private var known: Set<String> = []

  mutating func add(_ kind: PageRead.Kind, _ name: String, _ answer: UInt64) {
    guard known.insert("\(kind.rawValue) \(name)").inserted else { return }
    list.append(PageRead(kind: kind, name: name, answer: answer))
  }
}

extension Packer {
  mutating func add(_ reads: [PageRead]) {
    add(reads) {
      $0.add(UInt64($1.kind.rawValue))
      $0.add($1.name)
      $0.add($1.answer)
    }
  }
}

extension Unpacker {
  mutating func reads() throws(Damaged) -> [PageRead] {
    try list { (r) throws(Damaged) in
      guard let kind = PageRead.Kind(rawValue: UInt8(truncatingIfNeeded: try r.bits())) else { throw Damaged() }
      return PageRead(kind: kind, name: try r.text(), answer: try r.bits())
    }
  }
}
