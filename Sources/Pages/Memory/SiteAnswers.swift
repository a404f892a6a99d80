import Diagnostics
import Markup
import ValueModels

extension SiteIndex {
  /// A fingerprint of the answer to what a page asks while it is rendered.
  func answer(_ kind: PageRead.Kind, _ name: String) -> UInt64 {
    var print = Fingerprint()
    switch kind {
    case .name, .template, .asset: return input.answer(kind, name, own: [])
    case .label:
      guard let label = label(name) else { return 0 }
      print.add([label.text, label.page, label.anchor])
    case .page:
      guard let output = outputs[name] else { return 0 }
      print.add(output)
      print.add(title(of: output))
    case .anchor:
      guard let hash = name.firstIndex(of: "#") else { return 0 }
      return anchors(of: String(name[..<hash]))?.contains(String(name[name.index(after: hash)...])) ?? false ? 1 : 0
    case .findings: return findingsFiles.contains(name) ? 1 : 0
    case .directive: return input.answers.answer("directive " + name) { answer(toDirective: name) }
    }
    return print.value
  }

  /// Of all that a figure or table shows: its findings, pictures, words, number, and the pages its parts lead to.
  private func answer(toDirective name: String) -> UInt64 {
    guard let colon = name.firstIndex(of: ":"), let kind = MarkdownDirective.Kind(rawValue: String(name[..<colon]))
    else { return 0 }
    let directive = MarkdownDirective(
      kind: kind, reference: String(name[name.index(after: colon)...]), caption: "", title: "",
      position: SourcePosition(file: ""))
    // What cannot be shown is said anew each time.
    guard let resolved = try? ResolvedDirective.resolve(directive, in: input) else { return 0 }
    let part = input.parts[resolved.part]
    guard !part.stamp.isEmpty else { return 0 }
    var print = Fingerprint()
    print.add([resolved.id, resolved.name, part.stamp, resolved.anchor, labels.number(of: resolved)])
    print.add(part.findings.isJudgement)
    print.add(input.templates.fingerprint(of: kind == .figure ? "partials/figure" : "partials/table"))
    guard kind == .figure, let figure = part.figures.first(where: { $0.name == resolved.name }) else {
      return print.value
    }
    print.add([figure.caption, figure.title, figure.alt, figure.png])
    print.add(figure.description)
    for text in [figure.reading, figure.table, figure.pdf] { print.add(text) }
    for picture in [figure.normal, figure.narrow] {
      // Its name holds a digest of all that is drawn.
      print.add(picture.svg)
      print.add(picture.width)
      print.add(picture.height)
      for area in picture.areas {
        print.add([area.name, area.detail, area.shape])
        print.add(area.target)
        print.add(area.target.flatMap { page(ofTarget: $0, part) })
      }
    }
    return print.value
  }
}
