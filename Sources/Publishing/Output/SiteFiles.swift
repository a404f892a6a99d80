/// The finished site: what every file holds, by its path below the output folder. Nothing of it depends on where it will lie.
package struct SiteFiles: Sendable {
  package private(set) var files: [String: [UInt8]] = [:]

  package init() {}

  /// - Returns: false where the path is taken by other bytes.
  @discardableResult
  package mutating func add(_ bytes: [UInt8], at path: String) -> Bool {
    if let there = files[path] { return there == bytes }
    files[path] = bytes
    return true
  }

  @discardableResult
  package mutating func add(_ text: String, at path: String) -> Bool { add(Array(text.utf8), at: path) }

  package subscript(path: String) -> [UInt8]? { files[path] }

  /// Sorted by their bytes.
  package var paths: [String] { files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
  package var count: Int { files.count }
}
