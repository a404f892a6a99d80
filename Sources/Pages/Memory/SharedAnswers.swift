import Synchronization
import ValueModels

/// Fingerprints of answers that many pages share, worked out once a build: a findings table may hold thousands of cells.
final class SharedAnswers: Sendable {
  private let known = Mutex<[String: UInt64]>([:])

  func answer(_ key: String, _ make: () -> UInt64) -> UInt64 {
    if let there = known.withLock({ $0[key] }) { return there }
    let made = make()
    known.withLock { $0[key] = made }
    return made
  }

  /// Of a template's text, which each page made from it asks for.
  func fingerprint(ofText text: String, named name: String) -> UInt64 {
    answer("text " + name) { textFingerprint(text) }
  }
}

extension SiteInput {
  /// What a name stands for on a page, as a fingerprint: its own names come first.
  func answer(toName name: String, own: [(String, TemplateValue)]) -> UInt64 {
    let first = name.prefix { $0 != "." }
    if let value = own.last(where: { $0.0 == first })?.1 {
      return fingerprint(value, Array(name.split(separator: ".").dropFirst()))
    }
    return answers.answer("name " + name) {
      fingerprint(.object(names), name.split(separator: "."))
    }
  }

  private func fingerprint(_ value: TemplateValue, _ path: [Substring]) -> UInt64 {
    var value: TemplateValue? = value
    for part in path {
      guard case .object(let object)? = value else { break }
      value = object[String(part)]
    }
    var print = Fingerprint()
    print.add(value == nil)
    if let value { print.add(value) }
    return print.value
  }

  /// True where names and templates are still what they were.
  func agrees(_ reads: [PageRead], _ own: [(String, TemplateValue)]) -> Bool {
    reads.allSatisfy { answer($0.kind, $0.name, own: own) == $0.answer }
  }

  /// For the kinds that need no more than the input.
  func answer(_ kind: PageRead.Kind, _ name: String, own: [(String, TemplateValue)]) -> UInt64 {
    switch kind {
    case .name: answer(toName: name, own: own)
    case .template: templates.fingerprint(of: name)
    case .asset: assets.contains(name) ? 1 : 0
    default: 0
    }
  }

  /// What tags asked for, with the answers they got; in the order of their names.
  func reads(_ asks: TemplateAsks, own: [(String, TemplateValue)]) -> [PageRead] {
    asks.names.sorted().map { PageRead(kind: .name, name: $0, answer: answer(.name, $0, own: own)) }
      + asks.templates.sorted().map { PageRead(kind: .template, name: $0, answer: answer(.template, $0, own: own)) }
  }

  /// Of all that every page shows of the study, and of the way its values are written.
  var studyFingerprint: UInt64 {
    answers.answer("study") {
      var print = Fingerprint()
      print.add([
        study.title, study.language.language.identifier, study.language.currency, stylesheet, script, icon,
      ])
      for text in [study.client, study.date, study.dataAsOf, study.siteURL, study.logo] { print.add(text) }
      print.add(study.isConfidential)
      return print.value
    }
  }
}
