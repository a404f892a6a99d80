import Pages
import Synchronization

/// Spreads work over cores: as many tasks as jobs, each taking the next piece. Results stand by index, so their order is that of the
/// input whatever the number of jobs.
package struct Workers: ParallelMap {
  package let jobs: Int

  package init(jobs: Int) { self.jobs = max(1, jobs) }

  package func map<Result: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Result) async -> [Result] {
    guard count > 1, jobs > 1 else { return (0..<count).map(body) }
    let next = Counter()
    let places = Places<Result>(count)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<min(jobs, count) {
        group.addTask {
          while let index = next.take(below: count) { places.put(body(index), at: index) }
        }
      }
    }
    return places.taken
  }
}

/// Room for results by their index. Each place is filled once, by whoever took its number; all are, before they are taken.
private final class Places<Result: Sendable>: @unchecked Sendable {
  private let start: UnsafeMutablePointer<Result>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    start = .allocate(capacity: count)
  }

  deinit { start.deallocate() }

  func put(_ result: Result, at index: Int) { (start + index).initialize(to: result) }

  /// All results, moved out.
  var taken: [Result] {
    [Result](unsafeUninitializedCapacity: count) { buffer, filled in
      buffer.baseAddress?.moveInitialize(from: start, count: count)
      filled = count
    }
  }
}

private final class Counter: Sendable {
  private let value = Atomic<Int>(0)

  func take(below limit: Int) -> Int? {
    let taken = value.add(1, ordering: .relaxed).oldValue
    return taken < limit ? taken : nil
  }
}
