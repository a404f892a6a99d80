import Diagnostics
import Glibc
import Synchronization

/// Writes one line to standard error.
func printError(_ text: String) {
  let line = text.hasSuffix("\n") ? text : text + "\n"
  var bytes = Array(line.utf8)[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    if count <= 0 { return }
    bytes = bytes.dropFirst(count)
  }
}

enum Terminal {
  /// Colour only on a terminal and without `NO_COLOR` (no-color.org: present and not empty).
  static var errorHasColour: Bool {
    guard isatty(STDERR_FILENO) == 1 else { return false }
    if let value = getenv("NO_COLOR"), value.pointee != 0 { return false }
    if let term = getenv("TERM"), String(cString: term) == "dumb" { return false }
    return true
  }

  static func print(_ diagnostics: [Diagnostic], format: OutputFormat) {
    let colour = errorHasColour && format == .text
    for diagnostic in diagnostics {
      printError(format == .json ? diagnostic.json : diagnostic.text(colour: colour))
    }
  }
}

/// A clock for the summary line; nothing of it reaches the site.
struct Stopwatch {
  private let start = ContinuousClock.now
  var seconds: Double {
    let elapsed = ContinuousClock.now - start
    return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
  }
  /// `0.31`
  var text: String {
    let hundredths = Int((seconds * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}

/// One line on a terminal that tells what is going on, from 250 ms on, taken away at the end.
final class Progress: Sendable {
  private let isOn = isatty(STDERR_FILENO) == 1
  private let start = ContinuousClock.now
  private let shown = Mutex(false)

  func tell(_ text: String) {
    guard isOn, ContinuousClock.now - start > .milliseconds(250) else { return }
    shown.withLock { $0 = true }
    printRaw("\r\u{1B}[K\(text.prefix(76))…")
  }

  func clear() {
    if shown.withLock({ shown in
      defer { shown = false }
      return shown
    }) {
      printRaw("\r\u{1B}[K")
    }
  }

  private func printRaw(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
