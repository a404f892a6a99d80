import Tables

/// The order of waves in time.
struct WaveOrder {
  /// How it was found, for print: "as numbers".
  let rule: String
  /// The waves, the first in time first.
  let names: [String]

  /// Numbers and days by their value; names with a year each by the year, then by month, season or number; other names
  /// with digits by their numbers; plain words as they first appear, since no alphabet knows 'before' from 'after'.
  init(_ names: [String], _ type: ColumnType) {
    switch type {
    case .number, .integer:
      // Columns list their levels in order.
      self.names = names
      rule = "as numbers"
    case .date:
      self.names = names
      rule = "by date"
    default:
      let years = names.map(WaveOrder.year)
      if years.allSatisfy({ $0 != nil }) {
        let keys = zip(names, years).map { WaveOrder.parts($0, without: $1) }
        self.names = names.indices.sorted {
          (years[$0] ?? 0, keys[$0], $0) < (years[$1] ?? 0, keys[$1], $1)
        }.map { names[$0] }
        rule = "by year"
      } else if names.allSatisfy({ $0.unicodeScalars.contains(where: WaveOrder.isDigit) }) {
        let keys = names.map { WaveOrder.parts($0, without: nil) }
        self.names = names.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { names[$0] }
        rule = "by the numbers in their names"
      } else {
        self.names = names
        rule = "as they first appear"
      }
    }
  }

  /// A part of a name: words come before numbers where they meet.
  private enum Part: Comparable {
    case word(String)
    case number(Int)
  }

  /// Compared part by part.
  private struct Key: Comparable {
    var parts: [Part]

    static func < (a: Key, b: Key) -> Bool {
      for (p, q) in zip(a.parts, b.parts) where p != q { return p < q }
      return a.parts.count < b.parts.count
    }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar >= "0" && scalar <= "9" }

  /// Runs of digits and of letters.
  private static func runs(_ name: String) -> [String] {
    var runs: [String] = []
    var open: Bool?
    for scalar in name.unicodeScalars {
      guard isDigit(scalar) || scalar.properties.isAlphabetic else {
        open = nil
        continue
      }
      if open == isDigit(scalar), let last = runs.indices.last {
        runs[last].unicodeScalars.append(scalar)
      } else {
        runs.append(String(scalar))
      }
      open = isDigit(scalar)
    }
    return runs
  }

  /// The only number from 1900 to 2199 in a name.
  private static func year(_ name: String) -> Int? {
    let found = runs(name).compactMap { $0.utf8.count == 4 ? Int($0) : nil }.filter { (1900...2199).contains($0) }
    return found.count == 1 ? found[0] : nil
  }

  private static func parts(_ name: String, without year: Int?) -> Key {
    var isOut = year == nil
    return Key(
      parts: runs(name).compactMap { run in
        if let number = Int(run) {
          if !isOut, number == year {
            isOut = true
            return nil
          }
          return .number(number)
        }
        let word = run.lowercased()
        return months[word].map { .number($0) } ?? .word(word)
      })
  }

  /// Months and seasons of a year in English.
  private static let months: [String: Int] = {
    var places: [String: Int] = ["spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12]
    let names = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
      "december",
    ]
    for (at, name) in names.enumerated() {
      places[name] = at + 1
      places[String(name.prefix(3))] = at + 1
    }
    places["sept"] = 9
    return places
  }()
}
