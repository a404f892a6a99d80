/// The finished site: what every file holds, by its path below the output folder. Nothing of it depends on where it will lie.
package struct SiteFiles: Sendable {
  enum Content: Sendable {
    case bytes([UInt8])
    /// What stands in the output folder already, as an earlier build wrote it.
    case kept(Digest, size: Int)
  }

  private(set) var contents: [String: Content] = [:]

  package init() {}

  /// - Returns: false where the path is taken by other bytes.
  @discardableResult
  package mutating func add(_ bytes: [UInt8], at path: String) -> Bool {
    if let there = contents[path] {
      guard case .bytes(let other) = there else { return false }
      return other == bytes
    }
    contents[path] = .bytes(bytes)
    return true
  }

  @discardableResult
  package mutating func add(_ text: String, at path: String) -> Bool { add(Array(text.utf8), at: path) }

  /// - Returns: false where the path is taken.
  @discardableResult
  mutating func keep(_ path: String, _ digest: Digest, size: Int) -> Bool {
    guard contents[path] == nil else { return false }
    contents[path] = .kept(digest, size: size)
    return true
  }

  /// What a file holds; nil for one that is not of the site, or is kept as it stands.
  package subscript(path: String) -> [UInt8]? {
    if case .bytes(let bytes)? = contents[path] { bytes } else { nil }
  }

  func contains(_ path: String) -> Bool { contents[path] != nil }

  /// Every file whose bytes are here, by its path.
  var files: [String: [UInt8]] {
    contents.compactMapValues { if case .bytes(let bytes) = $0 { bytes } else { nil } }
  }

  /// Sorted by their bytes.
  package var paths: [String] { contents.keys.sorted { precedes($0, $1) } }
  package var count: Int { contents.count }
  /// How many are kept as they stand.
  package var keptCount: Int { contents.values.count { if case .kept = $0 { true } else { false } } }
}
