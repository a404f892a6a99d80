/// Diagnostics gathered along the way. Keeps all up to a limit for each id and file, and counts the rest,
/// so that a broken file of a million rows gives a page of messages that ends in "and 1,204 more".
package struct DiagnosticList: Sendable {
  private struct Group: Hashable {
    var id: String
    var file: String
    var severity: Severity
  }

  private var kept: [Diagnostic] = []
  private var counts: [Group: Int] = [:]
  /// Kept in order of first appearance, so that nothing depends on the order of a dictionary.
  private var groups: [Group] = []
  private var said: Set<Diagnostic> = []
  private let limit: Int

  /// - Parameter limit: messages kept of one id in one file.
  package init(limit: Int = 20) { self.limit = limit }

  /// The same thing said twice is kept once.
  package mutating func add(_ diagnostic: Diagnostic) {
    let group = Group(id: diagnostic.id, file: diagnostic.position?.file ?? "", severity: diagnostic.severity)
    let count = counts[group, default: 0]
    if count == 0 { groups.append(group) }
    // Only what is kept is compared: a file of a million mistakes must not be held in memory.
    if count < limit {
      guard said.insert(diagnostic).inserted else { return }
      kept.append(diagnostic)
    }
    counts[group] = count + 1
  }

  package mutating func add(contentsOf diagnostics: some Sequence<Diagnostic>) {
    for diagnostic in diagnostics { add(diagnostic) }
  }

  /// Counts a diagnostic that need not be built because its group is full. Returns true if it was only counted.
  package mutating func countIfFull(_ severity: Severity, _ id: String, file: String) -> Bool {
    let group = Group(id: id, file: file, severity: severity)
    guard let count = counts[group], count >= limit else { return false }
    counts[group] = count + 1
    return true
  }

  package var isEmpty: Bool { kept.isEmpty }
  package var hasErrors: Bool { groups.contains { $0.severity == .error } }

  /// How many were added, also those not kept.
  package func count(of severity: Severity) -> Int {
    groups.reduce(0) { $0 + ($1.severity == severity ? counts[$1, default: 0] : 0) }
  }

  /// All that was kept in reading order, each overfull group closed by a line that counts the rest.
  package var all: [Diagnostic] {
    var result = kept.sorted(by: Diagnostic.inReadingOrder)
    for group in groups {
      let more = counts[group, default: 0] - limit
      guard more > 0 else { continue }
      let last = result.lastIndex {
        $0.id == group.id && ($0.position?.file ?? "") == group.file && $0.severity == group.severity
      }
      let rest = Diagnostic(
        group.severity, group.id, at: group.file.isEmpty ? nil : SourcePosition(file: group.file),
        "and \(grouped(more)) more of the same kind")
      result.insert(rest, at: (last ?? result.endIndex - 1) + 1)
    }
    return result
  }

  /// Throws everything gathered if there is an error among it.
  package func throwIfErrors() throws(Rejection) {
    if hasErrors { throw Rejection(all) }
  }
}

/// A count with commas between groups of three digits.
package func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var out = ""
  for (offset, digit) in digits.enumerated() {
    if offset > 0 && (digits.count - offset) % 3 == 0 { out.append(",") }
    out.append(digit)
  }
  return number < 0 ? "-" + out : out
}
