import Glibc

/// Several small files in one text: a line `-- path --` opens each. What stands before the first is a heading.
struct TextArchive {
  var heading = ""
  var files: [(path: String, text: String)] = []

  init(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    for line in lines {
      if line.hasPrefix("-- "), line.hasSuffix(" --"), line.count > 6 {
        files.append((String(line.dropFirst(3).dropLast(3)), ""))
      } else if files.isEmpty {
        heading += line + "\n"
      } else {
        files[files.count - 1].text += line + "\n"
      }
    }
  }

  /// A file beside these tests.
  init(at path: String, here: String = #filePath) throws {
    let folder = here.split(separator: "/").dropLast(2).joined(separator: "/")
    let bytes = try unwrap(readBytes("/" + folder + "/" + path), "there is no \(path)")
    self.init(String(decoding: bytes, as: UTF8.self))
  }
}

struct TestFault: Error { var message: String }

func unwrap<Value>(_ value: Value?, _ message: String) throws -> Value {
  guard let value else { throw TestFault(message: message) }
  return value
}

func readBytes(_ path: String) -> [UInt8]? {
  guard let file = fopen(path, "rb") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count == 0 { return bytes }
    bytes += buffer[..<count]
  }
}
