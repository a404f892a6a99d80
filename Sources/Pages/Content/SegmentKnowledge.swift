import Formats
import ValueModels

extension ServedSegments {
  /// Of the whole study; groups of an analysis (`by`) choose nothing for it.
  init(_ parts: [AnalysedStudyPart]) { self.init(parts.filter { $0.groupOf == nil }.map(\.findings)) }
}

/// What the study knows of each segment, gathered over all analyses once: the rows of their tables that name it.
struct SegmentKnowledge: Sendable {
  /// A row of a findings table, by the places of its analysis, table and row.
  struct Mention: Sendable, Hashable {
    var part: Int
    var table: Int
    var row: Int
  }

  let input: SiteInput
  let served: ServedSegments
  /// By the slug of the segment's name, in the study's order.
  private var mentions: [String: [Mention]] = [:]

  init(_ input: SiteInput) {
    self.input = input
    served = ServedSegments(input.parts)
    guard input.parts.contains(where: { $0.findings.table("segments") != nil }) else { return }
    for (p, part) in input.parts.enumerated() where part.groupOf == nil {
      for (t, table) in part.findings.tables.enumerated() where table.rows.count <= 10_000 {
        for (row, name) in Self.segmentNames(table).enumerated() where !name.isEmpty && !isDefaultName(name) {
          mentions[slug(name), default: []].append(Mention(part: p, table: t, row: row))
        }
      }
    }
  }

  /// The segment each row of a table is about; nothing where the table is not about segments.
  private static func segmentNames(_ table: FindingsTable) -> [String] {
    guard table.index(of: "segment") != nil else { return [] }
    // Segments found are numbered, and groups may have other names than in the data: pages go by the name.
    return table.texts(table.index(of: "name") == nil ? "segment" : "name")
  }

  /// Rows of other analyses that name a segment, and of this one beside its own.
  func mentions(of name: String) -> [Mention] { isDefaultName(name) ? [] : mentions[slug(name)] ?? [] }

  /// The rows of a table as pages know them; segments with all that is known of them.
  func rows(of table: FindingsTable, in part: AnalysedStudyPart) -> [PageRow] {
    let rows = pageRows(of: table)
    guard table.name == "segments" else { return rows }
    return rows.enumerated().map { at, row in
      var row = row
      if row.object["served"] == nil {
        row.object["served"] = .truth(served.choice(of: row.name, in: part.findings.id) != nil)
      }
      row.object["known"] = .object(SegmentDossier(row, at: at, table, part, self).object)
      return row
    }
  }

  /// The targeting that chose the segment of a row; nil where none did, or the row is no segment.
  func servedBy(_ row: PageRow, _ table: FindingsTable, _ part: AnalysedStudyPart) -> String? {
    guard part.groupOf == nil, table.name == "segments" || table.index(of: "segment") != nil else { return nil }
    return served.choice(of: row.name, in: part.findings.id)?.targeting
  }
}
