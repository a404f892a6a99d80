import Glibc

@testable import Preview

/// A client that speaks to the server byte by byte. Used by one task at a time.
final class Client: @unchecked Sendable {
  private let descriptor: Int32

  struct Failure: Error { var code: Int32 }

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var limit = timeval(tv_sec: 15, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if result != 0 { throw Failure(code: errno) }
  }

  deinit { close(descriptor) }

  func say(_ text: String) {
    let bytes = Array(text.utf8)
    _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// What comes until the server closes, or until it holds `word`.
  func hear(until word: String? = nil) -> String {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      all += buffer[..<count]
      if let word, String(decoding: all, as: UTF8.self).contains(word) { break }
    }
    return String(decoding: all, as: UTF8.self)
  }

  /// The same without holding up a thread that tasks run on, of which there may be only one.
  func heard(until word: String? = nil) async -> String {
    await withCheckedContinuation { continuation in
      let thread = startThread { continuation.resume(returning: self.hear(until: word)) }
      if let thread { pthread_detach(thread) } else { continuation.resume(returning: "no thread") }
    }
  }

  /// Sends a request and reads all of the answer.
  static func ask(_ port: Int, _ line: String, _ more: String = "") throws -> String {
    let client = try Client(port: port)
    client.say("\(line) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\(more)\r\n")
    return client.hear()
  }
}
