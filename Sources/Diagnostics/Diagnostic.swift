/// How much a diagnostic weighs.
package enum Severity: String, Sendable, Hashable, Codable, Comparable {
  /// Something the reader should know; never fails a build.
  case note
  /// Doubtful, but the build goes on; `--strict` turns it into an error.
  case caution
  /// The study is wrong; nothing is written.
  case error

  private var rank: Int {
    switch self {
    case .note: 0
    case .caution: 1
    case .error: 2
    }
  }

  package static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
}

/// One thing that is wrong or doubtful in a study, as a value: where, which rule, and a way out.
package struct Diagnostic: Error, Sendable, Hashable, Codable {
  package var severity: Severity
  /// Stable, `area.what`, for example `analysis.negative-count`. Every id stands in `DiagnosticCatalogue`.
  package var id: String
  package var position: SourcePosition?
  /// The rule first, then what was found: "counts are 0 or more, and 'Aero' has -3 under 'light'".
  package var message: String
  /// A way out, where there is one.
  package var hint: String?

  package init(
    _ severity: Severity = .error, _ id: String, at position: SourcePosition? = nil, _ message: String,
    hint: String? = nil
  ) {
    self.severity = severity
    self.id = id
    self.position = position
    self.message = message
    self.hint = hint
  }
}

extension Diagnostic {
  /// The order in which diagnostics are shown: by place, then severity, then wording.
  package static func inReadingOrder(_ a: Self, _ b: Self) -> Bool {
    switch (a.position, b.position) {
    case (let p?, let q?) where p != q: return p < q
    case (nil, .some): return true
    case (.some, nil): return false
    default: break
    }
    if a.severity != b.severity { return a.severity > b.severity }
    return (a.id, a.message) < (b.id, b.message)
  }
}

/// Thrown where the way on is closed; carries everything that was found, not the first thing only.
package struct Rejection: Error, Sendable {
  package var diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
  package init(_ diagnostic: Diagnostic) { self.diagnostics = [diagnostic] }
}
