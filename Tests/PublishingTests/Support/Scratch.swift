import Diagnostics
import Glibc

@testable import Publishing

/// A folder of its own for one test, taken away after it.
final class Scratch: Sendable {
  let path: String

  init(_ files: (String, String)...) throws {
    var template = Array("/tmp/valuemap-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw TestFault(message: "no temporary folder") }
    path = try unwrap(realPath(String(cString: made)), "no temporary folder")
    for (file, text) in files { try write(text, to: file) }
  }

  deinit {
    _ = run("/bin/chmod", ["-R", "u+rwx", path])
    removeTree(path)
  }

  /// The sample study of `Sites/`, its files replaced by those given, its cache warm.
  static func study(_ files: (String, String)...) async throws -> Scratch {
    try await study(replacing: files)
  }

  static func study(replacing files: [(String, String)], isWarm: Bool = true) async throws -> Scratch {
    let scratch = try Scratch()
    for file in try TextArchive(at: "Sites/brands.study").files { try scratch.write(file.text, to: file.path) }
    for (path, text) in files { try scratch.write(text, to: path) }
    if isWarm {
      try scratch.makeFolder(".valuemap/cache")
      let warm = try await WarmCache.shared.path()
      for (name, _) in entries(of: warm) {
        _ = link(warm + "/" + name, scratch.path + "/.valuemap/cache/" + name)
      }
    }
    return scratch
  }

  func write(_ text: String, to file: String) throws { try write(Array(text.utf8), to: file) }

  func write(_ bytes: [UInt8], to file: String) throws {
    if let slash = file.lastIndex(of: "/") { try makeFolder(String(file[..<slash])) }
    let code = writeWhole(bytes, to: path + "/" + file)
    guard code == 0 else { throw TestFault(message: "\(file) cannot be written: \(code)") }
  }

  func makeFolder(_ name: String) throws {
    guard Publishing.makeFolder(path + "/" + name) else { throw TestFault(message: "no folder \(name)") }
  }

  func text(_ file: String) -> String? { readWhole(path + "/" + file).map { String(decoding: $0, as: UTF8.self) } }

  func exists(_ file: String) -> Bool {
    var status = stat()
    return lstat(path + "/" + file, &status) == 0
  }

  func build(_ change: (inout BuildOptions) -> Void = { _ in }) async throws -> BuiltSite {
    var options = BuildOptions(study: path)
    change(&options)
    return try await unwrap(StudyBuilder(options), "no study").build()
  }

  /// Every file below a folder with what it holds, folders with a slash at their end; `.valuemap` apart.
  func tree(_ folder: String = "") -> [String] {
    var found: [String] = []
    func walk(_ prefix: String) {
      for (name, isFolder) in entries(of: path + "/" + prefix) where name != ".valuemap" {
        let here = prefix.isEmpty ? name : prefix + "/" + name
        if isFolder {
          found.append(here + "/")
          walk(here)
        } else {
          found.append("\(here) \(readWhole(path + "/" + here).map { Digest($0).hex } ?? "-")")
        }
      }
    }
    walk(folder)
    return found.sorted()
  }
}

/// The sample study built once, so that others need not draw its figures again.
actor WarmCache {
  static let shared = WarmCache()
  private var scratch: Task<Scratch, any Error>?

  func path() async throws -> String {
    if scratch == nil {
      scratch = Task {
        let scratch = try await Scratch.study(replacing: [], isWarm: false)
        _ = try await scratch.build()
        return scratch
      }
    }
    return try await unwrap(scratch, "no cache").value.path + "/.valuemap/cache"
  }
}

/// Runs a program to its end. Returns its exit code, or -1.
@discardableResult
func run(_ program: String, _ arguments: [String]) -> Int32 {
  var pid: pid_t = 0
  var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
  defer { for word in words { free(word) } }
  guard posix_spawn(&pid, program, nil, nil, &words, environ) == 0 else { return -1 }
  var status: Int32 = 0
  while waitpid(pid, &status, 0) < 0 { if errno != EINTR { return -1 } }
  return status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
}
