import Formats
import Graphics

/// A part of a profile whose rows share a scale: differences of shares in percentage points, of means in
/// their own unit, or of means in per cent of the row's total.
struct ProfileSection {
  enum Kind { case shares, means, plain }

  var kind: Kind
  var rows: [ProfileRow]

  /// Rows in as few sections as honest scales allow; the data say no units, so sizes have to tell.
  ///
  /// - Means that could be of one rating scale (a total from 1 to 10, every group within 0 to 10) share a section in their
  ///   own unit: small counts may stand beside ratings there, on an axis both can bear.
  /// - Several other means keep their own unit where their totals are alike (the largest at most 1.6 times the least), as
  ///   ratings out of 100 are, or where one has no positive total; otherwise each is set against its own total, in per
  ///   cent, as a sum of money is that stands alone.
  /// - Shares come last, in percentage points.
  static func split(_ rows: [ProfileRow]) -> [ProfileSection] {
    let shares = rows.filter(\.isShare)
    let means = rows.filter { !$0.isShare }
    var sections: [ProfileSection] = []
    let ratings = means.filter(isLikeRating)
    let others = means.filter { !isLikeRating($0) }
    if !ratings.isEmpty { sections.append(ProfileSection(kind: .plain, rows: ratings)) }
    if !others.isEmpty {
      let totals = others.map { abs($0.total) }
      let alike = others.count > 1 && (totals.max() ?? 0) <= 1.6 * (totals.min() ?? 0)
      let hasIndex = others.allSatisfy { $0.total > 0 && $0.cells.allSatisfy { $0?.index != nil || $0 == nil } }
      sections.append(ProfileSection(kind: alike || !hasIndex ? .plain : .means, rows: others))
    }
    if !shares.isEmpty { sections.append(ProfileSection(kind: .shares, rows: shares)) }
    return sections
  }

  private static func isLikeRating(_ row: ProfileRow) -> Bool {
    (1...10).contains(row.total) && row.cells.allSatisfy { cell in cell.map { (0...10).contains($0.value) } ?? true }
  }

  /// A value as it stands on this section's scale, as a difference from the row's total.
  func difference(_ value: Double, _ row: ProfileRow) -> Double {
    switch kind {
    case .shares: (value - row.total) * 100
    case .means: row.total == 0 ? 0 : (value / row.total - 1) * 100
    case .plain: value - row.total
    }
  }

  /// A cell's 95 % interval of its difference from the total on this section's scale; from the interval of the value where
  /// findings have no other.
  func interval(_ cell: ProfileRow.Cell, _ row: ProfileRow) -> (lower: Double, upper: Double)? {
    if let lower = cell.differenceLower, let upper = cell.differenceUpper {
      return (difference(row.total + lower, row), difference(row.total + upper, row))
    }
    guard let lower = cell.lower, let upper = cell.upper else { return nil }
    return (difference(lower, row), difference(upper, row))
  }

  var heading: String {
    switch kind {
    case .shares: "Shares: percentage points from the total"
    case .means: "Means: per cent above or below the total"
    case .plain: "Means: difference from the total, in the row's own unit"
    }
  }

  func tick(_ value: Double, _ language: Language) -> String {
    value == 0 ? "0" : language.signed(value) + (kind == .means ? "%" : "")
  }

  func amount(_ value: Double, _ language: Language) -> String {
    kind == .shares ? language.share(value) : language.number(value, decimals: decimals(value))
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
        let ends = interval(cell, row)
        low = min(low, d, max(ends?.lower ?? d, d - 3 * reach))
        high = max(high, d, min(ends?.upper ?? d, d + 3 * reach))
      }
    }
    return low == high ? (-1, 1) : (low, high)
  }
}
