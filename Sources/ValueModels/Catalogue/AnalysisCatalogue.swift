/// Every kind of analysis, one line each: a kind is added with its files and a line here.
package enum AnalysisCatalogue {
  package static let kinds: [AnalysisKind] = []

  package static func kind(_ name: String) -> AnalysisKind? { kinds.first { $0.name == name } }
}
