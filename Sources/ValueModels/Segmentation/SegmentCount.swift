import Diagnostics
import Settings
import Statistics

/// How many segments are asked for.
enum SegmentCount: Sendable, Hashable {
  /// The best of these by the rule of choice.
  case chosen(from: ClosedRange<Int>, isStandard: Bool)
  case given(Int)

  static let standard = SegmentCount.chosen(from: 2...8, isStandard: true)
  /// More segments than anyone can serve.
  static let limit = 2...40

  /// What to do where only so many rows, or answer patterns, differ.
  static func fewerHint(_ distinct: Int) -> String {
    distinct < limit.lowerBound
      ? "take more variables: these tell nobody apart" : "ask for \(distinct) segments at most, or take more variables"
  }

  /// The number that must not exceed the distinct rows.
  var least: Int {
    switch self {
    case .chosen(let range, _): range.lowerBound
    case .given(let count): count
    }
  }
}

extension Groundwork {
  /// The setting `segments: auto | k | [low, high]`.
  mutating func segmentCount() -> SegmentCount {
    record("segments", .text("auto"))
    guard let setting = setting("segments") else { return .standard }
    let limit = SegmentCount.limit
    switch setting.value {
    case .scalar("auto", _): return .standard
    case .scalar(let text, quoted: false):
      if let count = strictInteger(text), limit.contains(count) {
        record("segments", .integer(count))
        return .given(count)
      }
    case .list(let items):
      let ends = items.map { item -> Int? in
        guard case .scalar(let text, quoted: false) = item.value else { return nil }
        return strictInteger(text)
      }
      if ends.count == 2, let low = ends[0], let high = ends[1], limit.contains(low), limit.contains(high), low <= high
      {
        record("segments", .list([.integer(low), .integer(high)]))
        return low == high ? .given(low) : .chosen(from: low...high, isStandard: false)
      }
    case .scalar, .map: break
    }
    fail(
      "settings.wrong-type", at: setting.position,
      "'segments' is 'auto', a whole number from \(limit.lowerBound) to \(limit.upperBound), or two of them as [lowest, highest]",
      hint: "for example 'segments: 4' or 'segments: [2, 8]'")
    return .standard
  }

  /// The setting `names: {1: name, …}`, by segment number; `count` is nil as long as the number is not known.
  mutating func segmentNames(_ count: SegmentCount) -> [(number: Int, name: Named)] {
    guard let entries = map("names") else { return [] }
    var highest = SegmentCount.limit.upperBound
    if case .given(let known) = count { highest = known }
    if case .chosen(let range, _) = count { highest = range.upperBound }
    var result: [(number: Int, name: Named)] = []
    for entry in entries {
      guard let number = strictInteger(entry.key), (1...highest).contains(number) else {
        fail(
          "settings.wrong-type", at: entry.keyPosition,
          "'names' names segments by their number, 1 (the largest) to \(highest), and '\(excerpt(entry.key))' was found"
        )
        continue
      }
      guard case .scalar(let text, _) = entry.value.value, !entry.value.isNull, !text.isEmpty else {
        fail("settings.wrong-type", at: entry.value.position, "a segment's name is one text")
        continue
      }
      if result.contains(where: { $0.name.name == text }) {
        fail(
          "settings.repeated-name", at: entry.value.position,
          "segments have different names, and '\(text)' was found twice")
        continue
      }
      result.append((number, Named(name: text, position: entry.value.position)))
    }
    return result
  }

  /// The setting `covariance: auto | VVI | [EII, VVI]`: which mixtures are compared.
  mutating func covarianceFamilies() -> [CovarianceFamily] {
    record("covariance", .text("auto"))
    guard let setting = setting("covariance") else { return CovarianceFamily.allCases }
    if case .scalar("auto", _) = setting.value { return CovarianceFamily.allCases }
    let names = CovarianceFamily.allCases.map(\.rawValue)
    var chosen: [CovarianceFamily] = []
    for named in texts("covariance") ?? [] {
      if let family = CovarianceFamily(rawValue: named.name) {
        chosen.append(family)
      } else {
        fail(
          "settings.unknown-choice", at: named.position,
          "'covariance' is auto or some of \(names.joined(separator: ", ")), and '\(excerpt(named.name))' was found",
          hint: nearestHint(to: named.name, among: names))
      }
    }
    record("covariance", .list(chosen.sorted().map { .text($0.rawValue) }))
    return chosen.isEmpty ? CovarianceFamily.allCases : chosen.sorted()
  }
}
