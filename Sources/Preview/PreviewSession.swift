import Diagnostics
import Publishing
import Synchronization

/// What came of a build.
package struct PreviewOutcome: Sendable {
  /// nil where the build failed.
  package var site: SiteFiles?
  /// The site where it lies, which is then shown in place of `site`: not all of its bytes need be there.
  package var published: PublishedSite?
  package var diagnostics: [Diagnostic]

  package init(site: SiteFiles?, published: PublishedSite? = nil, diagnostics: [Diagnostic]) {
    self.site = site
    self.published = published
    self.diagnostics = diagnostics
  }

  /// For a study whose folder was removed or renamed while it was shown.
  package static var studyIsGone: Self {
    let gone = Diagnostic(
      .error, "study.gone", "a study is a folder, and the one shown is no longer where it was",
      hint: "put it back, or start the preview anew")
    return Self(site: nil, diagnostics: [gone])
  }
}

/// A preview as a whole: a server, a watcher, and a build whenever something has changed.
///
/// The order matters: the port is taken first, so that its refusal costs no build; then the watch stands, so that no change during
/// the first build is missed.
package final class PreviewSession: Sendable {
  package let server: PreviewServer
  private let board: PreviewBoard
  private let watcher: StudyWatcher
  private let changes: AsyncStream<Void>
  private let changed: AsyncStream<Void>.Continuation
  private let changeCount: ChangeCount

  /// - Parameters:
  ///   - root: The study's folder, absolute.
  ///   - port: 0 takes any that is free.
  ///   - published: Shown from the first moment, until the first good build.
  package init(
    root: String, port: Int, way: StudyWatcher.Way = .automatic, published: PublishedSite? = nil
  ) throws(PreviewServer.Refusal) {
    let board = PreviewBoard(published: published)
    self.board = board
    server = try PreviewServer(port: port, board: board)
    // One place in the queue: changes during a build ask for one more, however many they are.
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    changes = stream
    changed = continuation
    let count = ChangeCount()
    changeCount = count
    watcher = StudyWatcher(root: root, way: way) {
      // Counted before it is told: a count that has grown means that one more build is asked for.
      count.value.add(1, ordering: .releasing)
      continuation.yield()
    }
    continuation.yield()
  }

  /// Builds now and after every change, until `stop()`.
  ///
  /// - Parameter build: Reads the study as it is and tells its outcome to whoever sits at the terminal.
  package func run(build: @Sendable () async -> PreviewOutcome) async {
    for await _ in changes {
      let before = changeCount.value.load(ordering: .acquiring)
      let built = await build()
      // A study caught halfway through being saved may be wrong for that moment only: the build that follows tells.
      if built.site == nil, changeCount.value.load(ordering: .acquiring) != before { continue }
      board.take(built.published.map { .published($0) } ?? built.site.map { .built($0) }, built.diagnostics)
    }
  }

  package func stop() {
    changed.finish()
    watcher.stop()
    server.stop()
  }
}

/// How many changes were told of.
private final class ChangeCount: Sendable {
  let value = Atomic<Int>(0)
}
