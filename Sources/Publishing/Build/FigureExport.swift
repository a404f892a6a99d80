import CairoGraphics
import Diagnostics
import Figures
import Glibc
import Graphics
import ValueModels

/// Writes one figure of a study to a file of any kind.
package struct FigureExport: Sendable {
  package enum Failure: Error, Sendable {
    /// The command was wrong.
    case use(String)
    case study([Diagnostic])
  }

  let builder: StudyBuilder

  package init(builder: StudyBuilder) { self.builder = builder }

  /// - Parameters:
  ///   - reference: `id` or `id/name`.
  ///   - width: `narrow`, `normal` or `wide`.
  package func write(_ reference: String, to path: String, width: String) async throws(Failure) -> [Diagnostic] {
    guard let width = FigureWidth(rawValue: width) else {
      throw .use("a width is \(FigureWidth.allCases.map(\.rawValue).joined(separator: ", ")), and '\(width)' is none")
    }
    let ending = path.split(separator: ".").last.map(String.init) ?? ""
    guard ["png", "svg", "pdf", "txt"].contains(ending), path.contains(".") else {
      throw .use("a figure is written as .png, .svg, .pdf or .txt, and '\(path)' ends in none of them")
    }
    let parts = reference.split(separator: "/", maxSplits: 1).map(String.init)
    let (study, declared) = builder.readStudy()
    guard let id = parts.first, study.mayHave(id) else {
      if declared.contains(where: { $0.severity == .error }) { throw .study(declared) }
      throw .use("the study has no analysis '\(parts.first ?? "")'" + hint(parts.first ?? "", study.analyses.map(\.id)))
    }
    let (all, _, found) = await builder.analyse(study, only: [id])
    let diagnostics = declared + found
    guard !diagnostics.contains(where: { $0.severity == .error }), let findings = all.first(where: { $0.id == id })
    else {
      if diagnostics.contains(where: { $0.severity == .error }) { throw .study(diagnostics) }
      throw .use("the study has no analysis '\(id)'" + hint(id, all.map(\.id)))
    }
    let name = parts.count > 1 ? parts[1] : nil
    guard let kind = FigureCatalogue.figure(name, of: findings) else {
      let names = FigureCatalogue.figures(of: findings).map(\.name)
      throw .use(name.map { "'\(id)' has no figure '\($0)'" + hint($0, names) } ?? "'\(id)' has no figure")
    }
    let style = FigureStyle(
      theme: study.accent.map { Theme(accent: $0) } ?? Theme(), language: study.language, client: study.client,
      font: study.font,
      fontsStamp: "")
    let served = await served(study, all).names(in: findings)
    let bytes: [UInt8]
    do {
      let figure = try FigureStep.figure(
        kind, of: findings, style: style, served: served, width: width, measurer: PangoTextMeasurer(family: style.font))
      switch ending {
      case "png": bytes = try renderPNG(figure.drawing, family: style.font)
      case "pdf": bytes = try renderPDF(figure.drawing, family: style.font, title: figure.title)
      case "svg":
        bytes = try renderSVG(
          figure.drawing, family: style.font, idPrefix: "\(id)-\(kind.name)", title: figure.title,
          description: figure.description.joined(separator: " "))
      default: bytes = Array(figure.drawing.transcript.utf8)
      }
    } catch let nothing as NothingToDraw {
      throw .use("'\(reference)' has nothing to draw: \(nothing.reason)")
    } catch {
      throw .study([
        Diagnostic(.error, "figure.not-painted", "a figure can be painted, and '\(reference)' cannot: \(error)")
      ])
    }
    guard writeAtomically(bytes, to: path) else {
      throw .use("the file can be written, and '\(path)' cannot: \(String(cString: strerror(errno)))")
    }
    return diagnostics
  }

  /// The segments that the study serves, so that the figure is the site's. What keeps a choice from being computed is the
  /// build's to say.
  private func served(_ study: Study, _ known: [Findings]) async -> ServedSegments {
    let choices = study.analyses.filter { $0.kind.name == "targeting" && $0.groupOf == nil }.map(\.id)
    let missing = Set(choices).subtracting(known.map(\.id))
    guard !missing.isEmpty else { return ServedSegments(known) }
    // In the study's order, as the build takes them.
    let found = await builder.analyse(study, only: missing).findings + known
    return ServedSegments(choices.compactMap { id in found.first { $0.id == id } })
  }

  private func hint(_ name: String, _ names: [String]) -> String {
    nearestHint(to: name, among: names).map { "\n  hint: \($0)" } ?? ""
  }
}
