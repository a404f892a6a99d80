/// What a build wrote: one line a file with its fingerprint, size and path, sorted. It lies in the output folder, so that the next
/// build knows which files are ours even where the cache was deleted.
struct Manifest: Equatable {
  struct Entry: Equatable {
    var path: String
    var size: Int
    var digest: String
  }

  var entries: [Entry]

  init(_ site: SiteFiles) {
    entries = site.paths.map { path in
      let bytes = site[path] ?? []
      return Entry(path: path, size: bytes.count, digest: Digest(bytes).hex)
    }
  }

  private init(entries: [Entry]) { self.entries = entries }

  private static let heading = "valuemap manifest 1"

  var text: String {
    var out = Self.heading + "\n"
    for entry in entries { out += "\(entry.digest) \(entry.size) \(entry.path)\n" }
    return out
  }

  /// nil where there is none or it is not one of ours. Paths that lead out of the folder are passed over: a manifest is input, too.
  static func read(_ path: String) -> Manifest? {
    guard let bytes = readWhole(path) else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.first == heading[...] else { return nil }
    return Manifest(
      entries: lines.dropFirst().compactMap { line in
        let parts = line.split(separator: " ", maxSplits: 2)
        guard parts.count == 3, let size = Int(parts[1]), !parts[2].hasPrefix("/"),
          !parts[2].split(separator: "/").contains("..")
        else { return nil }
        return Entry(path: String(parts[2]), size: size, digest: String(parts[0]))
      })
  }
}
