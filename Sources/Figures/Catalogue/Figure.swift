import Formats
import Graphics
import ValueModels

/// The sizes in which figures are laid out (`figures.md`); each is a layout of its own, not a scaled picture.
package enum FigureWidth: String, Sendable, Hashable, Codable, CaseIterable {
  case narrow, normal, wide

  /// px
  package var pixels: Double {
    switch self {
    case .narrow: 480
    case .normal: 800
    case .wide: 1120
    }
  }
}

/// All that a figure may know besides its findings.
package struct FigureContext {
  package var findings: Findings
  package var theme: Theme
  package var language: Language
  package var width: FigureWidth
  /// Printed in the foot line when the study names one.
  package var client: String?
  /// Names of segments that the study serves: they are marked wherever they stand in a figure.
  package var served: [String]
  package var measurer: any TextMeasurer

  package init(
    findings: Findings, theme: Theme = Theme(), language: Language, width: FigureWidth = .normal,
    client: String? = nil, served: [String] = [], measurer: any TextMeasurer
  ) {
    self.findings = findings
    self.theme = theme
    self.language = language
    self.width = width
    self.client = client
    self.served = served
    self.measurer = measurer
  }
}

/// A figure ready to be painted, with the words that carry it where it cannot be seen.
package struct Figure: Sendable, Hashable {
  package var drawing: Drawing
  /// States the finding where findings allow it; stands at the top of the picture.
  package var title: String
  package var subtitle: String
  /// The finding in at most 150 characters, for `alt`.
  package var alt: String
  /// The structure in a few sentences: what the axes are, what stands where, the extremes.
  package var description: [String]
  /// How to read it, where the reading is not obvious ("Brands close together are seen alike …").
  package var reading: String?
  /// The findings table that holds the numbers behind it.
  package var table: String?

  package init(
    drawing: Drawing, title: String, subtitle: String, alt: String, description: [String], reading: String? = nil,
    table: String?
  ) {
    self.drawing = drawing
    self.title = title
    self.subtitle = subtitle
    self.alt = alt
    self.description = description
    self.reading = reading
    self.table = table
  }
}

/// Why there is no picture: a sentence for the page, never an empty frame.
package struct NothingToDraw: Error, Sendable, Hashable {
  package var reason: String
  package init(_ reason: String) { self.reason = reason }
}

/// One figure an analysis offers.
package struct FigureKind: Sendable {
  /// `map`, `profile-builders`
  package var name: String
  /// A caption when the page gives none.
  package var caption: String
  package var draw: @Sendable (FigureContext) throws(NothingToDraw) -> Figure

  package init(
    _ name: String, caption: String, draw: @escaping @Sendable (FigureContext) throws(NothingToDraw) -> Figure
  ) {
    self.name = name
    self.caption = caption
    self.draw = draw
  }
}

/// The figures of findings, the main one first; what has nothing to draw is not offered.
package enum FigureCatalogue {
  package static func figures(of findings: Findings) -> [FigureKind] {
    switch findings.type {
    case "perceptual-map": PerceptualMapFigures.offered(findings)
    case "judgement-map": JudgementFigures.offered(findings)
    case "positioning": CardFigures.offered(findings)
    case "segmentation": SegmentationFigures.found(findings)
    case "segment-profile": SegmentationFigures.given(findings)
    case "response-line": ResponseLineFigures.offered(findings)
    case "targeting": TargetingFigures.offered(findings)
    case "market-map": MarketFigures.flows(findings)
    case "market": MarketFigures.shares(findings)
    case "value-chain": ValueChainFigures.offered(findings)
    case "referral-value": ReferralFigures.offered(findings)
    default: []
    }
  }

  package static func figure(_ name: String?, of findings: Findings) -> FigureKind? {
    let all = figures(of: findings)
    return name == nil ? all.first : all.first { $0.name == name }
  }
}
