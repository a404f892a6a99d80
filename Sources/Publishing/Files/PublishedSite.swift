import Glibc

/// The site a former build left in the output folder, read file by file as its manifest describes them.
///
/// Only what the manifest names is given out, and only as long as its bytes are those the build wrote: a link, a pipe, a changed file
/// or one that lies outside counts as missing.
package struct PublishedSite: Sendable {
  private let output: String
  private let entries: [String: Manifest.Entry]
  /// Sorted by their bytes.
  package let paths: [String]
  /// Of all paths and contents: that of a `SiteFiles` with the same files.
  package let digest: Digest

  /// - Parameter output: The output folder, absolute.
  /// - Returns: nil where no build of ours left a site.
  package init?(output: String) {
    let settled = settledPath(output)
    guard let manifest = Manifest.read(settled + "/" + SitePublisher.manifestName), !manifest.entries.isEmpty else {
      return nil
    }
    self.output = settled
    entries = Dictionary(manifest.entries.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    paths = manifest.entries.map(\.path)
    digest = Digest(of: manifest.entries.flatMap { [$0.path, $0.digest.hex] })
  }

  /// What the build wrote at a path, or nil where that is not there any more.
  package subscript(path: String) -> [UInt8]? {
    guard let entry = entries[path] else { return nil }
    let place = output + "/" + path
    var status = stat()
    guard realPath(place) == place, lstat(place, &status) == 0, Int(status.st_size) == entry.size,
      let bytes = readWhole(place), bytes.count == entry.size, Digest(bytes) == entry.digest
    else { return nil }
    return bytes
  }
}
