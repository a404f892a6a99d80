import Diagnostics

/// A built site as one file to hand over: a zip with a manifest of hashes.
package struct SitePack: Sendable {
  /// The zip.
  package let bytes: [UInt8]
  /// Files in it, the manifest not counted.
  package let files: Int
  /// Where the manifest stands in it: `sha256sum --check MANIFEST.sha256` tells whether anything was changed.
  package static let manifest = "MANIFEST.sha256"

  /// Packs the files that the last build wrote to a folder; what somebody else put there stays out.
  ///
  /// - Throws: `pack.no-site` where no build of ours wrote the folder; `pack.changed` where a file of the build is gone or was changed
  ///   since; `pack.too-large` where a zip cannot hold the site.
  package init(site folder: String) throws(Rejection) {
    guard let manifest = Manifest.read(folder + "/" + SitePublisher.manifestName) else {
      throw Rejection(
        Diagnostic(
          .error, "pack.no-site", "a site is packed after it was built, and '\(folder)' holds none",
          hint: "run 'valuemap build' first"))
    }
    var archive = ZipArchive()
    var lines = ""
    var changed: [Diagnostic] = []
    do {
      for entry in manifest.entries {
        guard let file = readWhole(folder + "/" + entry.path), Digest(file) == entry.digest else {
          changed.append(
            Diagnostic(
              .error, "pack.changed",
              "a site is packed as it was built, and '\(entry.path)' is gone or was changed since",
              hint: "build again"))
          continue
        }
        lines += "\(sha256(file))  \(entry.path)\n"
        try archive.add(file, at: entry.path)
      }
      try archive.add(Array(lines.utf8), at: Self.manifest)
    } catch {
      throw Rejection(
        Diagnostic(.error, "pack.too-large", "a zip holds up to 4 GB in 65,000 files, and this site is larger"))
    }
    if !changed.isEmpty { throw Rejection(changed) }
    bytes = archive.finished
    files = manifest.entries.count
  }

  /// Writes the zip; false where it cannot be written.
  package func write(to path: String) -> Bool { writeAtomically(bytes, to: path) }
}
