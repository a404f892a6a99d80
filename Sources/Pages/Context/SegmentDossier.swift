import Formats
import ValueModels

/// All that the study knows of one segment, drawn together from every analysis whose findings name it. Each part is there only
/// where there is something to say.
///
/// Pages name it `{{#segment.known}} … {{/segment.known}}`; the built-in page of a segment is made of nothing else.
struct SegmentDossier {
  typealias Lines = [(text: String, note: String?)]

  let row: PageRow
  let place: Int
  let table: FindingsTable
  let part: AnalysedStudyPart
  let knowledge: SegmentKnowledge
  let language: Language
  /// Rows of other analyses that name the segment, by analysis in the study's order.
  let elsewhere: [(part: AnalysedStudyPart, rows: [SegmentKnowledge.Mention])]

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
}
