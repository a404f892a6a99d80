import Glibc
import Pages

/// The study that `valuemap init` writes: the built-in files below `starter/`.
package enum StarterStudy {
  package enum Refusal: Error, Sendable, Hashable {
    /// Nothing was written, since these are there already.
    case exists([String])
    case notAFolder(String)
    case unwritable(path: String, code: Int32)
  }

  private static let folder = "starter/"

  /// The files by their path in the new study, in the order of their paths.
  package static var files: [(path: String, text: String)] {
    let stored = templateFiles(below: folder, overrides: [])
    return stored.keys.sorted().compactMap { path in
      let name = String(path.dropFirst(folder.count))
      // A folder of templates holds no hidden files, so this one is stored without its dot.
      return stored[path].map { (name == "gitignore" ? ".gitignore" : name, $0) }
    }
  }

  /// Writes the study into a folder, which is made where it is missing.
  ///
  /// - Throws: `Refusal`; where one of the files exists nothing at all is written.
  package static func write(to folder: String) throws(Refusal) {
    if let there = status(folder), there.st_mode & S_IFMT != S_IFDIR { throw .notAFolder(folder) }
    let taken = files.map(\.path).filter { path in
      var found = stat()
      return lstat(folder + "/" + path, &found) == 0
    }
    guard taken.isEmpty else { throw .exists(taken) }
    for (path, text) in files {
      let target = folder + "/" + path
      try makeFolders(above: target)
      // O_EXCL: what came into being since the look above is not written over either.
      let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
      guard descriptor >= 0 else { throw .unwritable(path: path, code: errno) }
      defer { close(descriptor) }
      var bytes = Array(text.utf8)[...]
      while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { bytes in
          retrying { Glibc.write(descriptor, bytes.baseAddress, bytes.count) }
        }
        guard count > 0 else { throw .unwritable(path: path, code: errno) }
        bytes = bytes.dropFirst(count)
      }
    }
  }

  private static func status(_ path: String) -> stat? {
    var found = stat()
    return stat(path, &found) == 0 ? found : nil
  }

  private static func makeFolders(above file: String) throws(Refusal) {
    let bytes = Array(file.utf8)
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "/") && offset > 0 {
      let folder = String(decoding: bytes[..<offset], as: UTF8.self)
      if mkdir(folder, 0o755) == 0 || errno == EEXIST { continue }
      let code = errno
      // Folders above may be there and closed to us all the same.
      if let there = status(folder), there.st_mode & S_IFMT == S_IFDIR { continue }
      throw .unwritable(path: folder, code: code)
    }
  }
}
