import Diagnostics
import Settings
import Statistics
import Tables

/// In which order groups that are already in the data stand.
enum GroupOrder {
  /// The largest first.
  case size
  /// As they first occur in the file.
  case data
  /// By a column: the groups' own column by its values, another by the group's mean, rising.
  case column(Column)
  /// As listed; groups that are not, come after them by size.
  case names([Groundwork.Named])
}

extension Groundwork {
  /// The setting `order: size | data | COLUMN | [names]`.
  mutating func groupOrder(_ group: Column?, in rows: SourceRows) -> GroupOrder {
    record("order", .text("size"))
    guard let setting = setting("order") else { return .size }
    if case .list = setting.value {
      return .names(texts("order") ?? [])
    }
    guard let word = text("order") else { return .size }
    switch word {
    case "size": return .size
    case "data": return .data
    case "column" where rows.table["column"] == nil:
      return group.map { .column($0) } ?? .size
    default:
      guard let column = rows.table[word] else {
        fail(
          "analysis.unknown-column", at: setting.position,
          "'order' is size, data, a column of table '\(rows.name)' or a list of the groups, and '\(excerpt(word))' is none",
          hint: nearestHint(to: word, among: ["size", "data"] + rows.table.columnNames))
        return .size
      }
      if column.name != group?.name, numbers(column, in: rows, as: "order") == nil { return .size }
      return .column(column)
    }
  }

  /// Groups in the order asked for: their labels, the place in `labels` of each, and the group of each row.
  mutating func ordered(
    _ membership: [Int], _ labels: [String], by order: GroupOrder, _ group: Column, _ rows: SourceRows
  ) -> (membership: [Int], labels: [String]) {
    let bySize = Grouping.bySize(membership, count: labels.count).order
    let places: [Int]
    switch order {
    case .size: places = bySize
    case .data:
      var first = [Int](repeating: .max, count: labels.count)
      for (row, label) in membership.enumerated() where first[label] == .max { first[label] = row }
      places = labels.indices.sorted { first[$0] < first[$1] }
    case .column(let column) where column.name == group.name:
      // Numbers, days and truths stand in their own order already, words as they first occur.
      let isWords = column.type == .category || column.type == .text
      places = isWords ? labels.indices.sorted { (labels[$0], $0) < (labels[$1], $1) } : Array(labels.indices)
    case .column(let column):
      let numbers = column.numbers()
      var values = [[Double]](repeating: [], count: labels.count)
      for (at, label) in membership.enumerated() {
        let value = numbers[rows.kept[at]]
        if !value.isNaN { values[label].append(value) }
      }
      let means = values.map { (try? Moments($0))?.mean ?? .infinity }
      places = bySize.enumerated().sorted { (means[$0.element], $0.offset) < (means[$1.element], $1.offset) }
        .map(\.element)
    case .names(let names):
      var listed: [Int] = []
      for name in names {
        if let place = labels.firstIndex(of: name.name) {
          listed.append(place)
        } else {
          fail(
            "analysis.unknown-value", at: name.position,
            "'order' lists groups that occur, and '\(name.name)' is not in column '\(group.name)' of '\(rows.name)'",
            hint: nearestHint(to: name.name, among: labels))
        }
      }
      places = listed + bySize.filter { !listed.contains($0) }
    }
    var place = [Int](repeating: 0, count: labels.count)
    for (position, label) in places.enumerated() { place[label] = position }
    return (membership.map { place[$0] }, places.map { labels[$0] })
  }

  /// The setting `names: {label: name}` of groups in the data: the name of each label, its own where none is given.
  mutating func groupNames(_ labels: [String], _ group: Column) -> [String] {
    var names = labels
    for entry in map("names") ?? [] {
      guard let place = labels.firstIndex(of: entry.key) else {
        fail(
          "analysis.unknown-value", at: entry.keyPosition,
          "'names' renames groups that occur, and '\(excerpt(entry.key))' is not in column '\(group.name)'",
          hint: nearestHint(to: entry.key, among: labels))
        continue
      }
      guard case .scalar(let text, _) = entry.value.value, !entry.value.isNull, !text.isEmpty else {
        fail("settings.wrong-type", at: entry.value.position, "a group's name is one text")
        continue
      }
      names[place] = text
    }
    if let twice = names.indices.first(where: { names[..<$0].contains(names[$0]) }), let setting = setting("names") {
      fail(
        "settings.repeated-name", at: setting.position,
        "groups have different names, and '\(excerpt(names[twice]))' was found twice")
    }
    return names
  }
}
