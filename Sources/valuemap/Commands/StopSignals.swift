import Glibc
import Synchronization

/// The end of a command that otherwise goes on for ever: Ctrl-C or a request to terminate.
enum StopSignals {
  /// Where the handler writes; a handler may do hardly anything else.
  fileprivate static let pipeEnd = Atomic<Int32>(-1)

  /// Calls `end` on a thread of its own at the first signal. A second signal ends the program at once.
  static func wait(_ end: @escaping @Sendable () -> Void) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    pipeEnd.store(ends[1], ordering: .releasing)
    let held = Unmanaged.passRetained(Waiting(descriptor: ends[0], end: end))
    var thread = pthread_t()
    guard pthread_create(&thread, nil, waitForSignal, held.toOpaque()) == 0 else { return held.release() }
    pthread_detach(thread)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = noteSignal
    action.sa_flags = SA_RESTART | Int32(bitPattern: UInt32(SA_RESETHAND))
    sigaction(SIGINT, &action, nil)
    sigaction(SIGTERM, &action, nil)
  }
}

private final class Waiting {
  let descriptor: Int32
  let end: @Sendable () -> Void
  init(descriptor: Int32, end: @escaping @Sendable () -> Void) {
    self.descriptor = descriptor
    self.end = end
  }
}

private func noteSignal(_ signal: Int32) {
  var byte = UInt8(truncatingIfNeeded: signal)
  _ = write(StopSignals.pipeEnd.load(ordering: .acquiring), &byte, 1)
}

private func waitForSignal(_ held: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let held else { return nil }
  let waiting = Unmanaged<Waiting>.fromOpaque(held).takeRetainedValue()
  var byte: UInt8 = 0
  while read(waiting.descriptor, &byte, 1) < 0, errno == EINTR {}
  waiting.end()
  return nil
}

/// True once, the first time it is asked.
final class FirstTime: Sendable {
  private let isOver = Atomic<Bool>(false)
  func isNow() -> Bool { !isOver.exchange(true, ordering: .relaxed) }
}
