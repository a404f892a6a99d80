/// Every kind of analysis, one line each: a kind is added with its files and a line here.
package enum AnalysisCatalogue {
  package static let kinds: [AnalysisKind] = [
    perceptualMapKind,
    judgementMapKind,
    positioningKind,
    segmentationKind,
    segmentProfileKind,
    responseLineKind,
    targetingKind,
    marketMapKind,
    marketKind,
    valueChainKind,
    referralValueKind,
  ]

  /// Kinds that are described and not computed yet; a study that names one is told so, not that it is unknown.
  package static let planned = [
    "jobs", "opportunity",
    "kano", "needs-ladder", "expectation-gap", "involvement", "substitution", "field-notes", "value-map",
    "customer-value-added", "value-drivers", "value-tree", "voices", "value-proposition", "price-sensitivity",
    "gabor-granger", "economic-value", "conjoint", "lifetime-value", "contractual", "loyalty-matrix",
    "customer-equity", "acquisition-or-retention", "concentration", "rfm", "switching", "loyalty", "gestures",
    "orientation", "relationship-plan", "programmes", "message-matrix", "customer-tasks", "kpis", "stakeholders",
    "silos",
  ]

  package static func kind(_ name: String) -> AnalysisKind? { kinds.first { $0.name == name } }
}
