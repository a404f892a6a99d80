import Glibc
import Synchronization

/// Tells when a file of a study has changed: once for many changes in quick succession, on a thread of its own.
package final class StudyWatcher: Sendable {
  package enum Way: Sendable {
    /// Told by the kernel, or by looking where the kernel cannot tell.
    case automatic
    case looking(everyMilliseconds: Int)
  }

  /// So long nothing must have changed before word is given. Editors save in several steps, which follow each other at once; what comes
  /// later asks for one more build, and a failure that it overtakes is not shown.
  static let quiet = 8
  /// Word is given after this long at the latest, also while changes go on.
  static let patience = 500

  /// How often files are looked at where the kernel does not tell.
  static let interval = 500

  private let stopping: [Int32]
  private let thread: Mutex<pthread_t?>

  /// Starts to watch.
  ///
  /// - Parameters:
  ///   - root: The study's folder.
  ///   - onChange: Called on the watcher's thread, which waits for it.
  package init(root: String, way: Way = .automatic, onChange: @escaping @Sendable () -> Void) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      // Out of descriptors: a preview that does not follow is better than none, and than one that cannot be stopped.
      stopping = []
      thread = Mutex(nil)
      return
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    stopping = ends
    let stop = ends[0]
    // Watches stand when `init` returns, so that nothing that changes afterwards goes unnoticed.
    let start: @Sendable () -> Void
    if case .automatic = way, let folders = FolderWatches(root: root) {
      let watches = Held(folders)
      start = { watches.value.run(until: stop, onChange) }
    } else {
      let interval = if case .looking(let given) = way { given } else { Self.interval }
      let looks = Held(FolderLooks(root: root))
      start = { looks.value.run(until: stop, every: interval, onChange) }
    }
    thread = Mutex(startThread(start))
  }

  /// No word is given after this returns.
  package func stop() {
    let running = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    guard let running else { return }
    var byte: UInt8 = 0
    _ = write(stopping[1], &byte, 1)
    pthread_join(running, nil)
    close(stopping[0])
    close(stopping[1])
  }

  deinit { stop() }
}

/// Hands a value to the one thread that uses it from then on.
private final class Held<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}

private final class ThreadBody {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// A thread that may block, which the threads of Swift's tasks must not.
func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
  let held = Unmanaged.passRetained(ThreadBody(body))
  var thread = pthread_t()
  let failure = pthread_create(&thread, nil, runBody, held.toOpaque())
  guard failure == 0 else {
    held.release()
    return nil
  }
  return thread
}

private func runBody(_ held: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let held { Unmanaged<ThreadBody>.fromOpaque(held).takeRetainedValue().run() }
  return nil
}

/// Waits until a descriptor can be read. False when the time is over; nil when `stop` can be read, which goes first.
func waitToRead(_ descriptor: Int32, unless stop: Int32, milliseconds: Int) -> Bool? {
  var polled = [
    pollfd(fd: stop, events: Int16(POLLIN), revents: 0), pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
  ]
  let count = poll(&polled, 2, Int32(milliseconds))
  if count < 0 { return errno == EINTR ? false : nil }
  if polled[0].revents != 0 { return nil }
  return polled[1].revents != 0
}
