import Formats
import ValueModels

/// One actor of the chain as the figures need it.
struct ChainActor {
  var name: String
  var slug: String
  var role: String
  /// Index into `ChainContents.stages`; nil where the data name none.
  var stage: Int?
  /// What it does as a customer, as words on the picture: "buys", "pays".
  var customerWords: [String]
  var isOwn: Bool
  /// The lane the data put it in; empty where they name none.
  var lane = ""
}

/// What became of a flow since the wave before.
enum FlowChange: String, CaseIterable {
  case new, grown, same, shrunk, gone, unvalued
}

/// One flow of the chain, its ends as indices into the actors.
struct ChainFlow {
  var from: Int
  var to: Int
  var offering: String
  var kind: BandKind
  var value: Double?
  var unit: String
  var period: String
  /// True where nothing at all comes back from `to`.
  var isUnreciprocated: Bool
  /// Only where two waves are compared; `value` is then that of the later wave, or of the earlier where the flow is gone.
  var change: FlowChange?
  var before: Double?
}

/// The kinds of flow the contract names, in the order in which legends list them; anything else is `other`.
enum BandKind: Int, CaseIterable {
  case product, service, money, information, influence, trust, other

  init(_ name: String) {
    switch name {
    case "product": self = .product
    case "service": self = .service
    case "money": self = .money
    case "information": self = .information
    case "influence": self = .influence
    case "trust": self = .trust
    default: self = .other
    }
  }

  var word: String { "\(self)" }
}

/// Findings of a value chain, read once for all its figures.
struct ChainContents {
  var actors: [ChainActor] = []
  var flows: [ChainFlow] = []
  /// Headings, left to right, without the numbers that only order them.
  var stages: [String] = []

  init(_ findings: Findings) {
    guard let table = findings.table("actors") else { return }
    let names = table.texts("actor")
    var slugs = table.texts("slug")
    if slugs.count != names.count { slugs = uniqueSlugs(names) }
    let roles = table.texts("role")
    let stageNames = table.texts("stage")
    let kinds = table.texts("customer_kind")
    let lanes = table.texts("lane")
    let own = Self.own(findings, table, names)
    let stageKeys = Self.orderedStages(stageNames)
    stages = stageKeys.map(Self.heading)
    var indexOf: [String: Int] = [:]
    for (index, name) in names.enumerated() where indexOf[name] == nil {
      indexOf[name] = actors.count
      actors.append(
        ChainActor(
          name: name, slug: slugs[index], role: roles.indices.contains(index) ? roles[index] : "",
          stage: stageNames.indices.contains(index) ? stageKeys.firstIndex(of: stageNames[index]) : nil,
          customerWords: kinds.indices.contains(index) ? Self.customerWords(kinds[index]) : [], isOwn: own == name,
          lane: lanes.indices.contains(index) ? lanes[index] : ""))
    }
    readFlows(findings, indexOf)
  }

  var own: Int? { actors.firstIndex { $0.isOwn } }

  private mutating func readFlows(_ findings: Findings, _ indexOf: [String: Int]) {
    guard let table = findings.table("flows") else { return }
    let from = table.texts("from")
    let to = table.texts("to")
    let offerings = table.texts("offering")
    let kinds = table.texts("kind")
    let values = table.numbers("value")
    let units = table.texts("unit")
    let periods = table.texts("period")
    func text(_ column: [String], _ row: Int) -> String { column.indices.contains(row) ? column[row] : "" }
    for row in from.indices {
      guard let a = indexOf[from[row]], let b = indexOf[text(to, row)], a != b else { continue }
      flows.append(
        ChainFlow(
          from: a, to: b, offering: text(offerings, row), kind: BandKind(text(kinds, row)),
          value: values.indices.contains(row) ? values[row] : nil, unit: text(units, row), period: text(periods, row),
          isUnreciprocated: false))
    }
    var pairs = Set<[Int]>()
    for flow in flows { pairs.insert([flow.from, flow.to]) }
    for index in flows.indices {
      flows[index].isUnreciprocated = !pairs.contains([flows[index].to, flows[index].from])
    }
  }

  /// Our company: the setting `own`, a fact of that name, or a column of truths.
  private static func own(_ findings: Findings, _ table: FindingsTable, _ names: [String]) -> String? {
    for (name, value) in zip(names, table.values("own")) {
      if value == .truth(true) { return name }
      if let text = value.text, ["yes", "true", "1", "x"].contains(text.lowercased()) { return name }
    }
    return findings.setting("own")?.text ?? findings.fact("own")?.text
  }

  /// Stages that all begin with a number stand by it; otherwise as they first appear.
  private static func orderedStages(_ names: [String]) -> [String] {
    var seen: [String] = []
    for name in names where !name.isEmpty && !seen.contains(name) { seen.append(name) }
    let numbers = seen.map { Double($0.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }.trimmingDots) }
    guard numbers.allSatisfy({ $0 != nil }) else { return seen }
    return seen.indices.sorted { (numbers[$0] ?? 0, $0) < (numbers[$1] ?? 0, $1) }.map { seen[$0] }
  }

  /// "1 Origin", "02. Origin" and "3) Origin" read "Origin"; a bare number stays.
  static func heading(_ stage: String) -> String {
    let rest = stage.drop { $0.isASCII && $0.isNumber }
    guard rest.count < stage.count else { return stage }
    let name = rest.drop { " .)-:–—_".contains($0) }
    // "3D printing" is a name, not a place in an order.
    guard !name.isEmpty, name.count < rest.count else { return stage }
    return String(name)
  }

  private static func customerWords(_ kinds: String) -> [String] {
    var words: [String] = []
    for part in kinds.lowercased().split(whereSeparator: { ",;|/+&".contains($0) }) {
      let kind = part.split(separator: " ").joined(separator: " ")
      let word =
        switch kind {
        case "": ""
        case "buyer", "buys": "buys"
        case "payer", "pays": "pays"
        case "user", "uses": "uses"
        case "influencer", "influences": "influences"
        case "recommender", "recommends": "recommends"
        default: kind
        }
      if !word.isEmpty, !words.contains(word) { words.append(word) }
    }
    return words
  }
}

extension Substring {
  fileprivate var trimmingDots: Substring {
    var text = self
    while text.last == "." { text.removeLast() }
    return text
  }
}
