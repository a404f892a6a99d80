import Glibc

/// The site a former build left in the output folder, read file by file as its manifest describes them.
///
/// Only what the manifest names is given out, and only as long as its bytes are those the build wrote: a link, a pipe, a changed file
/// or one that lies outside counts as missing.
package struct PublishedSite: Sendable {
  private let output: String
  private let entries: [String: Manifest.Entry]
  /// Files that are in memory, too.
  private var held: [String: [UInt8]] = [:]
  /// Sorted by their bytes.
  package let paths: [String]
  /// Of all paths and contents: that of a `SiteFiles` with the same files.
  package let digest: Digest
  /// When the manifest was written, in nanoseconds since 1970.
  package let written: Int64

  /// - Parameter output: The output folder, absolute.
  /// - Returns: nil where no build of ours left a site.
  package init?(output: String) {
    let settled = settledPath(output)
    let place = settled + "/" + SitePublisher.manifestName
    var status = stat()
    guard let manifest = Manifest.read(place), !manifest.entries.isEmpty, stat(place, &status) == 0 else { return nil }
    written = StudyFolder.Stamp(status).modified
    self.output = settled
    entries = Dictionary(manifest.entries.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    paths = manifest.entries.map(\.path)
    digest = Digest(of: manifest.entries.flatMap { [$0.path, $0.digest.hex] })
  }

  /// What the build wrote at a path, or nil where that is not there any more.
  package subscript(path: String) -> [UInt8]? {
    if let bytes = held[path] { return bytes }
    guard entries[path] != nil else { return nil }
    if let bytes = read(path) { return bytes }
    // A build may have put the next site in its place a moment ago.
    guard let next = PublishedSite(output: output), next.digest != digest else { return nil }
    return next.read(path)
  }

  /// The same with its files in memory, so that it lasts whatever becomes of the folder; as it is where they are more than `limit` bytes.
  ///
  /// - Parameters:
  ///   - site: The build that made it: what is new.
  ///   - earlier: The site before, from which the rest is taken.
  func held(_ site: SiteFiles, after earlier: PublishedSite?, limit: Int = 256 << 20) -> PublishedSite {
    guard entries.values.reduce(0, { $0 + max(0, $1.size) }) <= limit else { return self }
    var all = self
    all.held.reserveCapacity(paths.count)
    for path in paths {
      let isSame = earlier?.entries[path]?.digest == entries[path]?.digest
      all.held[path] = (isSame ? earlier?.held[path] : nil) ?? site[path] ?? read(path)
    }
    return all
  }

  private func read(_ path: String) -> [UInt8]? {
    guard let entry = entries[path] else { return nil }
    let place = output + "/" + path
    var status = stat()
    guard realPath(place) == place, lstat(place, &status) == 0, Int(status.st_size) == entry.size,
      let bytes = readWhole(place), bytes.count == entry.size, Digest(bytes) == entry.digest
    else { return nil }
    return bytes
  }
}
