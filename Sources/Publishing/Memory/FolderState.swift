import Glibc
import Pages

/// The files of a site as one build left them, with what tells whether somebody has touched them since.
package struct FolderState: Sendable {
  struct File: Sendable, Hashable {
    var path: String
    var size: Int
    var digest: Digest
    var stamp: StudyFolder.Stamp
  }

  /// A folder changes its time when an entry comes or goes.
  struct Folder: Sendable, Hashable {
    var path: String
    var inode: UInt64
    var modified: Int64
  }

  /// Sorted by path; the manifest is not among them.
  var files: [File]
  /// The root (an empty path) and all below it.
  var folders: [Folder]
  var manifest: StudyFolder.Stamp
  /// True where every file in the folder is ours.
  var isOurs: Bool
  /// The second tree with the same files that the next build changes and puts in place of this one; nil where there is none.
  var spare: [Folder]?

  /// How a folder of a site stands now, for the files of a manifest.
  ///
  /// - Returns: nil where a file is missing or has another size.
  init?(_ manifest: Manifest, at root: String, isOurs: Bool) {
    let descriptor = open(root, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard let own = fileStamp(descriptor, SitePublisher.manifestName) else { return nil }
    self.manifest = own
    self.isOurs = isOurs
    files = []
    files.reserveCapacity(manifest.entries.count)
    var folders: Set<String> = [""]
    for entry in manifest.entries {
      guard let stamp = fileStamp(descriptor, entry.path), stamp.size == entry.size else { return nil }
      files.append(File(path: entry.path, size: entry.size, digest: entry.digest, stamp: stamp))
      addFolders(of: entry.path, to: &folders)
    }
    guard let found = Self.folders(folders, below: descriptor) else { return nil }
    self.folders = found
  }

  /// The folders of a tree as they stand; nil where one is missing.
  static func folders(_ paths: Set<String>, below descriptor: Int32) -> [Folder]? {
    var found: [Folder] = []
    found.reserveCapacity(paths.count)
    for path in paths.sorted(by: { precedes($0, $1) }) {
      guard let folder = folder(path, below: descriptor) else { return nil }
      found.append(folder)
    }
    return found
  }

  static func folder(_ path: String, below descriptor: Int32) -> Folder? {
    var status = stat()
    guard fstatat(descriptor, path.isEmpty ? "." : path, &status, AT_SYMLINK_NOFOLLOW) == 0,
      status.st_mode & S_IFMT == S_IFDIR
    else { return nil }
    let stamp = StudyFolder.Stamp(status)
    return Folder(path: path, inode: stamp.inode, modified: stamp.modified)
  }

  /// Which files stand as they were written; nil where the folder holds another build's site.
  ///
  /// - Returns: Whether each file does, and whether no entry has come or gone.
  func standing(at root: String) -> (files: [Bool], isUndisturbed: Bool)? {
    let descriptor = open(root, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard let own = fileStamp(descriptor, SitePublisher.manifestName), own.isAsWritten(manifest) else { return nil }
    let standing = files.map { fileStamp(descriptor, $0.path)?.isAsWritten($0.stamp) ?? false }
    return (standing, Self.stand(folders, below: descriptor))
  }

  static func stand(_ folders: [Folder], below descriptor: Int32) -> Bool {
    folders.allSatisfy { folder($0.path, below: descriptor) == $0 }
  }
}

extension StudyFolder.Stamp {
  /// True for the same file with the same content. The time of change is passed over: it moves when a second name comes or goes.
  func isAsWritten(_ other: Self) -> Bool {
    inode == other.inode && size == other.size && modified == other.modified
  }
}

/// Adds the folders above a path.
func addFolders(of path: String, to folders: inout Set<String>) {
  var rest = Substring(path)
  while let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) {
    rest = rest[..<slash]
    guard folders.insert(String(rest)).inserted else { return }
  }
}

/// The stamp of a regular file below an open folder; nil where there is none, or a link.
func fileStamp(_ folder: Int32, _ path: String) -> StudyFolder.Stamp? {
  var status = stat()
  guard fstatat(folder, path, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
  return StudyFolder.Stamp(status)
}

// MARK: As bytes

extension Packer {
  mutating func add(_ stamp: StudyFolder.Stamp) {
    add(stamp.inode)
    add(stamp.size)
    add(UInt64(bitPattern: stamp.modified))
    add(UInt64(bitPattern: stamp.changed))
  }

  private mutating func add(_ folders: [FolderState.Folder]) {
    add(folders) {
      $0.add($1.path)
      $0.add($1.inode)
      $0.add(UInt64(bitPattern: $1.modified))
    }
  }

  mutating func add(_ site: FolderState) {
    add(site.files) {
      $0.add($1.path)
      $0.add($1.size)
      $0.add($1.digest.high)
      $0.add($1.digest.low)
      $0.add($1.stamp)
    }
    add(site.folders)
    add(site.manifest)
    add(site.isOurs)
    add(site.spare != nil)
    if let spare = site.spare { add(spare) }
  }
}

extension Unpacker {
  mutating func stamp() throws(Unpacker.Damaged) -> StudyFolder.Stamp {
    StudyFolder.Stamp(
      inode: try bits(), size: try integer(), modified: Int64(bitPattern: try bits()),
      changed: Int64(bitPattern: try bits()))
  }

  private mutating func folders() throws(Unpacker.Damaged) -> [FolderState.Folder] {
    try list { (r) throws(Unpacker.Damaged) in
      FolderState.Folder(path: try r.text(), inode: try r.bits(), modified: Int64(bitPattern: try r.bits()))
    }
  }

  mutating func published() throws(Unpacker.Damaged) -> FolderState {
    let files = try list { (r) throws(Unpacker.Damaged) in
      FolderState.File(
        path: try r.text(), size: try r.integer(), digest: Digest(high: try r.bits(), low: try r.bits()),
        stamp: try r.stamp())
    }
    let folders = try self.folders()
    let manifest = try stamp()
    let isOurs = try truth()
    return FolderState(
      files: files, folders: folders, manifest: manifest, isOurs: isOurs, spare: try truth() ? try self.folders() : nil)
  }
}

extension FolderState {
  init(files: [File], folders: [Folder], manifest: StudyFolder.Stamp, isOurs: Bool, spare: [Folder]?) {
    self.files = files
    self.folders = folders
    self.manifest = manifest
    self.isOurs = isOurs
    self.spare = spare
  }
}
