import CLinux
import Diagnostics
import Glibc

/// A change of a large site by the files it touches.
///
/// To stage ten thousand pages costs a link and a folder each, though one of them changed. So a second tree lies in the study's
/// cache, its files the same as those of the site (second names, no copies). A build brings its changes into that tree, exchanges it
/// with the output folder in one step as ever, and then brings them into the tree that came back. A tree that anything else has
/// touched (its folders' times tell) is not used: the site is staged anew and gets another.
extension SitePublisher {
  /// What differs between the site that stands and the one to come.
  private struct Changes {
    /// To be written, new or in place of another.
    var written: [Manifest.Entry] = []
    var removed: [String] = []
    var kept: [FolderState.File] = []
  }

  /// - Returns: nil where the site has to be staged anew.
  func publishChanges(
    _ site: SiteFiles, _ manifest: Manifest, after earlier: EarlierBuild
  ) throws(Rejection) -> (result: Result, left: FolderState?)? {
    let changes = changes(to: manifest, after: earlier)
    guard earlier.published.isOurs, earlier.isUndisturbed else { return nil }
    if changes.written.isEmpty, changes.removed.isEmpty {
      return (Result(written: 0, kept: site.count, removed: 0), earlier.published)
    }
    guard canExchange, let spare, let folders = earlier.published.spare, let lock = SpareLock(of: spare) else {
      return nil
    }
    defer { lock.release() }
    let descriptor = open(spare, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    let isUntouched = FolderState.stand(folders, below: descriptor)
    close(descriptor)
    guard isUntouched else { return nil }

    do throws(Rejection) {
      remove(changes.removed, from: spare)
      for entry in changes.written {
        guard let bytes = site[entry.path] else {
          throw failure("a file of the earlier site can be kept, and '\(entry.path)' is gone")
        }
        try place(entry.path, in: spare) { writeWhole(bytes, to: $0) }
      }
      try place(Self.manifestName, in: spare) { writeWhole(manifest.bytes, to: $0) }
    } catch {
      removeTree(spare)
      throw error
    }
    var status = stat()
    if stat(output, &status) == 0 { chmod(spare, status.st_mode & 0o7777) }
    guard exchange_paths(spare, output) == 0 else {
      removeTree(spare)
      return nil
    }
    let result = Result(written: changes.written.count, kept: changes.kept.count, removed: changes.removed.count)
    // The new site stands. What follows serves the next build only.
    let isLevel = level(changes)
    return (result, left(changes, manifest, earlier, spareFolders: folders, isLevel: isLevel))
  }

  private func changes(to manifest: Manifest, after earlier: EarlierBuild) -> Changes {
    var changes = Changes()
    var old = earlier.published.files[...]
    // Both are sorted by path.
    for entry in manifest.entries {
      while let first = old.first, precedes(first.path, entry.path) {
        changes.removed.append(first.path)
        old.removeFirst()
      }
      if let first = old.first, first.path == entry.path {
        if first.digest == entry.digest, earlier.stands(first.path) {
          changes.kept.append(first)
        } else {
          changes.written.append(entry)
        }
        old.removeFirst()
      } else {
        changes.written.append(entry)
      }
    }
    changes.removed += old.map(\.path)
    return changes
  }

  /// Brings the tree that came back to the state of the site. False where it could not be; then it is gone.
  private func level(_ changes: Changes) -> Bool {
    guard let spare else { return false }
    remove(changes.removed, from: spare)
    for path in changes.written.map(\.path) + [Self.manifestName] {
      do throws(Rejection) {
        try place(path, in: spare) { link(output + "/" + path, $0) == 0 ? 0 : errno }
      } catch {
        removeTree(spare)
        return false
      }
    }
    return true
  }

  /// Takes files away, and the folders above them that are empty then.
  private func remove(_ paths: [String], from tree: String) {
    for path in paths {
      unlink(tree + "/" + path)
      var rest = Substring(path)
      while let slash = rest.lastIndex(of: "/") {
        rest = rest[..<slash]
        if rmdir(tree + "/" + rest) != 0 { break }
      }
    }
  }

  /// Never writes into a file that stands: it has a second name in the other tree.
  private func place(_ path: String, in tree: String, _ make: (String) -> Int32) throws(Rejection) {
    let target = tree + "/" + path
    if let slash = target.lastIndex(of: "/"), !makeFolder(String(target[..<slash])) {
      throw failure("a folder can be made, and that of '\(path)' cannot", errno)
    }
    unlink(target)
    let code = make(target)
    guard code == 0 else { throw failure("a file can be written, and '\(path)' cannot", code) }
  }

  /// How the folder was left: what was not touched is as it was, with the two trees' folders in each other's place.
  private func left(
    _ changes: Changes, _ manifest: Manifest, _ earlier: EarlierBuild, spareFolders: [FolderState.Folder],
    isLevel: Bool
  ) -> FolderState? {
    let descriptor = open(output, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var files: [FolderState.File] = []
    files.reserveCapacity(manifest.entries.count)
    var kept = changes.kept[...]
    for entry in manifest.entries {
      if let first = kept.first, first.path == entry.path {
        files.append(first)
        kept.removeFirst()
      } else {
        guard let stamp = fileStamp(descriptor, entry.path) else { return nil }
        files.append(FolderState.File(path: entry.path, size: entry.size, digest: entry.digest, stamp: stamp))
      }
    }
    guard let manifestStamp = fileStamp(descriptor, Self.manifestName) else { return nil }
    var touched: Set<String> = [""]
    for path in changes.written.map(\.path) + changes.removed { addFolders(of: path, to: &touched) }
    guard let folders = renewed(spareFolders, touched, below: descriptor) else { return nil }
    var site = FolderState(files: files, folders: folders, manifest: manifestStamp, isOurs: true, spare: nil)
    if isLevel, let spare {
      let other = open(spare, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard other >= 0 else { return site }
      defer { close(other) }
      site.spare = renewed(earlier.published.folders, touched, below: other)
    }
    return site
  }

  /// Folders with those touched looked at again: some are new, some gone.
  private func renewed(
    _ folders: [FolderState.Folder], _ touched: Set<String>, below descriptor: Int32
  ) -> [FolderState.Folder]? {
    var all = folders.filter { !touched.contains($0.path) }
    for path in touched { if let folder = FolderState.folder(path, below: descriptor) { all.append(folder) } }
    return all.sorted { precedes($0.path, $1.path) }
  }

  // MARK: Making one

  /// Makes the second tree of a site that was staged anew.
  func makeSpare(_ manifest: Manifest) -> Bool {
    guard canExchange, let spare, let slash = spare.lastIndex(of: "/") else { return false }
    let all = String(spare[..<slash])
    // A link in its place leads to somebody else's files.
    guard settledPath(all) == all, makeFolder(all), let lock = SpareLock(of: spare) else { return false }
    defer { lock.release() }
    sweep(all)
    guard mkdir(spare, 0o777) == 0 else { return false }
    var made: Set<String> = []
    for path in manifest.entries.map(\.path) + [Self.manifestName] {
      if let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), made.insert(String(path[..<slash])).inserted,
        !makeFolder(spare + "/" + path[..<slash])
      {
        removeTree(spare)
        return false
      }
      guard link(output + "/" + path, spare + "/" + path) == 0 else {
        removeTree(spare)
        return false
      }
    }
    return true
  }

  /// Takes away this site's own old tree, and of those for other output folders all but the latest few.
  private func sweep(_ all: String) {
    let own = spare?.split(separator: "/").last.map(String.init)
    var others: [(name: String, changed: Int64)] = []
    for (name, _) in entries(of: all) where Digest(hex: name) != nil {
      var status = stat()
      if name == own {
        removeTree(all + "/" + name)
      } else if lstat(all + "/" + name, &status) == 0 {
        others.append((name, StudyFolder.Stamp(status).changed))
      }
    }
    for other in others.sorted(by: { ($1.changed, $1.name) < ($0.changed, $0.name) }).dropFirst(2) {
      removeTree(all + "/" + other.name)
    }
  }

  func spareFolders(_ site: FolderState) -> [FolderState.Folder]? {
    guard let spare else { return nil }
    let descriptor = open(spare, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return FolderState.folders(Set(site.folders.map(\.path)), below: descriptor)
  }
}

/// Keeps builds of one study apart that write to different places: each would sweep the other's tree away.
private struct SpareLock {
  private let descriptor: Int32

  init?(of spare: String) {
    guard let slash = spare.lastIndex(of: "/") else { return nil }
    let folder = String(spare[..<slash])
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
  }

  func release() { close(descriptor) }
}
