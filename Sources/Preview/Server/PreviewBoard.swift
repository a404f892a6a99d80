import Diagnostics
import Glibc
import Publishing

/// The present state of the preview, and the meeting point of those who make it and those who wait for it to change.
///
/// Listeners block a thread each while they wait, so there is a bound to them: one too many sends the oldest away, whose page
/// asks again by itself.
package final class PreviewBoard: @unchecked Sendable {
  static let listenerLimit = 12

  // Guarded by `mutex`, which is the reason for `@unchecked`.
  private var state: PreviewState
  private var isEnded = false
  private var listeners: [Int] = []
  private var lastListener = 0
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  /// - Parameter published: Shown until the first good build.
  package init(published: PublishedSite? = nil) {
    state = PreviewState(published: published)
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    // Waits end on time also where the wall clock is set anew.
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(changed, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  package var now: PreviewState { locked { state } }

  /// Takes in the outcome of a build and wakes all who listen.
  package func take(_ site: SiteFiles?, diagnostics: [Diagnostic]) { take(site.map { .built($0) }, diagnostics) }

  func take(_ site: ServedSite?, _ diagnostics: [Diagnostic]) {
    // Hashing a large site takes its time: requests go on being answered meanwhile. Only one build ends at a time.
    var next = now
    next.take(site, diagnostics)
    locked {
      state = next
      pthread_cond_broadcast(changed)
    }
  }

  /// Sends all listeners away, for ever.
  package func end() {
    locked {
      isEnded = true
      pthread_cond_broadcast(changed)
    }
  }

  // MARK: Listeners

  func enter() -> Int {
    locked {
      lastListener += 1
      listeners.append(lastListener)
      if listeners.count > Self.listenerLimit {
        listeners.removeFirst()
        pthread_cond_broadcast(changed)
      }
      return lastListener
    }
  }

  func leave(_ listener: Int) { locked { listeners.removeAll { $0 == listener } } }

  enum Waited { case changed(PreviewState), unchanged, ended }

  /// Waits until there is a state after `revision`, or the time is over.
  func wait(_ listener: Int, after revision: Int, milliseconds: Int) -> Waited {
    var until = timespec()
    clock_gettime(CLOCK_MONOTONIC, &until)
    until.tv_sec += milliseconds / 1000
    until.tv_nsec += milliseconds % 1000 * 1_000_000
    if until.tv_nsec >= 1_000_000_000 {
      until.tv_sec += 1
      until.tv_nsec -= 1_000_000_000
    }
    return locked {
      while true {
        if isEnded || !listeners.contains(listener) { return .ended }
        if state.revision > revision { return .changed(state) }
        if pthread_cond_timedwait(changed, mutex, &until) != 0 { return .unchanged }
      }
    }
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }
}
