import Formats
import ValueModels

/// All that the study knows of one segment, drawn together from every analysis whose findings name it. Each part is there only
/// where there is something to say.
///
/// Pages name it `{{#segment.known}} … {{/segment.known}}`; the built-in page of a segment is made of nothing else.
struct SegmentDossier {
  private typealias Lines = [(text: String, note: String?)]

  private let row: PageRow
  private let place: Int
  private let table: FindingsTable
  private let part: AnalysedStudyPart
  private let knowledge: SegmentKnowledge
  private let language: Language
  /// Rows of other analyses that name the segment, by analysis in the study's order.
  private let elsewhere: [(part: AnalysedStudyPart, rows: [SegmentKnowledge.Mention])]

  init(
    _ row: PageRow, at place: Int, _ table: FindingsTable, _ part: AnalysedStudyPart, _ knowledge: SegmentKnowledge
  ) {
    self.row = row
    self.place = place
    self.table = table
    self.part = part
    self.knowledge = knowledge
    language = knowledge.input.study.language.language
    var found: [(AnalysedStudyPart, [SegmentKnowledge.Mention])] = []
    for mention in part.groupOf == nil ? knowledge.mentions(of: row.name) : [] {
      let other = knowledge.input.parts[mention.part]
      guard other.findings.id != part.findings.id else { continue }
      if found.last?.0.findings.id == other.findings.id {
        found[found.count - 1].1.append(mention)
      } else {
        found.append((other, [mention]))
      }
    }
    elsewhere = found
  }

  static let fields = [
    "tiles", "figure", "caption", "wants", "spares", "hurts", "maps", "places", "typing", "verdicts", "quotes",
    "messages",
    "plans", "others",
  ]

  var object: TemplateObject {
    let figure =
      part.figures.first { $0.name == "profile-\(row.slug)" }
      ?? part.figures.first { $0.name.hasSuffix("-" + row.slug) }
    var object = TemplateObject([
      ("is_hidden", .truth(isHidden)), ("figure", .optional(figure.map { "\(part.findings.id)/\($0.name)" })),
      ("caption", .optional(figure?.caption)), ("worth", .optional(worth)), ("found_in", .text(part.findings.title)),
      ("link", .text("/analyses/\(part.findings.id).md")), ("apart", .optional(text("suggestion"))),
    ])
    object["tiles"] = .list(
      tiles.map { TemplateObject([("label", .text($0.label)), ("value", .text($0.value))]) },
      fields: ["label", "value"])
    object["has_tiles"] = .truth(!tiles.isEmpty)
    let differences = self.differences
    add("wants", differences.wants, to: &object)
    add("spares", differences.spares, to: &object)
    add("hurts", pains, to: &object)
    add("places", places, to: &object)
    object["maps"] = .list(
      maps.map { TemplateObject([("ref", .text($0.ref)), ("caption", .text($0.caption))]) }, fields: ["ref", "caption"])
    object["has_maps"] = .truth(!maps.isEmpty || !places.isEmpty)
    add("typing", typing, to: &object)
    add("verdicts", verdicts, to: &object)
    add("quotes", quotes, to: &object)
    add("messages", messages, to: &object)
    object["cards"] = .list(
      cards.map { TemplateObject([("ref", .text($0.ref)), ("caption", .text($0.caption))]) },
      fields: ["ref", "caption"])
    add("plans", lines(ofTypes: ["relationship-plan", "programmes", "customer-tasks"]), to: &object)
    add("others", others, to: &object)
    return object
  }

  private func add(_ name: String, _ lines: Lines, to object: inout TemplateObject) {
    object["has_" + name] = .truth(!lines.isEmpty)
    object[name] = .list(
      lines.map { TemplateObject([("text", .text($0.text)), ("note", .optional($0.note))]) }, fields: ["text", "note"])
  }

  // MARK: Its own row

  private func text(_ column: String) -> String? {
    if case .text(let text)? = row.object[column] { text } else { nil }
  }

  private func number(_ column: String) -> Double? {
    if case .number(let number, _)? = row.object[column] { number } else { nil }
  }

  private var isHidden: Bool { number("share") == nil && number("base") == nil }

  private var tiles: [(label: String, value: String)] {
    var tiles: [(String, String)] = []
    if let share = number("share") { tiles.append(("of all", language.percent(share))) }
    if let size = number("size") { tiles.append((people, language.number(size))) }
    if let worth = number("value_share") { tiles.append(("of \(amount)", language.percent(worth))) }
    if let worth = number("value_share"), let share = number("share"), share > 0 {
      tiles.append(("value for its size", language.number(worth / share, decimals: 2)))
    }
    if let stability = number("stability") { tiles.append(("found again", language.percent(stability))) }
    return tiles
  }

  private var people: String { part.findings.setting("base_of")?.text ?? "people" }
  private var amount: String { part.findings.setting("value")?.text ?? "value" }

  /// Value share against size share in a sentence.
  private var worth: String? {
    guard let worth = number("value_share"), let share = number("share"), share > 0 else { return nil }
    let ratio = worth / share
    let more = ratio >= 1 ? "more" : "less"
    let size =
      abs(ratio - 1) < 0.05
      ? "as much as their number" : "\(language.percent(abs(ratio - 1))) \(more) than their number"
    return "\(language.percent(share)) of \(people) stand for \(language.percent(worth)) of \(amount): \(size)."
  }

  /// What sets it apart most, from the profiles of the same analysis: by the strength of the difference, four each way.
  private var differences: (wants: Lines, spares: Lines) {
    guard let profiles = part.findings.table("profiles"),
      let key = table.index(of: "segment").map({ table.rows[place][$0] })
    else { return ([], []) }
    let columns = ["variable", "level", "segment", "value", "total", "v_test", "significant", "active", "measure"].map {
      profiles.index(of: $0)
    }
    guard let variable = columns[0], let segment = columns[2], let value = columns[3], let total = columns[4],
      let test = columns[5], let significant = columns[6]
    else { return ([], []) }
    let isFormed = columns[7].map { active in profiles.rows.contains { $0[active] == .truth(true) } } ?? false
    var rows = profiles.rows.filter { row in
      row[segment] == key && row[significant] == .truth(true) && row[test].number != nil
        && (!isFormed || columns[7].map { row[$0] == .truth(true) } ?? true)
    }
    rows.sort { abs($0[test].number ?? 0) > abs($1[test].number ?? 0) }
    func line(_ row: [Value]) -> (text: String, note: String?) {
      let level = columns[1].flatMap { row[$0].text }
      let name = (row[variable].text ?? "") + (level.map { ": \($0)" } ?? "")
      let isShare = columns[8].flatMap { row[$0].text } != "mean"
      func print(_ value: Double?) -> String {
        guard let value else { return "" }
        return isShare ? language.percent(value) : language.number(value, decimals: 1)
      }
      return (name, "\(print(row[value].number)), all \(print(row[total].number))")
    }
    return (
      rows.filter { ($0[test].number ?? 0) > 0 }.prefix(4).map(line),
      rows.filter { ($0[test].number ?? 0) < 0 }.prefix(4).map(line)
    )
  }

  // MARK: Rows of other analyses

  /// The texts of one column in the rows that name the segment, each once, with the analysis they come from.
  private func texts(_ names: [String]) -> Lines {
    var found: Lines = []
    for (other, mentions) in elsewhere {
      for mention in mentions {
        let table = other.findings.tables[mention.table]
        for name in names {
          guard let column = table.index(of: name), let text = table.rows[mention.row][column].text, !text.isEmpty,
            !found.contains(where: { $0.text == text })
          else { continue }
          found.append((text, other.findings.title))
        }
      }
    }
    return found
  }

  private var pains: Lines { Array(texts(["pain_point", "pain"]).prefix(8)) }

  private var quotes: Lines {
    var found: Lines = []
    for (other, mentions) in elsewhere {
      for mention in mentions {
        let table = other.findings.tables[mention.table]
        guard let column = table.index(of: "quote"), let text = table.rows[mention.row][column].text else { continue }
        let note = ["need", "date"].compactMap { name in
          table.index(of: name).flatMap { table.rows[mention.row][$0].text }
        }
        found.append((text, note.isEmpty ? other.findings.title : note.joined(separator: ", ")))
      }
    }
    return Array(found.prefix(6))
  }

  private var messages: Lines {
    var found = texts(["statement"])
    found += lines(ofTypes: ["message-matrix"])
    return Array(found.prefix(6))
  }

  /// A figure of its own in another analysis: the card of a statement.
  private var cards: [(ref: String, caption: String)] {
    elsewhere.compactMap { other, _ in
      other.figures.first { $0.name.hasSuffix("-" + row.slug) }.map { ("\(other.findings.id)/\($0.name)", $0.caption) }
    }
  }

  /// Figures that show where it stands: segments on the axes that part them, and the grid of targeting.
  private var maps: [(ref: String, caption: String)] {
    var found: [(String, String)] = []
    if let map = part.figures.first(where: { $0.name == "map" }) {
      found.append(("\(part.findings.id)/map", map.caption))
    }
    for (other, _) in elsewhere where other.findings.type == "targeting" {
      guard let grid = other.figures.first(where: { $0.name == "grid" }) else { continue }
      found.append(("\(other.findings.id)/grid", grid.caption))
    }
    return found
  }

  /// Its place wherever a row of it has one, in words.
  private var places: Lines {
    elsewhere.flatMap { other, mentions in
      mentions.compactMap { mention -> (text: String, note: String?)? in
        let table = other.findings.tables[mention.table]
        func value(_ name: String) -> Value? { table.index(of: name).map { table.rows[mention.row][$0] } }
        if other.findings.type == "targeting", table.name == "segments",
          let attractive = value("attractiveness")?.number,
          let strong = value("strength")?.number
        {
          let isChosen = value("chosen") == .truth(true)
          return (
            "\(isChosen ? "Chosen" : "Not chosen"): attractiveness \(language.number(attractive, decimals: 1)), our strength \(language.number(strong, decimals: 1))",
            other.findings.title
          )
        }
        if table.name == "claims", let attribute = value("attribute")?.text, let rank = value("rank")?.number,
          let of = value("brands")?.number
        {
          return (
            "On '\(attribute)' we stand \(language.ordinal(Int(rank))) of \(language.number(of))", other.findings.title
          )
        }
        return nil
      }
    }
  }

  /// The questions by which a new respondent is put into a segment, and how surely this one is recognised by them.
  private var typing: Lines {
    guard let steps = part.findings.table("typing"), let question = steps.index(of: "question") else { return [] }
    let taken = steps.index(of: "taken")
    var lines: Lines = steps.rows.filter { row in taken.map { row[$0] == .truth(true) } ?? true }.prefix(8).compactMap {
      row in
      row[question].text.map { ($0, nil) }
    }
    if let recall = part.findings.table("typing_recall"), let own = ownRow(of: recall),
      let column = recall.index(of: "recall"), let share = own[column].number, !lines.isEmpty
    {
      lines.append(("By their answers \(language.percent(share)) of this segment are recognised", nil))
    }
    return lines
  }

  /// The row of another table of the same analysis that is about the same segment.
  private func ownRow(of other: FindingsTable) -> [Value]? {
    guard let key = table.index(of: "segment").map({ table.rows[place][$0] }), let column = other.index(of: "segment")
    else { return nil }
    return other.rows.first { $0[column] == key }
  }

  /// Judgements of the segmentation on its own segments: whether it is large, distinct, stable, reachable, responsive.
  private var verdicts: Lines {
    guard let verdicts = part.findings.table("verdicts"), let row = ownRow(of: verdicts) else { return [] }
    let evidence = [
      "size": "share", "distinct": "largest_distance", "stable": "stability", "reachable": "reach_auc",
      "responsive": "response_difference",
    ]
    return ["size", "distinct", "stable", "reachable", "responsive"].compactMap { name in
      guard let word = verdicts.index(of: name).flatMap({ row[$0].text }) else { return nil }
      let number = evidence[name].flatMap { verdicts.index(of: $0) }.flatMap { column in
        print(row[column], verdicts.columns[column].format).map {
          "\(readableColumn(verdicts.columns[column].name).lowercasedFirst) \($0)"
        }
      }
      return (readableColumn(name), number.map { "\(word) (\($0))" } ?? word)
    }
  }

  // MARK: What nothing above has said

  /// Rows of analyses of these types, each as one line of its cells.
  private func lines(ofTypes types: [String]) -> Lines {
    elsewhere.filter { types.contains($0.part.findings.type) }.flatMap { other, mentions in
      mentions.prefix(6).map { (sentence(other.findings.tables[$0.table], $0.row), other.findings.title) }
    }
  }

  private var others: Lines {
    let told = [
      "targeting", "positioning", "message-matrix", "relationship-plan", "programmes", "customer-tasks", "field-notes",
    ]
    return elsewhere.filter { !told.contains($0.part.findings.type) }.prefix(12).compactMap { other, mentions in
      guard let first = mentions.first else { return nil }
      return (sentence(other.findings.tables[first.table], first.row), other.findings.title)
    }
  }

  /// "Share 12%, index 130": the cells of a row, six at most, without its name.
  private func sentence(_ table: FindingsTable, _ row: Int) -> String {
    var parts: [String] = []
    for (at, column) in table.columns.enumerated() where !["segment", "slug", "name"].contains(column.name) {
      guard parts.count < 6, let text = print(table.rows[row][at], column.format) else { continue }
      parts.append("\(readableColumn(column.name).lowercasedFirst) \(text)")
    }
    let text = parts.joined(separator: ", ")
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  private func print(_ value: Value, _ format: Format) -> String? {
    switch value {
    case .missing: nil
    case .text(let text): text.isEmpty ? nil : text
    case .truth(let truth): truth ? "yes" : "no"
    case .number, .integer: value.number.map { language.print($0, format) }
    }
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
