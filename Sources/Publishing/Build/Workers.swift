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
    return await withTaskGroup(of: [(Int, Result)].self) { group in
      for _ in 0..<min(jobs, count) {
        group.addTask {
          var done: [(Int, Result)] = []
          while let index = next.take(below: count) { done.append((index, body(index))) }
          return done
        }
      }
      var results = [Result?](repeating: nil, count: count)
      for await part in group {
        for (index, result) in part { results[index] = result }
      }
      return results.compactMap { $0 }
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
