import Diagnostics
import Formats
import Graphics
import Settings
import Tables
import ValueModels

/// A study as `valuemap.yaml` declares it, every part checked and with its place.
package struct Study: Sendable {
  package struct DataSet: Sendable {
    package var name: String
    package var position: SourcePosition
    /// Below `content/`.
    package var file: String
    package var filePosition: SourcePosition
    package var options: TableOptions
    package var source: DataSource?
    package var collected: String?
  }

  package struct Analysis: Sendable {
    package var id: String
    package var position: SourcePosition
    package var kind: AnalysisKind
    package var settings: Setting
    /// What was asked, in the study's own words; nil for the kind's question.
    package var question: String?
    /// Data sets by the setting that names them.
    package var data: [(key: String, name: String)]
    /// Analyses by the setting that names them.
    package var needs: [(key: String, id: String)]
    /// For one of the groups of another analysis (`by`): that analysis, and the group's name.
    package var groupOf: (id: String, label: String)?
  }

  package var title = "Study"
  package var client: String?
  package var date: CalendarDay?
  package var language = Language.british
  package var currency = "GBP"
  package var siteURL: String?
  package var isConfidential = true
  package var accent: RGB?
  package var logo: String?
  package var logoPosition: SourcePosition?
  package var font = "Inter"
  package var fontPosition: SourcePosition?
  package var privacy = Privacy()
  package var data: [DataSet] = []
  package var analyses: [Analysis] = []
  /// Ids of analyses that stand in the file and could not be read.
  package var unread: [String] = []
  /// Names of data sets that stand in the file and could not be read.
  package var unreadData: [String] = []
  /// False where the file cannot be read, is no YAML or has no map of analyses, so that not even the ids are known.
  package var isReadable = false
}
