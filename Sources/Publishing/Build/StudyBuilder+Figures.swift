import Diagnostics
import Figures
import Pages
import ValueModels

extension StudyBuilder {
  struct Painted: Sendable {
    var part: AnalysedStudyPart
    var files: [StoredFile]
  }

  func paint(
    _ parts: [(Study.Analysis, AnalysedFindings)], style: FigureStyle, served: ServedSegments,
    earlier: EarlierBuild?, list: inout DiagnosticList, counts: inout BuildCounts
  ) async -> [Painted] {
    let steps = parts.flatMap { part in
      FigureCatalogue.figures(of: part.1.findings).enumerated().map { number, kind in
        FigureStep(
          analysed: part.1, kind: kind, isMain: number == 0, withPDF: options.withPDF, style: style,
          served: served.names(in: part.1.findings),
          store: store, program: program, earlier: earlier)
      }
    }
    progress("drawing \(steps.count) figures")
    let outcomes = await workers.map(steps.count) { steps[$0].run() }
    var result: [Painted] = []
    var next = 0
    for (analysis, analysed) in parts {
      var one = Painted(
        part: AnalysedStudyPart(
          kind: analysis.kind, question: analysis.question, findings: analysed.findings, figures: [], undrawn: [],
          groupOf: analysis.groupOf),
        files: [])
      one.part.stamp = analysed.digest.hex
      while next < steps.count, steps[next].analysed.findings.id == analysis.id {
        switch outcomes[next] {
        case .painted(let figure, let wasDrawn):
          counts.figures += 1
          if wasDrawn { counts.figuresDrawn += 1 }
          one.part.figures.append(figure.drawn)
          one.files += figure.files
          if !figure.missingGlyphs.isEmpty {
            list.add(
              Diagnostic(
                .caution, "figure.missing-glyphs", at: analysis.position,
                "every sign of a figure has a glyph in an installed font, and '\(analysis.id)/\(figure.drawn.name)' has some without: "
                  + figure.missingGlyphs.prefix(3).joined(separator: ", "),
                hint: "install a font that has them, for example Noto"))
          }
        case .nothing(let reason): one.part.undrawn.append((steps[next].kind.name, reason))
        case .failed(let diagnostic): list.add(diagnostic)
        }
        next += 1
      }
      result.append(one)
    }
    return result
  }
}
