import Formats
import ValueModels

/// What a name in a template or page stands for.
///
/// A closed set, so that names can be checked before anything is rendered: swift-mustache renders what it does not know as nothing.
package indirect enum TemplateValue: Sendable {
  /// Known, but there is none: renders as nothing, and its section is left out.
  case missing
  case text(String)
  /// HTML that is ready; only `{{{name}}}` prints it as it is.
  case html(String)
  case truth(Bool)
  case number(Double, Format)
  /// ISO 8601, as precise as it is known.
  case date(String)
  case object(TemplateObject)
  /// Items with the same names; `fields` tells them also when there are no items.
  case list([TemplateValue], fields: [String])

  package init(_ value: Value, _ format: Format) {
    switch value {
    case .missing: self = .missing
    case .number(let number): self = .number(number, format)
    case .integer(let number): self = .number(Double(number), format == .number ? .integer : format)
    case .text(let text): self = .text(text)
    case .truth(let truth): self = .truth(truth)
    }
  }

  package static func optional(_ text: String?) -> TemplateValue { text.map { .text($0) } ?? .missing }

  package static func object(_ fields: [(String, TemplateValue)]) -> TemplateValue { .object(TemplateObject(fields)) }

  /// A list of objects; the names are those of the first item unless given.
  package static func list(_ items: [TemplateObject], fields: [String]) -> TemplateValue {
    .list(items.map { .object($0) }, fields: fields)
  }
}

/// Names and what they stand for, in the order given.
package struct TemplateObject: Sendable {
  package private(set) var names: [String] = []
  private var values: [String: TemplateValue] = [:]

  package init(_ fields: [(String, TemplateValue)] = []) {
    for (name, value) in fields { self[name] = value }
  }

  package subscript(name: String) -> TemplateValue? {
    get { values[name] }
    set {
      if values[name] == nil, newValue != nil { names.append(name) }
      if newValue == nil { names.removeAll { $0 == name } }
      values[name] = newValue
    }
  }
}

extension TemplateObject {
  /// Findings as pages see them: facts by their names, rows of tables below `tables`, and what the contract prints beside them.
  package init(_ findings: Findings, _ served: ServedSegments = ServedSegments([Findings]())) {
    self.init(findings.facts.map { ($0.name, TemplateValue($0.value, $0.format)) })
    self["id"] = .text(findings.id)
    self["type"] = .text(findings.type)
    self["title"] = .text(findings.title)
    self["tables"] = .object(
      findings.tables.map { ($0.name, $0.name == "segments" ? $0.segmentRows(findings.id, served) : $0.templateRows) })
    self["cautions"] = .list(
      findings.cautions.map { TemplateObject([("id", .text($0.id)), ("message", .text($0.message))]) },
      fields: ["id", "message"])
    self["summary"] = .text(findings.method.summary)
  }
}

extension FindingsTable {
  /// Rows as objects with a name a column.
  package var templateRows: TemplateValue {
    .list(rows.indices.map { templateRow($0) }, fields: columns.map(\.name))
  }

  /// The same for segments: `served` says whether the study serves one.
  func segmentRows(_ id: String, _ served: ServedSegments) -> TemplateValue {
    guard index(of: "served") == nil else { return templateRows }
    let names = pageRowNames(of: self)
    return .list(
      rows.indices.map { at in
        var row = templateRow(at)
        row["served"] = .truth(served.choice(of: names[at].name, in: id) != nil)
        return row
      }, fields: columns.map(\.name) + ["served"])
  }

  package func templateRow(_ index: Int) -> TemplateObject {
    TemplateObject(zip(columns, rows[index]).map { ($0.name, TemplateValue($1, $0.format)) })
  }
}
