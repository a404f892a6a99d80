import Diagnostics

/// A file about single persons that a study asks for. It is no part of findings or site: only a build writes it, to a place
/// outside the site.
package struct PrivateFile: Sendable {
  /// As the study writes it: relative to the study, or absolute.
  package var path: String
  /// Where the study asks for it.
  package var position: SourcePosition
  package var rows: Int
  package var csv: String

  package init(path: String, position: SourcePosition, rows: Int, csv: String) {
    self.path = path
    self.position = position
    self.rows = rows
    self.csv = csv
  }
}
