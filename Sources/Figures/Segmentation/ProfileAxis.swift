import Formats
import Graphics

/// A part of a profile whose rows share a scale: differences of shares in percentage points, or of means in index points,
/// each row's total being 100.
struct ProfileSection {
  enum Kind { case shares, means, plain }

  var kind: Kind
  var rows: [ProfileRow]

  /// Rows in as few sections as honest scales allow. Means in several units are set against their own totals; only ratings,
  /// told by totals close to each other, and means without a positive total keep their own unit.
  static func split(_ rows: [ProfileRow]) -> [ProfileSection] {
    let shares = rows.filter(\.isShare)
    let means = rows.filter { !$0.isShare }
    var sections: [ProfileSection] = []
    let totals = means.map { abs($0.total) }
    let alike = (totals.max() ?? 0) <= 1.6 * (totals.min() ?? 0)
    if !means.isEmpty {
      let hasIndex = means.allSatisfy { $0.total > 0 && $0.cells.allSatisfy { $0?.index != nil || $0 == nil } }
      sections.append(ProfileSection(kind: alike || !hasIndex ? .plain : .means, rows: means))
    }
    if !shares.isEmpty { sections.append(ProfileSection(kind: .shares, rows: shares)) }
    return sections
  }

  /// A value as it stands on this section's scale, as a difference from the row's total.
  func difference(_ value: Double, _ row: ProfileRow) -> Double {
    switch kind {
    case .shares: (value - row.total) * 100
    case .means: row.total == 0 ? 0 : (value / row.total - 1) * 100
    case .plain: value - row.total
    }
  }

  var heading: String {
    switch kind {
    case .shares: "Shares: percentage points from the total"
    case .means: "Means: per cent above or below the total"
    case .plain: "Means: difference from the total"
    }
  }

  func tick(_ value: Double, _ language: Language) -> String {
    value == 0 ? "0" : language.signed(value) + (kind == .means ? "%" : "")
  }

  func amount(_ value: Double, _ language: Language) -> String {
    kind == .shares ? language.percent(value, decimals: 0) : language.number(value, decimals: decimals(value))
  }

  private func decimals(_ value: Double) -> Int? {
    abs(value) >= 1000 ? 0 : abs(value) >= 100 ? 0 : abs(value) >= 10 ? 1 : 2
  }

  /// From the least to the largest difference drawn, always with 0; intervals may be cut at twice the farthest dot.
  func extent(_ groups: [Int]) -> (lower: Double, upper: Double) {
    var low = 0.0
    var high = 0.0
    for row in rows {
      for group in groups {
        guard let cell = row.cells[group] else { continue }
        let d = difference(cell.value, row)
        let reach = 0.6 * max(abs(d), 1e-12)
        low = min(low, d, max(cell.lower.map { difference($0, row) } ?? d, d - 3 * reach))
        high = max(high, d, min(cell.upper.map { difference($0, row) } ?? d, d + 3 * reach))
      }
    }
    return low == high ? (-1, 1) : (low, high)
  }
}
