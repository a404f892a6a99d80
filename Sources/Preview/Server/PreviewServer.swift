import CCivetweb
import Glibc
import Synchronization

/// HTTP on 127.0.0.1: civetweb reads requests and owns the threads, `PreviewState.answer` decides, and this hands one to the other.
/// civetweb is given no folder and no file.
package final class PreviewServer: Sendable {
  package enum Refusal: Error, Hashable, Sendable {
    case portTaken
    case portForbidden
    case failed(String)
  }

  package let port: Int
  private let board: PreviewBoard
  /// civetweb's context as a number, 0 once stopped.
  private let context: Mutex<UInt>

  /// Starts to answer.
  ///
  /// - Parameter port: 0 takes any that is free; `self.port` tells which.
  package init(port: Int, board: PreviewBoard) throws(Refusal) {
    let port = try bindable(port)
    self.port = port
    self.board = board
    _ = libraryIsReady
    raiseFileLimit()
    let options = [
      "listening_ports": "127.0.0.1:\(port)",
      // A thread for each connection: enough for pages and listeners beside hundreds of clients that connect and say nothing.
      "num_threads": "512",
      "connection_queue": "256", "listen_backlog": "256",
      // A client has this long to say what it wants, and each piece sent this long to be taken.
      "request_timeout_ms": "5000", "linger_timeout_ms": "500",
      "max_request_size": "16384", "enable_keep_alive": "no", "tcp_nodelay": "1",
      // Paths are decoded here, once and strictly; hosts are checked here.
      "decode_url": "no", "enable_auth_domain_check": "no",
      "enable_directory_listing": "no",
    ]
    var words: [UnsafePointer<CChar>?] = []
    for (name, value) in options.sorted(by: { $0.key < $1.key }) {
      words += [UnsafePointer(strdup(name)), UnsafePointer(strdup(value))]
    }
    words.append(nil)
    defer { for word in words { free(UnsafeMutablePointer(mutating: word)) } }

    var callbacks = mg_callbacks()
    // Never 0, which would have civetweb look for a file.
    callbacks.begin_request = { connection in max(1, answer_on_own_stack(answerRequest, connection, 500)) }
    callbacks.http_error = { connection, status, _ in
      _ = answer_on_own_stack(answerError, connection, status)
      return 0
    }
    callbacks.log_message = beQuiet
    callbacks.log_access = beQuiet
    let owner = Unmanaged.passRetained(board)
    var code: UInt32 = 0
    var text = [CChar](repeating: 0, count: 256)
    let started = words.withUnsafeMutableBufferPointer { words in
      text.withUnsafeMutableBufferPointer { text in
        withUnsafeMutablePointer(to: &code) { code in
          withUnsafePointer(to: &callbacks) { callbacks in
            var start = mg_init_data(
              callbacks: callbacks, user_data: owner.toOpaque(), configuration_options: words.baseAddress)
            var failure = mg_error_data(code: code, text: text.baseAddress, text_buffer_size: text.count)
            return mg_start2(&start, &failure).map { UInt(bitPattern: $0) }
          }
        }
      }
    }
    guard let started else {
      owner.release()
      let reason = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw .failed(String(decoding: reason, as: UTF8.self))
    }
    context = Mutex(started)
  }

  package var address: String { "http://127.0.0.1:\(port)/" }

  /// Ends all streams and waits until no thread answers any more.
  package func stop() {
    board.end()
    let running = context.withLock { context in
      defer { context = 0 }
      return context
    }
    guard running != 0 else { return }
    // civetweb looks for the end only every two seconds, or when someone knocks.
    let port = port
    let knocking = startThread {
      var tries = 0
      repeat {
        usleep(10_000)
        tries += 1
      } while tries < 200 && knock(on: port)
    }
    mg_stop(OpaquePointer(bitPattern: running))
    if let knocking { pthread_join(knocking, nil) }
    Unmanaged.passUnretained(board).release()
  }
}

/// As many open connections as there are threads for them: where fewer may be open, silent clients would hold up the rest.
private func raiseFileLimit() {
  let needed: rlim_t = 2048
  var limit = rlimit()
  guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < needed else { return }
  limit.rlim_cur = min(needed, limit.rlim_max)
  setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

/// Once in the life of the program, before anything else of civetweb.
private let libraryIsReady: Bool = {
  mg_init_library(0)
  return true
}()

// Called on threads that are not Swift's, and therefore functions that belong to no actor.

private func beQuiet(_ connection: OpaquePointer?, _ text: UnsafePointer<CChar>?) -> Int32 { 1 }

/// Answers everything itself, so that civetweb's own handling of files is never reached.
private func answerRequest(_ connection: OpaquePointer?, _ status: Int32) -> Int32 {
  guard let connection, let info = mg_get_request_info(connection), let board = board(of: connection) else {
    return 500
  }
  let request = PreviewRequest(info)
  let response = board.now.answer(request)
  if send(response, on: connection), let page = response.listener, !response.isHeadOnly {
    stream(board, page, on: connection)
  }
  return Int32(response.status)
}

/// What civetweb refuses before it becomes a request.
private func answerError(_ connection: OpaquePointer?, _ status: Int32) -> Int32 {
  guard let connection else { return status }
  let shown = (400..<600).contains(status) ? Int(status) : 500
  _ = send(PreviewResponse(shown, text: reasonPhrase(shown)), on: connection)
  return status
}

private func board(of connection: OpaquePointer) -> PreviewBoard? {
  guard let data = mg_get_user_data(mg_get_context(connection)) else { return nil }
  return Unmanaged<PreviewBoard>.fromOpaque(data).takeUnretainedValue()
}

extension PreviewRequest {
  fileprivate init(_ info: UnsafePointer<mg_request_info>) {
    let request = info.pointee
    func text(_ words: UnsafePointer<CChar>?) -> String { words.map { String(cString: $0) } ?? "" }
    let query = request.query_string.map { "?" + String(cString: $0) } ?? ""
    let headers = withUnsafeBytes(of: request.http_headers) { bytes in
      bytes.bindMemory(to: mg_header.self).prefix(Int(max(0, request.num_headers))).map {
        (name: text($0.name), value: text($0.value))
      }
    }
    self.init(
      text(request.request_method), text(request.request_uri) + query, headers: headers, port: Int(request.server_port))
  }
}

/// - Returns: false where the client is gone or takes nothing.
private func send(_ response: PreviewResponse, on connection: OpaquePointer) -> Bool {
  guard write(response.head[...], on: connection) else { return false }
  return response.isHeadOnly || write(response.body[response.sent], on: connection)
}

private func write(_ bytes: ArraySlice<UInt8>, on connection: OpaquePointer) -> Bool {
  // In pieces: civetweb gives each call its time-out as a whole.
  var rest = bytes
  while !rest.isEmpty {
    let count = rest.prefix(1 << 17).withUnsafeBytes { mg_write(connection, $0.baseAddress, $0.count) }
    guard count > 0 else { return false }
    rest = rest.dropFirst(Int(count))
  }
  return true
}

/// Tells a page what becomes of it, until it is out of date, gone, or the preview ends.
private func stream(_ board: PreviewBoard, _ page: String, on connection: OpaquePointer) {
  let listener = board.enter()
  defer { board.leave(listener) }
  func tell(_ state: PreviewState) -> Bool {
    write(Array(state.events(forPageOf: page).utf8)[...], on: connection) && page == state.build
  }
  var state = board.now
  guard write(Array("retry: 1000\n\n".utf8)[...], on: connection), tell(state) else { return }
  while true {
    switch board.wait(listener, after: state.revision, milliseconds: 5000) {
    case .changed(let next):
      state = next
      // A page told to reload has no more to hear.
      guard tell(state) else { return }
    case .unchanged:
      // Also how a client that went away is noticed.
      guard write(Array(": still here\n\n".utf8)[...], on: connection) else { return }
    case .ended: return
    }
  }
}
