import Glibc
import Synchronization

/// Results of earlier builds by the content they were made from. Whatever is wrong with it (missing, foreign, cut short, not
/// writable) means only that more is computed: a build with `--no-cache` gives the same bytes.
package final class Store: Sendable {
  private let folder: String?
  private let isWritable: Bool
  private let state = Mutex(State())

  private struct State {
    var used: Set<String> = []
    var memory: [String: [UInt8]] = [:]
  }

  /// - Parameters:
  ///   - folder: Where entries are kept, an absolute path without links; nil keeps them in memory only, for this build.
  ///   - isWritable: False where only what is there may be used.
  package init(folder: String?, isWritable: Bool = true) {
    self.isWritable = isWritable
    // A link in its place leads to somebody else's files: entries are neither written there nor swept.
    guard let folder, settledPath(folder) == folder, isWritable ? makeFolder(folder) : access(folder, R_OK) == 0 else {
      self.folder = nil
      return
    }
    self.folder = folder
  }

  /// The bytes kept under a key, or nil.
  package func load(_ key: Digest) -> [UInt8]? {
    let name = key.hex
    if let bytes = state.withLock({ state -> [UInt8]? in
      state.used.insert(name)
      return state.memory[name]
    }) {
      return bytes
    }
    guard let folder, var bytes = readWhole(folder + "/" + name), bytes.count >= 16 else { return nil }
    // The last 16 bytes are the fingerprint of the rest: a torn or altered entry is no entry.
    let print = Array(bytes.suffix(16))
    bytes.removeLast(16)
    return print == Digest(bytes).bytes ? bytes : nil
  }

  /// Says that an entry is still of use, without reading it.
  func keep(_ key: Digest) { state.withLock { _ = $0.used.insert(key.hex) } }

  package func save(_ bytes: [UInt8], under key: Digest) {
    let name = key.hex
    state.withLock { state in
      _ = state.used.insert(name)
      if folder == nil || !isWritable { state.memory[name] = bytes }
    }
    guard let folder, isWritable else { return }
    _ = writeAtomically(bytes, then: Digest(bytes).bytes, to: folder + "/" + name)
  }

  /// Takes away what no recent build asked for. Called after a whole build only.
  package func prune(keeping limit: Int = 4) {
    guard let folder, isWritable else { return }
    let used = state.withLock { $0.used }
    let all = entries(of: folder).map(\.name)
    guard all.count > max(64, used.count * limit) else { return }
    for name in all where !used.contains(name) && isEntry(name) { unlink(folder + "/" + name) }
  }

  /// 32 hexadecimal digits, and what writing one may have left: nothing else in the folder is ours.
  private func isEntry(_ name: String) -> Bool {
    let digits = name.utf8.prefix { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }.count
    return digits == 32 && (name.utf8.count == 32 || name.hasSuffix(".new"))
  }
}

extension Digest {
  var bytes: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * $0)) }
      + (0..<8).map { UInt8(truncatingIfNeeded: low >> (56 - 8 * $0)) }
  }
}

/// Makes a folder and those above it. False where it cannot be.
func makeFolder(_ path: String) -> Bool {
  if mkdir(path, 0o777) == 0 { return true }
  if errno == EEXIST {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
  guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return false }
  return makeFolder(String(path[..<slash])) && (mkdir(path, 0o777) == 0 || errno == EEXIST)
}

/// All bytes of a regular file, or nil.
func readWhole(_ path: String) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
  let size = Int(status.st_size)
  let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
    while filled < size {
      let count = retrying { read(descriptor, buffer.baseAddress.map { $0 + filled }, size - filled) }
      if count <= 0 { return }
      filled += count
    }
  }
  return bytes.count == size ? bytes : nil
}

/// Writes beside the file and renames, so that a reader sees the old or the new one. False, with nothing left lying, where it fails.
func writeAtomically(_ bytes: [UInt8], then end: [UInt8] = [], to path: String) -> Bool {
  let temporary = "\(path).\(getpid()).new"
  guard writeWhole(bytes, then: end, to: temporary) == 0 else {
    unlink(temporary)
    return false
  }
  guard rename(temporary, path) == 0 else {
    unlink(temporary)
    return false
  }
  return true
}

/// Writes a new file. Returns 0 or the error's number.
func writeWhole(_ bytes: [UInt8], then end: [UInt8] = [], to path: String) -> Int32 {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
  guard descriptor >= 0 else { return errno }
  for part in [bytes, end] {
    var written = 0
    while written < part.count {
      let count = part.withUnsafeBytes { buffer in
        retrying { write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written) }
      }
      if count <= 0 {
        let code = count < 0 ? errno : ENOSPC
        close(descriptor)
        return code
      }
      written += count
    }
  }
  return close(descriptor) == 0 ? 0 : errno
}
