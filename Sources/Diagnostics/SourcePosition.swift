/// A place in a file of the study.
///
/// The name clashes with nothing in Swift Testing, which has a `SourceLocation` of its own.
package struct SourcePosition: Sendable, Hashable, Comparable, Codable {
  /// Path relative to the study folder, with forward slashes; never a path of the machine.
  package var file: String
  /// 1-based; 0 means the file as a whole.
  package var line: Int
  /// 1-based, counted in Unicode scalars; 0 means the line as a whole.
  package var column: Int

  package init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  package static func < (a: Self, b: Self) -> Bool {
    if a.file != b.file { return a.file < b.file }
    return (a.line, a.column) < (b.line, b.column)
  }
}

extension SourcePosition: CustomStringConvertible {
  /// `file:line:column`, leaving out what is not known.
  package var description: String {
    if line == 0 { return file }
    if column == 0 { return "\(file):\(line)" }
    return "\(file):\(line):\(column)"
  }
}
