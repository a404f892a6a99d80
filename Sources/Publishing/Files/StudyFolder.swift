import Diagnostics
import Glibc

/// The only door to the files of a study. Opens regular files below its root; a link that leads out of it, a device or a pipe is refused.
package struct StudyFolder: Sendable {
  /// Absolute, without links.
  package let root: String

  /// - Returns: nil where there is no such folder.
  package init?(_ path: String) {
    guard let real = realPath(path) else { return nil }
    var status = stat()
    guard stat(real, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
    root = real
  }

  /// Why a file could not be read.
  package enum Refusal: Error, Sendable, Hashable {
    case missing, notAFile, outside, tooLarge(limit: Int), unreadable(code: Int32)
  }

  /// What tells two states of a file apart without reading it.
  package struct Stamp: Sendable, Hashable {
    package var inode: UInt64
    package var size: Int
    package var modified: Int64
    package var changed: Int64
  }

  /// A path of the study made absolute; nil for one that is absolute already or climbs out by its spelling.
  package func absolute(_ path: String) -> String? {
    guard !path.isEmpty, !path.hasPrefix("/"), !path.utf8.contains(0) else { return nil }
    var depth = 0
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      if part == ".." { depth -= 1 } else if !part.isEmpty, part != "." { depth += 1 }
      if depth < 0 { return nil }
    }
    return root + "/" + path
  }

  /// Opens a regular file for reading. The caller closes it.
  package func open(_ path: String) throws(Refusal) -> (descriptor: Int32, stamp: Stamp) {
    guard let absolute = absolute(path) else { throw .outside }
    guard let real = realPath(absolute) else {
      let code = errno
      throw code == ENOENT || code == ENOTDIR ? .missing : .unreadable(code: code)
    }
    guard real.hasPrefix(root + "/") else { throw .outside }
    // Without blocking: a pipe would otherwise hold the build for ever.
    let descriptor = Glibc.open(real, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw .unreadable(code: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw .unreadable(code: code)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .notAFile
    }
    return (descriptor, Stamp(status))
  }

  /// All bytes of a file of at most `limit` bytes.
  package func read(_ path: String, limit: Int = 64 << 20) throws(Refusal) -> [UInt8] {
    let (descriptor, stamp) = try open(path)
    defer { close(descriptor) }
    guard stamp.size <= limit else { throw .tooLarge(limit: limit) }
    var bytes = [UInt8]()
    bytes.reserveCapacity(stamp.size + 1)
    var buffer = [UInt8](repeating: 0, count: min(max(stamp.size + 1, 4096), 1 << 20))
    while true {
      let count = buffer.withUnsafeMutableBytes { bytes in
        retrying { Glibc.read(descriptor, bytes.baseAddress, bytes.count) }
      }
      if count < 0 { throw .unreadable(code: errno) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: buffer[..<count])
      guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    }
  }

  /// The stamp of a regular file, or nil where there is none.
  package func stamp(_ path: String) -> Stamp? {
    guard let absolute = absolute(path) else { return nil }
    var status = Glibc.stat()
    guard stat(absolute, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Stamp(status)
  }

  /// Files below a folder, by path relative to it, sorted by their bytes; hidden ones and what `skip` names are passed over.
  /// Links to folders are not followed, so that no circle can be walked. Folders that are there and cannot be read come apart, with
  /// the error's number: what lies in them would otherwise go missing without a word.
  package func listing(
    below folder: String, skip: Set<String> = [], limit: Int = 200_000
  ) -> (files: [String], unreadable: [(path: String, code: Int32)]) {
    let (found, unreadable) = stampedListing(below: folder, skip: skip, limit: limit)
    return (found.map(\.path), unreadable)
  }

  package func files(below folder: String, skip: Set<String> = [], limit: Int = 200_000) -> [String] {
    listing(below: folder, skip: skip, limit: limit).files
  }
}

extension StudyFolder.Stamp {
  init(_ status: stat) {
    inode = UInt64(status.st_ino)
    size = Int(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
    changed = Int64(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_ctim.tv_nsec)
  }
}

extension StudyFolder.Refusal {
  /// The diagnostic for a file named at `position`.
  package func diagnostic(_ path: String, at position: SourcePosition?, candidates: [String] = []) -> Diagnostic {
    switch self {
    case .missing:
      return Diagnostic(
        .error, "file.missing", at: position, "a file the study names exists, and there is no '\(path)'",
        hint: nearestName(to: path, among: candidates).map { "did you mean '\($0)'?" })
    case .notAFile:
      return Diagnostic(
        .error, "file.not-a-file", at: position,
        "a file is a regular file, and '\(path)' is a folder, a pipe or a device")
    case .outside:
      return Diagnostic(
        .error, "file.outside", at: position,
        "files are read inside the study folder only, and '\(path)' leads out of it",
        hint: "copy the file into the study")
    case .tooLarge(let limit):
      return Diagnostic(
        .error, "file.too-large", at: position,
        "a file of this kind has at most \(limit >> 20) MB, and '\(path)' has more")
    case .unreadable(let code):
      return Diagnostic(
        .error, "file.unreadable", at: position,
        "a file can be read, and '\(path)' cannot: \(String(cString: strerror(code)))")
    }
  }
}

/// Names in a folder and whether each is a folder; links are not followed to folders. What cannot be read counts as empty.
func entries(of path: String) -> [(name: String, isFolder: Bool)] { readEntries(of: path).found }

/// The same with the number of the error that ended the reading; 0 where all was read.
func readEntries(of path: String) -> (found: [(name: String, isFolder: Bool)], code: Int32) {
  guard let directory = opendir(path) else { return ([], errno) }
  defer { closedir(directory) }
  var found: [(String, Bool)] = []
  while true {
    errno = 0
    guard let entry = readdir(directory) else { return (found, errno) }
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name == "." || name == ".." { continue }
    var type = Int32(entry.pointee.d_type)
    if type == DT_UNKNOWN {
      var status = stat()
      if lstat(path + "/" + name, &status) == 0 { type = status.st_mode & S_IFMT == S_IFDIR ? DT_DIR : DT_REG }
    }
    found.append((name, type == DT_DIR))
  }
}

private let DT_UNKNOWN: Int32 = 0
private let DT_DIR: Int32 = 4
private let DT_REG: Int32 = 8

/// The path without links, or nil with `errno` set.
func realPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}

/// Calls again while a signal interrupts.
func retrying(_ call: () -> Int) -> Int {
  while true {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
}

/// A path made absolute and free of links as far as it exists; what does not exist yet is taken by its spelling.
func settledPath(_ path: String) -> String {
  var start = path
  if !path.hasPrefix("/"), let current = getcwd(nil, 0) {
    defer { free(current) }
    start = String(cString: current) + "/" + path
  }
  var known = ""
  for part in start.split(separator: "/") {
    switch part {
    case ".": continue
    case "..": known = String(known[..<(known.lastIndex(of: "/") ?? known.startIndex)])
    default:
      let next = known + "/" + part
      known = realPath(next) ?? next
      if known == "/" { known = "" }
    }
  }
  return known.isEmpty ? "/" : known
}
