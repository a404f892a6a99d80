import CLinux
import Diagnostics
import Glibc

/// Puts a finished site in place of the old one.
///
/// The new tree is staged beside the old one and the two are exchanged by one system call (`renameat2` with `RENAME_EXCHANGE`), so
/// that at every moment the old or the new site is there whole. Files of the old tree that are not ours are carried over as they
/// are. Where the file system cannot exchange, files are renamed one by one, pages last. A lock on the folder above keeps
/// two builds apart, and a stage left by a build that was killed is swept away by the next. Of a large site a second tree is kept in
/// the study's cache, so that a small change costs no more than the files it touches (`SitePublisher+Spare`).
package struct SitePublisher {
  package static let manifestName = ".valuemap-manifest"

  let output: String
  private let parent: String
  private let name: String
  var stage: String { "\(parent)/.\(name).valuemap-stage" }

  package struct Result: Sendable, Hashable {
    package var written: Int
    package var kept: Int
    package var removed: Int
  }

  /// Where the second tree of a large site is kept; nil where none is.
  let spare: String?
  /// A site of fewer files is staged anew in a few milliseconds.
  var smallestSpared = 500

  /// False where the file system cannot exchange two folders in one step: for tests.
  var canExchange = true
  /// The study's folder, which no site may swallow.
  private let study: String?

  /// - Parameters:
  ///   - output: Path of the output folder; one that is relative counts from the working folder.
  ///   - study: The study's folder: a site is not published over it or over what it is made from.
  ///   - spares: A folder for the second trees of large sites, on the same disk as the output; nil where none are kept.
  package init(output: String, study: String? = nil, spares: String? = nil) {
    // Links above the output folder, and the folder itself where it is one, are followed: the folder is exchanged, not the link.
    let path = settledPath(output)
    self.output = path
    self.study = study.map { settledPath($0) }
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    parent = slash == path.startIndex ? "/" : String(path[..<slash])
    name = String(path[slash...].dropFirst())
    spare = spares.map { $0 + "/" + Digest(path).hex }
  }

  /// - Parameter clean: Also removes what is in the output folder and not ours.
  package func publish(_ site: SiteFiles, clean: Bool = false) throws(Rejection) -> Result {
    try publish(site, clean: clean, after: nil).result
  }

  /// - Parameter earlier: The build whose files the site keeps where it says so.
  /// - Returns: Also what the next build needs to know of the folder; nil where that could not be found out.
  /// - Throws: `output.overtaken` where another build wrote the folder since the earlier one was looked at.
  package func publish(
    _ site: SiteFiles, clean: Bool = false, after earlier: EarlierBuild?
  ) throws(Rejection) -> (result: Result, left: FolderState?) {
    guard !name.isEmpty, name != "..", name != "." else {
      throw failure("an output folder has a name, and '\(output)' has none")
    }
    try checkPlace()
    guard makeFolder(parent) else {
      throw failure("the folder above the output can be made, and '\(parent)' cannot", errno)
    }
    let lock = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard lock >= 0 else { throw failure("the folder above the output can be opened, and '\(parent)' cannot", errno) }
    defer { close(lock) }
    while flock(lock, LOCK_EX) != 0 {
      guard errno == EINTR else { throw failure("one build at a time writes here, and the lock failed", errno) }
    }

    let manifest = Manifest(site)
    if let earlier {
      guard let own = stamp(of: output + "/" + Self.manifestName), own.isAsWritten(earlier.published.manifest) else {
        throw Rejection(
          Diagnostic(
            .error, "output.overtaken", at: nil, "one build at a time writes a site, and another has written this one",
            hint: "build again"))
      }
      if let done = try publishChanges(site, manifest, after: earlier) { return done }
    }
    let old = Manifest.read(output + "/" + Self.manifestName)
    removeTree(stage)
    let foreign = clean ? [] : try foreignFiles(old)
    let clashes = clashes(of: foreign, with: site)
    if !clashes.isEmpty {
      throw Rejection(
        clashes.map {
          Diagnostic(
            .error, "output.foreign-file", at: nil,
            "files that valuemap did not write are left alone, and '\($0)' stands where a page goes",
            hint: "move it away, or build with --clean")
        })
    }
    let isSwept = clean ? try foreignFiles(old).isEmpty : true
    if let old, old == manifest, isSwept, isIntact(site, earlier) {
      return (Result(written: 0, kept: site.count, removed: 0), left(manifest, isOurs: foreign.isEmpty))
    }
    do throws(Rejection) {
      let result = try stageTree(site, manifest, old: old, foreign: foreign, clean: clean, earlier)
      try exchange(site, old: old, foreign: clean ? nil : foreign)
      return (result, left(manifest, isOurs: foreign.isEmpty))
    } catch {
      removeTree(stage)
      throw error
    }
  }

  /// How the folder was left, with a spare tree where the site is large enough to want one.
  private func left(_ manifest: Manifest, isOurs: Bool) -> FolderState? {
    guard var site = FolderState(manifest, at: output, isOurs: isOurs) else { return nil }
    guard isOurs, manifest.entries.count >= smallestSpared, makeSpare(manifest) else { return site }
    // A second name for a file changes its times.
    guard let again = FolderState(manifest, at: output, isOurs: isOurs) else { return nil }
    site = again
    site.spare = spareFolders(site)
    return site
  }

  /// An output folder is a folder or not there yet, and the study does not lie in it.
  private func checkPlace() throws(Rejection) {
    var status = stat()
    if lstat(output, &status) == 0, status.st_mode & S_IFMT != S_IFDIR {
      throw failure("an output folder is a folder, and '\(output)' is a file or a link that leads nowhere")
    }
    guard let study else { return }
    let sources = ["content", "templates", ".valuemap"].map { study + "/" + $0 }
    if (study + "/").hasPrefix(output + "/") || sources.contains(where: { (output + "/").hasPrefix($0 + "/") }) {
      throw failure(
        "an output folder lies apart from what the site is made from, and '\(output)' holds the study's own files")
    }
  }

  /// Files that are not ours and stand where ours go, or where a folder of ours goes; sorted.
  private func clashes(of foreign: [String], with site: SiteFiles) -> [String] {
    guard !foreign.isEmpty else { return [] }
    var folders: Set<String> = []
    for path in site.paths {
      var rest = path[...]
      while let slash = rest.lastIndex(of: "/") {
        rest = rest[..<slash]
        guard folders.insert(String(rest)).inserted else { break }
      }
    }
    return foreign.filter { path in
      if site.contains(path) { return !(site[path].map { holds($0, at: path) } ?? true) }
      if folders.contains(path) { return true }
      // A folder that is not ours where a file of ours goes.
      return path.indices.contains { path[$0] == "/" && site.contains(String(path[..<$0])) }
    }.sorted { precedes($0, $1) }
  }

  /// Files in the output folder that no build of ours wrote.
  private func foreignFiles(_ old: Manifest?) throws(Rejection) -> [String] {
    let ours = Set(old?.entries.map(\.path) ?? [])
    var found: [String] = []
    var pending = [""]
    while let prefix = pending.popLast() {
      let read = readEntries(of: prefix.isEmpty ? output : output + "/" + prefix)
      // A folder that cannot be read may hold files that are not ours: they would go with the old site.
      guard read.code == 0 || (prefix.isEmpty && read.code == ENOENT) else {
        throw failure("folders of the output can be read, and '\(prefix)' cannot", read.code)
      }
      for (name, isFolder) in read.found {
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

  private func stageTree(
    _ site: SiteFiles, _ manifest: Manifest, old: Manifest?, foreign: [String], clean: Bool, _ earlier: EarlierBuild?
  ) throws(Rejection) -> Result {
    var made = Set<String>()
    func folder(of path: String) throws(Rejection) {
      guard let slash = path.lastIndex(of: "/") else { return }
      let folder = String(path[..<slash])
      guard made.insert(folder).inserted else { return }
      guard makeFolder(stage + "/" + folder) else {
        throw failure("a folder can be made, and '\(folder)' cannot", errno)
      }
    }
    // It must be new: one that could not be swept may share its files with the site that is there.
    guard mkdir(stage, 0o777) == 0 else {
      throw failure("a folder can be made beside the output, and it cannot", errno)
    }
    var status = stat()
    if stat(output, &status) == 0 { chmod(stage, status.st_mode & 0o7777) }
    let before = Dictionary(old?.entries.map { ($0.path, $0.digest) } ?? [], uniquingKeysWith: { first, _ in first })
    var result = Result(written: 0, kept: 0, removed: 0)
    for entry in manifest.entries {
      try folder(of: entry.path)
      let target = stage + "/" + entry.path
      if before[entry.path] == entry.digest, stands(entry, site, earlier), link(output + "/" + entry.path, target) == 0
      {
        result.kept += 1
        continue
      }
      // What is kept and cannot be linked is copied.
      guard let bytes = site[entry.path] ?? earlier?.bytes(of: entry.path) else {
        throw failure("a file of the earlier site can be kept, and '\(entry.path)' is gone")
      }
      let code = writeWhole(bytes, to: target)
      guard code == 0 else { throw failure("a file can be written, and '\(entry.path)' cannot", code) }
      result.written += 1
    }
    for path in foreign where !site.contains(path) {
      try folder(of: path)
      // A second name for the same file: nothing of it is copied or changed.
      guard link(output + "/" + path, stage + "/" + path) == 0 || copyLink(path) else {
        throw failure("a file that is not ours can be carried over, and '\(path)' cannot", errno)
      }
    }
    if !clean { try carryEmptyFolders(site) }
    let code = writeWhole(manifest.bytes, to: stage + "/" + Self.manifestName)
    guard code == 0 else { throw failure("a file can be written, and the manifest cannot", code) }
    let now = Set(manifest.entries.map(\.path))
    result.removed = old?.entries.reduce(0) { now.contains($1.path) ? $0 : $0 + 1 } ?? 0
    return result
  }

  /// Folders with nothing in them are somebody's, too: a repository of git is none without them.
  private func carryEmptyFolders(_ site: SiteFiles) throws(Rejection) {
    var pending = [""]
    while let prefix = pending.popLast() {
      let (found, code) = readEntries(of: prefix.isEmpty ? output : output + "/" + prefix)
      if code != 0, !(prefix.isEmpty && code == ENOENT) {
        throw failure("folders of the output can be read, and '\(prefix)' cannot", code)
      }
      if found.isEmpty, !prefix.isEmpty, !site.contains(prefix), !makeFolder(stage + "/" + prefix) {
        throw failure("a folder that is not ours can be carried over, and '\(prefix)' cannot", errno)
      }
      for (name, isFolder) in found where isFolder { pending.append(prefix.isEmpty ? name : prefix + "/" + name) }
    }
  }

  private func copyLink(_ path: String) -> Bool {
    guard let bytes = readWhole(output + "/" + path) else { return false }
    return writeWhole(bytes, to: stage + "/" + path) == 0
  }

  /// True where every file of the site is there and nobody changed it.
  private func isIntact(_ site: SiteFiles, _ earlier: EarlierBuild?) -> Bool {
    site.contents.allSatisfy { path, content in
      switch content {
      case .bytes(let bytes): holds(bytes, at: path)
      case .kept: earlier?.stands(path) ?? false
      }
    }
  }

  /// True where the output folder holds just this file, by what is known of it or by its bytes.
  private func stands(_ entry: Manifest.Entry, _ site: SiteFiles, _ earlier: EarlierBuild?) -> Bool {
    if earlier?.file(entry.path)?.digest == entry.digest { return true }
    return site[entry.path].map { holds($0, at: entry.path) } ?? false
  }

  private func stamp(of path: String) -> StudyFolder.Stamp? { fileStamp(AT_FDCWD, path) }

  private func holds(_ bytes: [UInt8], at path: String) -> Bool {
    var status = stat()
    guard lstat(output + "/" + path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      Int(status.st_size) == bytes.count
    else { return false }
    guard let found = readWhole(output + "/" + path), found.count == bytes.count else { return false }
    // In blocks and not byte by byte: a site has megabytes of pictures.
    return found.withUnsafeBytes { left in
      bytes.withUnsafeBytes { right in
        guard let left = left.baseAddress, let right = right.baseAddress else { return true }
        return memcmp(left, right, bytes.count) == 0
      }
    }
  }

  func failure(_ message: String, _ code: Int32 = 0) -> Rejection {
    Rejection(
      Diagnostic(
        .error, "output.unwritable", at: nil, code == 0 ? message : "\(message): \(String(cString: strerror(code)))",
        hint: "nothing in the output folder was changed"))
  }
}
