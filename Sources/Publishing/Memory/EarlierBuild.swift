import Glibc
import Pages

/// A page's source as a build read it.
struct KnownSource: Sendable, Hashable {
  var stamp: StudyFolder.Stamp
  var fingerprint: UInt64
}

/// What the last build into one output folder left: its pages, their sources, the files it wrote. Whatever is wrong with it means
/// only that more is made anew.
package final class EarlierBuild: EarlierSite {
  package let record: SiteRecord
  let sources: [String: KnownSource]
  let published: FolderState
  /// The output folder.
  let root: String
  /// True where nothing has come into the folder or gone from it.
  let isUndisturbed: Bool
  /// Numbers in `published.files` of those that stand as they were written.
  private let standing: [String: Int]

  /// - Returns: nil where nothing is remembered, or the folder holds something else by now.
  init?(_ store: Store, key: Digest, output root: String) {
    guard let bytes = store.load(key) else { return nil }
    var reader = Unpacker(bytes)
    do throws(Unpacker.Damaged) {
      published = try reader.published()
      let list = try reader.list { (r) throws(Unpacker.Damaged) in
        (try r.text(), KnownSource(stamp: try r.stamp(), fingerprint: try r.bits()))
      }
      sources = Dictionary(list, uniquingKeysWith: { first, _ in first })
      record = try SiteRecord(from: &reader)
      guard reader.isAtEnd else { return nil }
    } catch {
      return nil
    }
    guard let found = published.standing(at: root) else { return nil }
    self.root = root
    isUndisturbed = found.isUndisturbed
    var standing: [String: Int] = [:]
    standing.reserveCapacity(found.files.count)
    for (number, stands) in found.files.enumerated() where stands { standing[published.files[number].path] = number }
    self.standing = standing
  }

  package func stands(_ path: String) -> Bool { standing[path] != nil }

  /// The file that stands there.
  func file(_ path: String) -> FolderState.File? { standing[path].map { published.files[$0] } }

  /// True where every file stands as it was written.
  var isWhole: Bool { standing.count == published.files.count }

  package func bytes(of path: String) -> [UInt8]? {
    guard let file = file(path), let bytes = readWhole(root + "/" + path), Digest(bytes) == file.digest else {
      return nil
    }
    return bytes
  }

  /// What the next build needs, as bytes.
  static func packed(_ published: FolderState, sources: [(String, KnownSource)], record: SiteRecord) -> [UInt8] {
    var packer = Packer()
    packer.add(published)
    packer.add(sources) {
      $0.add($1.0)
      $0.add($1.1.stamp)
      $0.add($1.1.fingerprint)
    }
    record.pack(into: &packer)
    return packer.bytes
  }
}
