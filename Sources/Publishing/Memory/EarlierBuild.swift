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
  /// Of what is remembered of its pages.
  let pages: Digest
  /// Numbers in `published.files` of those that stand as they were written.
  private let standing: [String: Int]

  private init(
    _ published: FolderState, _ pages: RememberedPages, _ digest: Digest,
    _ found: (files: [Bool], isUndisturbed: Bool), root: String
  ) {
    self.pages = digest
    self.published = published
    self.root = root
    record = pages.record
    sources = Dictionary(pages.sources, uniquingKeysWith: { first, _ in first })
    isUndisturbed = found.isUndisturbed
    var standing: [String: Int] = [:]
    standing.reserveCapacity(found.files.count)
    for (number, stands) in found.files.enumerated() where stands { standing[published.files[number].path] = number }
    self.standing = standing
  }

  /// Looks at the folder and reads what is remembered of the pages, side by side.
  ///
  /// - Returns: nil where nothing is remembered, or the folder holds something else by now.
  static func load(_ store: Store, key: Digest, output root: String) async -> EarlierBuild? {
    guard let bytes = store.load(key) else { return nil }
    var reader = Unpacker(bytes)
    guard let pagesDigest = try? Digest(high: reader.bits(), low: reader.bits()),
      let published = try? reader.published(), reader.isAtEnd
    else { return nil }
    async let pages = RememberedPages(store, key: key.second, digest: pagesDigest)
    guard let found = published.standing(at: root), let pages = await pages else { return nil }
    return EarlierBuild(published, pages, pagesDigest, found, root: root)
  }

  package func stands(_ path: String) -> Bool { standing[path] != nil }

  /// The file that stands there.
  func file(_ path: String) -> FolderState.File? { standing[path].map { published.files[$0] } }

  package func bytes(of path: String) -> [UInt8]? {
    guard let file = file(path), let bytes = readWhole(root + "/" + path), Digest(bytes) == file.digest else {
      return nil
    }
    return bytes
  }
}

/// What is remembered of a build's pages and their sources: an entry of its own, as it is made while the site is still being written.
struct RememberedPages: Sendable {
  var sources: [(String, KnownSource)]
  var record: SiteRecord

  init(sources: [(String, KnownSource)], record: SiteRecord) {
    self.sources = sources
    self.record = record
  }

  /// - Parameter digest: Of the bytes: an entry of another build is none of this one's.
  init?(_ store: Store, key: Digest, digest: Digest) {
    guard let bytes = store.load(key), Digest(bytes) == digest else { return nil }
    var reader = Unpacker(bytes)
    do throws(Unpacker.Damaged) {
      sources = try reader.list { (r) throws(Unpacker.Damaged) in
        (try r.text(), KnownSource(stamp: try r.stamp(), fingerprint: try r.bits()))
      }
      record = try SiteRecord(from: &reader)
      guard reader.isAtEnd else { return nil }
    } catch {
      return nil
    }
  }

  var packed: [UInt8] {
    var packer = Packer()
    packer.add(sources) {
      $0.add($1.0)
      $0.add($1.1.stamp)
      $0.add($1.1.fingerprint)
    }
    record.pack(into: &packer)
    return packer.bytes
  }

  /// Keeps the pages, and gives what `FolderState` goes with them by.
  ///
  /// - Parameter there: What is kept already.
  func save(in store: Store, key: Digest, there: Digest? = nil) -> Digest {
    let bytes = packed
    let digest = Digest(bytes)
    if digest == there { store.keep(key) } else { store.save(bytes, under: key) }
    return digest
  }
}

extension FolderState {
  /// Keeps how a folder was left, with the pages that were remembered before it.
  func save(in store: Store, key: Digest, pages: Digest) {
    var packer = Packer()
    packer.add(pages.high)
    packer.add(pages.low)
    packer.add(self)
    store.save(packer.bytes, under: key)
  }
}
