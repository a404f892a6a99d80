import ArgumentParser
import Diagnostics
import Glibc
import Preview
import Publishing
import Synchronization

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Preview on 127.0.0.1 with live reload.",
    discussion:
      "Shows the site in public/ at once and that of the last good build from then on, builds anew when a file changes, and writes nothing to public/."
  )

  @OptionGroup var study: StudyOptions
  @OptionGroup var arguments: BuildArguments
  @Option(name: .shortAndLong, help: "The port; by default 8080 or the next that is free. 0 takes any.")
  var port: Int?
  @Flag(help: "Open the site in the browser.")
  var open = false

  func validate() throws {
    if let port, !(0...65535).contains(port) { throw ValidationError("'--port' is a number from 0 to 65535") }
  }

  func run() async throws {
    var options = arguments.options(study: try study.folder())
    guard let folder = StudyFolder(options.study) else { throw ExitCode.wrongUse }
    let place = options.usesCache ? PreviewFolder(study: folder.root) : nil
    options.output = place?.output
    // What was written last: by a preview before this one, or by a build.
    let published = [place?.output, folder.root + "/public"].compactMap { $0.flatMap { PublishedSite(output: $0) } }
      .max { $0.written < $1.written }
    // Before anything is served, and so also during a build that keeps every core busy.
    let running = Running()
    StopSignals.wait {
      running.session.withLock { $0?.stop() }
      fflush(nil)
      _exit(0)
    }
    let session = try started(root: folder.root, published)
    running.session.withLock { $0 = session }
    let (address, opens) = (session.server.address, open)
    let hasSpoken = FirstTime()
    let speak: @Sendable () -> Void = {
      guard hasSpoken.isNow() else { return }
      print("serving \(address) (Ctrl-C to stop)")
      // Whoever reads this through a pipe waits for it.
      fflush(nil)
      if opens { openInBrowser(address) }
    }
    // With something to show there is nothing to wait for.
    if published != nil { speak() }
    await session.run { [options] in
      let watch = Stopwatch()
      let progress = Progress()
      let outcome: PreviewOutcome
      if let builder = StudyBuilder(options, progress: { progress.tell($0) }) {
        var (built, shown): (BuiltSite, PublishedSite?)
        if let place {
          (built, shown) = await builder.publish(to: place)
        } else {
          (built, shown) = (await builder.build(), nil)
        }
        progress.clear()
        Terminal.print(built.diagnostics, format: .text)
        let errors = built.diagnostics.count { $0.severity == .error }
        let summary = Summary(built.counts, seconds: watch.text, written: nil, errors: errors)
        printError(summary.text(isShown: built.site != nil))
        outcome = PreviewOutcome(site: built.site, published: shown, diagnostics: built.diagnostics)
      } else {
        outcome = .studyIsGone
        Terminal.print(outcome.diagnostics, format: .text)
      }
      speak()
      return outcome
    }
  }

  private func started(root: String, _ published: PublishedSite?) throws -> PreviewSession {
    let first = port ?? 8080
    let last = port == nil ? first + 20 : first
    for candidate in first...last {
      do throws(PreviewServer.Refusal) {
        return try PreviewSession(root: root, port: candidate, published: published)
      } catch {
        switch error {
        case .portTaken: continue
        case .portForbidden:
          printError("error: port \(candidate) is not open to you\n  hint: take one above 1023, for example -p 8080")
          throw ExitCode.wrongUse
        case .failed(let reason):
          printError("error: cannot listen on 127.0.0.1:\(candidate): \(reason)")
          throw ExitCode.ourFault
        }
      }
    }
    printError(
      port == nil
        ? "error: ports \(first) to \(last) are all taken\n  hint: name another with -p"
        : "error: port \(first) is taken\n  hint: name another with -p, or leave -p out to take the next that is free")
    throw ExitCode.wrongUse
  }
}

/// What a signal has to stop, as soon as it is there.
private final class Running: Sendable {
  let session = Mutex<PreviewSession?>(nil)
}

/// Hands an address to the desktop. Where there is none, nothing happens.
private func openInBrowser(_ address: String) {
  var actions = posix_spawn_file_actions_t()
  guard posix_spawn_file_actions_init(&actions) == 0 else { return }
  defer { posix_spawn_file_actions_destroy(&actions) }
  for descriptor in 0...2 { posix_spawn_file_actions_addopen(&actions, Int32(descriptor), "/dev/null", O_RDWR, 0) }
  var words: [UnsafeMutablePointer<CChar>?] = [strdup("xdg-open"), strdup(address), nil]
  defer { for word in words { free(word) } }
  var child = pid_t()
  // The server has the kernel reap children; nothing waits for this one.
  posix_spawnp(&child, "xdg-open", &actions, nil, &words, environ)
}
