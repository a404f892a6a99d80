import Glibc

/// A folder of its own for one test, removed with all that is in it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/valuemap-preview-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(code: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  struct Failure: Error { var code: Int32 }

  func makeFolder(_ name: String) { mkdir(path + "/" + name, 0o755) }

  func write(_ text: String, to name: String) throws {
    let descriptor = open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw Failure(code: errno) }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else { throw Failure(code: errno) }
  }

  func move(_ from: String, to: String) { rename(path + "/" + from, path + "/" + to) }
  func remove(_ name: String) { unlink(path + "/" + name) }

  deinit { Self.removeTree(path) }

  private static func removeTree(_ path: String) {
    if let directory = opendir(path) {
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard name != ".", name != ".." else { continue }
        var status = stat()
        if lstat(path + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
          removeTree(path + "/" + name)
        } else {
          unlink(path + "/" + name)
        }
      }
      closedir(directory)
    }
    rmdir(path)
  }
}
