import Formats
import ValueModels

/// What other analyses, and other tables of the same one, say of the segment.
extension SegmentDossier {
  /// The texts of one column in the rows that name the segment, each once, with the analysis they come from.
  func texts(_ names: [String]) -> Lines {
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

  var pains: Lines { Array(texts(["pain_point", "pain"]).prefix(8)) }

  var quotes: Lines {
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

  var messages: Lines {
    var found = texts(["statement"])
    found += lines(ofTypes: ["message-matrix"])
    return Array(found.prefix(6))
  }

  /// A figure of its own in another analysis: the card of a statement. What another segmentation found of segments of the same
  /// name stands on the page of theirs.
  var cards: [(ref: String, caption: String)] {
    elsewhere.filter { $0.0.findings.type != part.findings.type }.compactMap { other, _ in
      other.figures.first { $0.name.hasSuffix("-" + row.slug) }.map { ("\(other.findings.id)/\($0.name)", $0.caption) }
    }
  }

  /// Figures that show where it stands: segments on the axes that part them, and the grid of targeting.
  var maps: [(ref: String, caption: String)] {
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
  var places: Lines {
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
  var typing: Lines {
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
  func ownRow(of other: FindingsTable) -> [Value]? {
    guard let key = table.index(of: "segment").map({ table.rows[place][$0] }), let column = other.index(of: "segment")
    else { return nil }
    return other.rows.first { $0[column] == key }
  }

  /// Judgements of the segmentation on its own segments: whether it is large, distinct, stable, reachable, responsive.
  var verdicts: Lines {
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
  func lines(ofTypes types: [String]) -> Lines {
    elsewhere.filter { types.contains($0.part.findings.type) }.flatMap { other, mentions in
      mentions.prefix(6).map { (sentence(other.findings.tables[$0.table], $0.row), other.findings.title) }
    }
  }

  var others: Lines {
    let told = [
      "targeting", "positioning", "message-matrix", "relationship-plan", "programmes", "customer-tasks", "field-notes",
    ]
    return elsewhere.filter { !told.contains($0.part.findings.type) }.prefix(12).compactMap { other, mentions in
      guard let first = mentions.first else { return nil }
      return (sentence(other.findings.tables[first.table], first.row), other.findings.title)
    }
  }

  /// "Share 12%, index 130": the cells of a row, six at most, without its name.
  func sentence(_ table: FindingsTable, _ row: Int) -> String {
    var parts: [String] = []
    for (at, column) in table.columns.enumerated() where !["segment", "slug", "name"].contains(column.name) {
      guard parts.count < 6, let text = print(table.rows[row][at], column.format) else { continue }
      parts.append("\(readableColumn(column.name).lowercasedFirst) \(text)")
    }
    let text = parts.joined(separator: ", ")
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  func print(_ value: Value, _ format: Format) -> String? {
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
