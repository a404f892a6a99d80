import Glibc
import Synchronization

/// A server on this machine that answers each request as told, on a thread of its own a connection; for tests.
final class AnsweringServer: Sendable {
  struct Request: Sendable {
    var method: String
    var path: String
    var lines: [String]
  }

  let port: UInt16
  private let listening: Int32
  private let answer: @Sendable (Request) -> String
  private let taken = Mutex<[Request]>([])
  private let open = Mutex((now: 0, most: 0))

  var requests: [Request] { taken.withLock { $0 } }
  /// How many requests were under way at once, at most.
  var mostAtOnce: Int { open.withLock { $0.most } }

  /// - Parameter answer: Of a request: what is sent back, head and body. Empty: the connection is closed without an answer.
  init(_ answer: @escaping @Sendable (Request) -> String) throws {
    self.answer = answer
    let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    listening = handle
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(handle, pointer, size) == 0 && listen(handle, 64) == 0 && getsockname(handle, pointer, &size) == 0
      }
    }
    guard bound else { throw TestFault(message: "no port to listen on") }
    port = UInt16(bigEndian: address.sin_port)
    onThread { [self] in
      while true {
        let connection = accept(listening, nil, nil)
        guard connection >= 0 else {
          // Closed by who uses it: its number may be another's a moment later.
          close(listening)
          return
        }
        onThread { [self] in serve(connection) }
      }
    }
  }

  func stop() { shutdown(listening, Int32(SHUT_RDWR)) }

  func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

  private func serve(_ connection: Int32) {
    defer { close(connection) }
    var head: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !head.suffix(4).elementsEqual([13, 10, 13, 10]) {
      let count = read(connection, &buffer, buffer.count)
      guard count > 0 else { return }
      head += buffer[..<count]
    }
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").map(String.init)
    let words = lines[0].split(separator: " ").map(String.init)
    let request = Request(method: words[0], path: words[1], lines: lines)
    taken.withLock { $0.append(request) }
    open.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
    let text = Array(answer(request).utf8)
    // It counts as done before the asker knows of it.
    open.withLock { $0.now -= 1 }
    if !text.isEmpty { _ = send(connection, text, text.count, Int32(MSG_NOSIGNAL)) }
  }
}

private final class Work: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func onThread(_ body: @escaping @Sendable () -> Void) {
  var thread = pthread_t()
  let work = Unmanaged.passRetained(Work(body)).toOpaque()
  let code = pthread_create(
    &thread, nil,
    { pointer in
      if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body() }
      return nil
    }, work)
  if code == 0 { pthread_detach(thread) }
}
