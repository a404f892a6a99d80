import CairoGraphics
import Diagnostics
import Figures
import Formats
import Graphics
import Pages
import ValueModels

/// A figure with the bytes of its pictures.
struct PaintedFigure: Sendable {
  var drawn: DrawnFigure
  var files: [StoredFile]
  /// Characters that no installed font has.
  var missingGlyphs: [String]
}

enum FigureOutcome: Sendable {
  case painted(PaintedFigure, wasDrawn: Bool)
  case nothing(reason: String)
  case failed(Diagnostic)
}

/// What figures of one study share, besides their findings.
struct FigureStyle: Sendable {
  var theme: Theme
  var language: Language
  var client: String?
  var font: String
  /// Changes when fonts are installed.
  var fontsStamp: String
}

/// One figure as a pure function of its findings and the study's style, remembered by their content.
struct FigureStep: Sendable {
  let analysed: AnalysedFindings
  let kind: FigureKind
  /// The main figure gets small pictures for the map of the study.
  let isMain: Bool
  /// A PDF too.
  let withPDF: Bool
  let style: FigureStyle
  /// Segments that the study serves and that the findings name.
  let served: [String]
  let store: Store
  let program: String
  /// The build whose files need not be read again.
  let earlier: EarlierBuild?

  private var id: String { analysed.findings.id }

  func run() -> FigureOutcome {
    let key = Digest(
      of: [
        "figure", program, analysed.digest.hex, kind.name, isMain ? "main" : "", withPDF ? "pdf" : "",
        style.theme.accent.light.hex,
        style.theme.accent.dark.hex,
        style.language.identifier, style.client ?? "", style.client == nil ? "0" : "1", style.font, style.fontsStamp,
      ] + served)
    if let bytes = store.load(key), let outcome = FigureOutcome(packed: bytes)?.with({ files(key, $0) }) {
      return outcome
    }
    let outcome = paint()
    if let bytes = outcome.packed {
      store.save(bytes, under: key)
      if case .painted(let figure, _) = outcome { StoredFile.save(figure.files, under: key.second, in: store) }
    }
    return outcome
  }

  /// The figure's files: those that stand in the site already are not read.
  private func files(_ key: Digest, _ files: [StoredFile]) -> [StoredFile]? {
    StoredFile.completed(files, under: key.second, in: store, earlier: earlier)
  }

  /// The figure at one width, as it will be painted.
  static func figure(
    _ kind: FigureKind, of findings: Findings, style: FigureStyle, served: [String], width: FigureWidth,
    measurer: PangoTextMeasurer
  ) throws(NothingToDraw) -> Figure {
    try kind.draw(
      FigureContext(
        findings: findings, theme: style.theme, language: style.language, width: width, client: style.client,
        served: served, measurer: measurer))
  }

  private func paint() -> FigureOutcome {
    let measurer = PangoTextMeasurer(family: style.font)
    do {
      let normal = try Self.figure(
        kind, of: analysed.findings, style: style, served: served, width: .normal, measurer: measurer)
      let narrow = try Self.figure(
        kind, of: analysed.findings, style: style, served: served, width: .narrow, measurer: measurer)
      // Short, since it stands before every id; of the name, so that two figures can share a page.
      let prefix = "v" + Digest(of: ["figure", id, kind.name]).hex.prefix(5)
      let description = Self.brief(normal.description)
      let svg = try renderSVG(
        normal.drawing, family: style.font, idPrefix: prefix, title: normal.title, description: description)
      let narrowSVG = try renderSVG(
        narrow.drawing, family: style.font, idPrefix: prefix + "-narrow", title: narrow.title, description: description)
      let png = try renderPNG(normal.drawing, family: style.font)
      let stem = "figures/\(id).\(kind.name)"
      var files = [
        (path: "\(stem).\(Digest(svg).short).svg", bytes: svg),
        (path: "\(stem).narrow.\(Digest(narrowSVG).short).svg", bytes: narrowSVG),
        (path: "\(stem).\(Digest(png).short).png", bytes: png),
      ]
      var drawn = DrawnFigure(
        name: kind.name, caption: kind.caption, title: normal.title, alt: normal.alt, description: normal.description,
        reading: normal.reading, table: normal.table, normal: picture(normal.drawing, files[0].path),
        narrow: picture(narrow.drawing, files[1].path), png: files[2].path)
      if isMain {
        let top = normal.drawing.thumbnail
        let light = try renderPNG(top, family: style.font, scale: 0.35, isSmall: true)
        let dark = try renderPNG(top, family: style.font, scale: 0.35, dark: true, isSmall: true)
        files.append((path: "\(stem).small.\(Digest(light).short).png", bytes: light))
        files.append((path: "\(stem).small-dark.\(Digest(dark).short).png", bytes: dark))
        drawn.thumbnail = files[3].path
        drawn.darkThumbnail = files[4].path
      }
      if withPDF {
        let pdf = try renderPDF(normal.drawing, family: style.font, title: normal.title)
        drawn.pdf = "\(stem).\(Digest(pdf).short).pdf"
        files.append((path: "\(stem).\(Digest(pdf).short).pdf", bytes: pdf))
      }
      return .painted(
        PaintedFigure(
          drawn: drawn, files: files.map { StoredFile(path: $0.path, bytes: $0.bytes) },
          missingGlyphs: missingGlyphs(normal.drawing, measurer)),
        wasDrawn: true)
    } catch let nothing as NothingToDraw {
      return .nothing(reason: nothing.reason)
    } catch {
      return .failed(
        Diagnostic(
          .error, "figure.not-painted", at: nil, "a figure can be painted, and '\(id)/\(kind.name)' cannot: \(error)"))
    }
  }

  /// What stands in the file itself: pages carry the whole description beside it, and load every byte.
  private static func brief(_ sentences: [String]) -> String {
    var text = sentences.first ?? ""
    for sentence in sentences.dropFirst() {
      guard text.utf8.count + sentence.utf8.count < 200 else { break }
      text += " " + sentence
    }
    return text
  }

  private func picture(_ drawing: Drawing, _ path: String) -> DrawnPicture {
    DrawnPicture(
      svg: path, width: Int(drawing.size.width.rounded()), height: Int(drawing.size.height.rounded()),
      areas: drawing.areas.map {
        FigureArea(name: $0.name, detail: $0.detail, shape: $0.shape.svgElement, target: $0.target)
      })
  }

  private func missingGlyphs(_ drawing: Drawing, _ measurer: PangoTextMeasurer) -> [String] {
    var texts: [String] = []
    func gather(_ marks: [Mark]) {
      for mark in marks {
        switch mark {
        case .text(let run, _, _): texts.append(run.text)
        case .group(_, let marks): gather(marks)
        case .path: break
        }
      }
    }
    gather(drawing.marks)
    return texts.filter { !measurer.unknownGlyphs(in: $0).isEmpty }
  }
}

extension HitArea.Shape {
  /// An SVG element of plain numbers, to be completed with a class.
  fileprivate var svgElement: String {
    switch self {
    case .circle(let centre, let radius):
      // At least 12 px, so that a finger finds it (WCAG 2.2, 2.5.8).
      "<circle cx=\"\(tenth(centre.x))\" cy=\"\(tenth(centre.y))\" r=\"\(tenth(max(12, radius)))\"/>"
    case .rectangle(let r):
      "<rect x=\"\(tenth(r.x))\" y=\"\(tenth(r.y))\" width=\"\(tenth(r.width))\" height=\"\(tenth(r.height))\" rx=\"3\"/>"
    case .path(let path):
      "<path d=\""
        + path.elements.map { element in
          switch element {
          case .move(let p): "M\(tenth(p.x)) \(tenth(p.y))"
          case .line(let p): "L\(tenth(p.x)) \(tenth(p.y))"
          case .curve(let a, let b, let p):
            "C\(tenth(a.x)) \(tenth(a.y)) \(tenth(b.x)) \(tenth(b.y)) \(tenth(p.x)) \(tenth(p.y))"
          case .close: "Z"
          }
        }.joined() + "\"/>"
    }
  }
}

/// To 0.1, shortest form.
private func tenth(_ value: Double) -> String {
  let tenths = (value * 10).rounded()
  guard tenths.isFinite, abs(tenths) < 1e12 else { return "0" }
  let whole = Int(tenths)
  return whole % 10 == 0 ? "\(whole / 10)" : "\(Double(whole) / 10)"
}
