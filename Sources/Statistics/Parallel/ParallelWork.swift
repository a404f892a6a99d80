import Glibc
import Synchronization

/// Independent pieces of one computation on several cores.
package enum ParallelWork {
  /// The most threads a computation may take; 0 is one a core. Set it around a computation with `$threads.withValue`.
  @TaskLocal package static var threads = 0

  /// The results of `body` for 0 ..< `count`, in that order whatever thread computed each.
  ///
  /// - Parameter body: Must depend on its index alone, so that results are the same on any number of cores.
  package static func map<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
    let wanted = threads > 0 ? threads : max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let width = min(wanted, count)
    guard width > 1 else { return (0..<count).map(body) }
    let results = UnsafeMutablePointer<Result?>.allocate(capacity: count)
    results.initialize(repeating: nil, count: count)
    defer {
      results.deinitialize(count: count)
      results.deallocate()
    }
    nonisolated(unsafe) let slots = results
    withoutActuallyEscaping(body) { body in
      let pieces = Pieces(count) { slots[$0] = body($0) }
      var started: [pthread_t] = []
      for _ in 1..<width {
        var thread = pthread_t()
        let held = Unmanaged.passRetained(pieces)
        let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
          if let context { Unmanaged<Pieces>.fromOpaque(context).takeRetainedValue().work() }
          return nil
        }
        // A thread that cannot be had leaves its share to the others.
        guard pthread_create(&thread, nil, run, held.toOpaque()) == 0 else {
          held.release()
          break
        }
        started.append(thread)
      }
      pieces.work()
      for thread in started { pthread_join(thread, nil) }
    }
    return (0..<count).compactMap { results[$0] }
  }
}

/// Pieces of work that threads take one after the other.
private final class Pieces: Sendable {
  private let next = Atomic<Int>(0)
  private let count: Int
  private let piece: @Sendable (Int) -> Void

  init(_ count: Int, _ piece: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.piece = piece
  }

  func work() {
    while true {
      let index = next.add(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      piece(index)
    }
  }
}
