import Formats
import ValueModels

/// What the value-chain figures say in words, all of it from the findings.
enum ChainWords {
  static let reading =
    "An arrow points to who receives. A band's width is its value, comparable only within one kind and unit; "
    + "thin bands of even width carry no value in the data."

  static func diagramTitle(_ contents: ChainContents) -> String {
    let open = contents.flows.count { $0.isUnreciprocated }
    let answer =
      open == 0
      ? "every flow is answered" : open == 1 ? "1 flow gets nothing back" : "\(open) flows get nothing back"
    guard let own = contents.own else {
      return "\(contents.actors.count) actors, \(contents.flows.count) flows: \(answer)"
    }
    let partners = Set(
      contents.flows.compactMap { $0.from == own ? $0.to : $0.to == own ? $0.from : nil })
    let name = contents.actors[own].name
    return "\(name) deals with \(partners.count) of \(contents.actors.count - 1) others; \(answer)"
  }

  static func legend(_ change: FlowChange) -> String {
    switch change {
    case .new: "new"
    case .grown: "grown"
    case .same: "unchanged"
    case .shrunk: "shrunk"
    case .gone: "gone"
    case .unvalued: "no value to compare"
    }
  }

  /// "2 flows are new, 1 is gone, 3 grew and 1 shrank"
  static func changeTitle(_ contents: ChainContents, _ language: Language) -> String {
    func part(_ change: FlowChange, _ one: String, _ many: String) -> String? {
      let count = contents.flows.count { $0.change == change }
      return count == 0 ? nil : "\(count) \(count == 1 ? one : many)"
    }
    let parts = [
      part(.new, "is new", "are new"), part(.gone, "is gone", "are gone"), part(.grown, "grew", "grew"),
      part(.shrunk, "shrank", "shrank"),
    ].compactMap { $0 }
    return parts.isEmpty
      ? "No flow changed" : "Of \(contents.flows.count) flows " + language.list(parts)
  }

  /// The finding of one kind alone.
  static func kindTitle(_ kind: BandKind, _ contents: ChainContents, _ values: FlowValues) -> String {
    let units = Set(contents.flows.compactMap { $0.value == nil ? nil : $0.unit + "|" + $0.period })
    let count = contents.flows.count == 1 ? "1 flow" : "\(contents.flows.count) flows"
    guard units.count == 1, let most = contents.flows.max(by: { ($0.value ?? -1) < ($1.value ?? -1) }),
      let value = values.long(most)
    else { return "\(count) of \(kind.word) between \(contents.actors.count) actors" }
    return "The largest flow of \(kind.word): \(value) from \(contents.actors[most.from].name) to "
      + contents.actors[most.to].name
  }

  static func alt(_ contents: ChainContents, _ title: String) -> String {
    shortened("Value chain of \(contents.actors.count) actors and \(contents.flows.count) flows. " + title)
  }

  /// At most 150 characters, cut at a word.
  static func shortened(_ text: String) -> String {
    guard text.count > 150 else { return text }
    var words = text.split(separator: " ")
    while words.count > 1, words.joined(separator: " ").count > 149 { words.removeLast() }
    return words.count == 1 ? String(text.prefix(149)) + "…" : words.joined(separator: " ") + "…"
  }

  static func description(_ contents: ChainContents, _ values: FlowValues, crossings: Int) -> [String] {
    var sentences: [String] = []
    if !contents.stages.isEmpty {
      let parts = contents.stages.indices.map { stage in
        let names = contents.actors.filter { $0.stage == stage }.map(\.name)
        return "\(contents.stages[stage]) (\(names.joined(separator: ", ")))"
      }
      sentences.append("Stages in order: " + parts.joined(separator: "; ") + ".")
    } else {
      sentences.append("Actors: " + contents.actors.map(\.name).joined(separator: ", ") + ".")
    }
    for kind in BandKind.allCases {
      let flows = contents.flows.filter { $0.kind == kind }
      guard !flows.isEmpty else { continue }
      var text = "\(flows.count) \(flows.count == 1 ? "flow" : "flows") of \(kind.word)"
      let units = Set(flows.compactMap { $0.value == nil ? nil : $0.unit + "|" + $0.period })
      if units.count == 1, let most = flows.max(by: { ($0.value ?? -1) < ($1.value ?? -1) }),
        let value = values.long(most)
      {
        text += ", the largest from \(contents.actors[most.from].name) to \(contents.actors[most.to].name) (\(value))"
      }
      sentences.append(text + ".")
    }
    let open = contents.flows.filter(\.isUnreciprocated)
    if !open.isEmpty {
      let names = open.prefix(8).map { "\(contents.actors[$0.from].name) to \(contents.actors[$0.to].name)" }
      let rest = open.count > 8 ? " and \(open.count - 8) more" : ""
      sentences.append("Nothing comes back for: " + names.joined(separator: ", ") + rest + ".")
    }
    sentences.append(crossings == 1 ? "1 pair of lines crosses." : "\(crossings) pairs of lines cross.")
    return sentences
  }

  static func name(of flow: Int, _ contents: ChainContents) -> String {
    let f = contents.flows[flow]
    let what = f.offering.isEmpty ? f.kind.word : f.offering
    return "\(contents.actors[f.from].name) to \(contents.actors[f.to].name): \(what)"
  }

  static func detail(ofFlow flow: Int, _ contents: ChainContents, _ values: FlowValues) -> String {
    let f = contents.flows[flow]
    return [f.kind.word, values.long(f), f.isUnreciprocated ? "nothing comes back" : nil].compactMap { $0 }
      .joined(separator: ", ")
  }

  /// "gives green coffee to Exporters; gets …"
  static func detail(of actor: Int, _ contents: ChainContents, _ values: FlowValues) -> String {
    func list(_ flows: [ChainFlow], _ word: String, _ other: (ChainFlow) -> Int) -> String {
      let parts = flows.map { flow in
        let what = flow.offering.isEmpty ? flow.kind.word : flow.offering
        let value = values.long(flow).map { " (\($0))" } ?? ""
        return "\(what)\(value) \(word) \(contents.actors[other(flow)].name)"
      }
      let rest = parts.count > 6 ? " and \(parts.count - 6) more" : ""
      return parts.isEmpty ? "nothing" : parts.prefix(6).joined(separator: ", ") + rest
    }
    let gives = list(contents.flows.filter { $0.from == actor }, "to") { $0.to }
    let gets = list(contents.flows.filter { $0.to == actor }, "from") { $0.from }
    return "Gives \(gives). Gets \(gets)."
  }
}
