/// What a build wrote: one line a file with its fingerprint, size and path, sorted. It lies in the output folder, so that the next
/// build knows which files are ours even where the cache was deleted.
struct Manifest: Equatable, Sendable {
  struct Entry: Equatable, Sendable {
    var path: String
    var size: Int
    var digest: Digest
  }

  var entries: [Entry]

  init(_ site: SiteFiles) {
    entries = site.paths.map { path in
      switch site.contents[path] {
      case .bytes(let bytes)?: Entry(path: path, size: bytes.count, digest: Digest(bytes))
      case .kept(let digest, let size)?: Entry(path: path, size: size, digest: digest)
      case nil: Entry(path: path, size: 0, digest: Digest([UInt8]()))
      }
    }
  }

  init(entries: [Entry]) { self.entries = entries }

  private static let heading = "valuemap manifest 1"

  var bytes: [UInt8] {
    var out = Array((Self.heading + "\n").utf8)
    out.reserveCapacity(entries.count * 96)
    for entry in entries {
      entry.digest.appendHex(to: &out)
      out.append(0x20)
      out += String(entry.size).utf8
      out.append(0x20)
      out += entry.path.utf8
      out.append(0x0A)
    }
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
        guard parts.count == 3, let size = Int(parts[1]), let digest = Digest(hex: parts[0]), !parts[2].hasPrefix("/"),
          !parts[2].split(separator: "/").contains("..")
        else { return nil }
        return Entry(path: String(parts[2]), size: size, digest: digest)
      })
  }
}
