import CLinux
import Diagnostics
import Glibc

/// Puts a finished site in place of the old one.
///
/// The new tree is staged beside the old one and the two are exchanged by one system call (`renameat2` with `RENAME_EXCHANGE`), so
/// that at every moment the old or the new site is there whole. Files of the old tree that are not ours are carried over as they
/// are. Where the file system cannot exchange, files are renamed one by one, pages last. A lock on the folder above keeps
/// two builds apart, and a stage left by a build that was killed is swept away by the next.
package struct SitePublisher {
  package static let manifestName = ".valuemap-manifest"

  let output: String
  private let parent: String
  private let name: String
  private var stage: String { "\(parent)/.\(name).valuemap-stage" }

  package struct Result: Sendable, Hashable {
    package var written: Int
    package var kept: Int
    package var removed: Int
  }

  /// - Parameter output: Absolute path of the output folder.
  package init(output: String) {
    var path = output
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    // A link to the output folder is followed once, so that the folder itself is exchanged, not the link.
    path = realPath(path) ?? path
    self.output = path
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    parent = slash == path.startIndex ? "/" : String(path[..<slash])
    name = String(path[slash...].dropFirst())
  }

  /// - Parameter clean: Also removes what is in the output folder and not ours.
  package func publish(_ site: SiteFiles, clean: Bool = false) throws(Rejection) -> Result {
    guard !name.isEmpty, name != "..", name != "." else {
      throw failure("an output folder has a name, and '\(output)' has none")
    }
    guard makeFolder(parent) else {
      throw failure("the folder above the output can be made, and '\(parent)' cannot", errno)
    }
    let lock = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard lock >= 0 else { throw failure("the folder above the output can be opened, and '\(parent)' cannot", errno) }
    defer { close(lock) }
    while flock(lock, LOCK_EX) != 0 {
      guard errno == EINTR else { throw failure("one build at a time writes here, and the lock failed", errno) }
    }

    let old = Manifest.read(output + "/" + Self.manifestName)
    let manifest = Manifest(site)
    removeTree(stage)
    let foreign = clean ? [] : foreignFiles(old)
    let clashes = foreign.filter { path in site[path] != nil && readWhole(output + "/" + path) != site[path] }
    if !clashes.isEmpty {
      throw Rejection(
        clashes.sorted().map {
          Diagnostic(
            .error, "output.foreign-file", at: nil,
            "files that valuemap did not write are left alone, and '\($0)' stands where a page goes",
            hint: "move it away, or build with --clean")
        })
    }
    if let old, old == manifest, foreign.isEmpty || !clean, isIntact(site) {
      return Result(written: 0, kept: site.count, removed: 0)
    }
    do throws(Rejection) {
      let result = try stageTree(site, manifest, old: old, foreign: foreign)
      try exchange(site)
      return result
    } catch {
      removeTree(stage)
      throw error
    }
  }

  /// Files in the output folder that no build of ours wrote.
  private func foreignFiles(_ old: Manifest?) -> [String] {
    let ours = Set(old?.entries.map(\.path) ?? [])
    var found: [String] = []
    var pending = [""]
    while let prefix = pending.popLast() {
      for (name, isFolder) in entries(of: prefix.isEmpty ? output : output + "/" + prefix) {
        let path = prefix.isEmpty ? name : prefix + "/" + name
        if isFolder {
          pending.append(path)
        } else if !ours.contains(path), path != Self.manifestName {
          found.append(path)
        }
      }
    }
    return found
  }

  private func stageTree(_ site: SiteFiles, _ manifest: Manifest, old: Manifest?, foreign: [String]) throws(Rejection)
    -> Result
  {
    var made = Set<String>()
    func folder(of path: String) throws(Rejection) {
      guard let slash = path.lastIndex(of: "/") else { return }
      let folder = String(path[..<slash])
      guard made.insert(folder).inserted else { return }
      guard makeFolder(stage + "/" + folder) else {
        throw failure("a folder can be made, and '\(folder)' cannot", errno)
      }
    }
    guard makeFolder(stage) else { throw failure("a folder can be made beside the output, and it cannot", errno) }
    var status = stat()
    if stat(output, &status) == 0 { chmod(stage, status.st_mode & 0o7777) }
    let before = Dictionary(old?.entries.map { ($0.path, $0.digest) } ?? [], uniquingKeysWith: { first, _ in first })
    var result = Result(written: 0, kept: 0, removed: 0)
    for entry in manifest.entries {
      try folder(of: entry.path)
      let target = stage + "/" + entry.path
      if before[entry.path] == entry.digest, holds(site[entry.path] ?? [], at: entry.path),
        link(output + "/" + entry.path, target) == 0
      {
        result.kept += 1
        continue
      }
      let code = writeWhole(site[entry.path] ?? [], to: target)
      guard code == 0 else { throw failure("a file can be written, and '\(entry.path)' cannot", code) }
      result.written += 1
    }
    for path in foreign where site[path] == nil {
      try folder(of: path)
      // A second name for the same file: nothing of it is copied or changed.
      guard link(output + "/" + path, stage + "/" + path) == 0 || copyLink(path) else {
        throw failure("a file that is not ours can be carried over, and '\(path)' cannot", errno)
      }
    }
    let code = writeWhole(Array(manifest.text.utf8), to: stage + "/" + Self.manifestName)
    guard code == 0 else { throw failure("a file can be written, and the manifest cannot", code) }
    let now = Set(manifest.entries.map(\.path))
    result.removed = old?.entries.reduce(0) { now.contains($1.path) ? $0 : $0 + 1 } ?? 0
    return result
  }

  private func copyLink(_ path: String) -> Bool {
    guard let bytes = readWhole(output + "/" + path) else { return false }
    return writeWhole(bytes, to: stage + "/" + path) == 0
  }

  private func exchange(_ site: SiteFiles) throws(Rejection) {
    var status = stat()
    if lstat(output, &status) != 0 {
      guard rename(stage, output) == 0 else {
        throw failure("the finished site can be put in place, and it cannot", errno)
      }
      return
    }
    if exchange_paths(stage, output) == 0 {
      removeTree(stage)
      return
    }
    let code = errno
    guard code == EINVAL || code == ENOSYS || code == EXDEV || code == EBUSY || code == EOPNOTSUPP else {
      throw failure("the finished site can be put in place, and it cannot", code)
    }
    try moveOneByOne(site)
  }

  /// For file systems without exchange (and mount points): what pages need first, pages next, the manifest, then what is no longer ours.
  private func moveOneByOne(_ site: SiteFiles) throws(Rejection) {
    let old = Manifest.read(output + "/" + Self.manifestName)
    let paths =
      site.paths.filter { !$0.hasSuffix(".html") } + site.paths.filter { $0.hasSuffix(".html") } + [Self.manifestName]
    for path in paths {
      if let slash = path.lastIndex(of: "/") { _ = makeFolder(output + "/" + path[..<slash]) }
      guard rename(stage + "/" + path, output + "/" + path) == 0 else {
        throw failure("a file can be put in place, and '\(path)' cannot", errno)
      }
    }
    for entry in old?.entries ?? [] where site[entry.path] == nil { unlink(output + "/" + entry.path) }
    removeTree(stage)
  }

  /// True where every file of the site is there and nobody changed it.
  private func isIntact(_ site: SiteFiles) -> Bool {
    site.files.allSatisfy { holds($0.value, at: $0.key) }
  }

  private func holds(_ bytes: [UInt8], at path: String) -> Bool {
    var status = stat()
    guard lstat(output + "/" + path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      Int(status.st_size) == bytes.count
    else { return false }
    return readWhole(output + "/" + path) == bytes
  }

  private func failure(_ message: String, _ code: Int32 = 0) -> Rejection {
    Rejection(
      Diagnostic(
        .error, "output.unwritable", at: nil, code == 0 ? message : "\(message): \(String(cString: strerror(code)))",
        hint: "nothing in the output folder was changed"))
  }
}

/// Removes a folder and all in it; links are removed, not followed.
func removeTree(_ path: String) {
  for (name, isFolder) in entries(of: path) {
    if isFolder { removeTree(path + "/" + name) } else { unlink(path + "/" + name) }
  }
  if rmdir(path) != 0, errno == ENOTDIR { unlink(path) }
}
