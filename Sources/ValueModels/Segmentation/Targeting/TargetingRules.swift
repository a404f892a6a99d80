import Diagnostics
import Settings

/// The two sides of the grid.
enum TargetingSide: String, CaseIterable { case attractiveness, strength }

/// How segments are weighed and chosen.
struct TargetingRules {
  enum Choice {
    /// The cells of the grid in which one invests.
    case grow
    /// So many, the first by priority.
    case first(Int)
    /// Those named: a decision already taken.
    case named([Groundwork.Named])
    /// All that come to these scores.
    case atLeast(attractiveness: Double, strength: Double)
  }

  var scale = (least: 1.0, greatest: 5.0)
  /// Ascending, one or two a side, inside the scale.
  var cuts: [TargetingSide: [Double]] = [:]
  var choice = Choice.grow
  var balance = 0.5
  var vary = 0.5
  var draws = 1000
  var seed = 1

  init(_ ground: inout Groundwork) {
    readScale(&ground)
    readCuts(&ground)
    readChoice(&ground)
    balance = ground.number("balance", standard: 0.5, in: 0...1) ?? 0.5
    vary = ground.number("vary", standard: 0.5, in: 0...1) ?? 0.5
    draws = ground.integer("draws", standard: 1000, in: 1...100_000)
    seed = ground.integer("seed", standard: 1, in: 0...Int.max)
  }

  func cuts(_ side: TargetingSide) -> [Double] { cuts[side] ?? [] }

  private static func numbers(_ setting: Setting) -> [Double]? {
    guard case .list(let items) = setting.value else {
      guard case .scalar(let text, quoted: false) = setting.value, let number = strictNumber(text) else { return nil }
      return [number]
    }
    let numbers = items.compactMap { item -> Double? in
      guard case .scalar(let text, quoted: false) = item.value else { return nil }
      return strictNumber(text)
    }
    return numbers.count == items.count ? numbers : nil
  }

  private mutating func readScale(_ ground: inout Groundwork) {
    defer { ground.record("scale", .list([.number(scale.least), .number(scale.greatest)])) }
    guard let setting = ground.setting("scale") else { return }
    guard let numbers = Self.numbers(setting), numbers.count == 2, numbers[0] < numbers[1] else {
      ground.bad("scale", at: setting.position, "the least and the greatest score, as [1, 5]")
      return
    }
    scale = (numbers[0], numbers[1])
  }

  private mutating func readCuts(_ ground: inout Groundwork) {
    let span = scale.greatest - scale.least
    let thirds = [scale.least + span / 3, scale.least + span * 2 / 3]
    cuts = [.attractiveness: thirds, .strength: thirds]
    defer {
      ground.record(
        "cuts",
        .map(TargetingSide.allCases.map { .init($0.rawValue, .list(cuts($0).map { .number($0) })) }))
    }
    guard let setting = ground.setting("cuts") else { return }
    let rule = "one or two scores inside the scale, ascending, the same number on both sides"
    var given: [(TargetingSide, Setting)] = []
    if case .map(let entries) = setting.value {
      for entry in entries {
        guard let side = TargetingSide(rawValue: entry.key) else {
          ground.fail(
            "settings.unknown-key", at: entry.keyPosition, "'cuts' has no side '\(entry.key)'",
            hint: nearestHint(to: entry.key, among: TargetingSide.allCases.map(\.rawValue)))
          continue
        }
        given.append((side, entry.value))
      }
    } else {
      given = TargetingSide.allCases.map { ($0, setting) }
    }
    for (side, value) in given {
      guard let numbers = Self.numbers(value), (1...2).contains(numbers.count),
        zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 }),
        numbers.allSatisfy({ $0 > scale.least && $0 < scale.greatest })
      else {
        ground.bad("cuts", at: value.position, rule)
        return
      }
      cuts[side] = numbers
    }
    if cuts(.attractiveness).count != cuts(.strength).count { ground.bad("cuts", at: setting.position, rule) }
  }

  private mutating func readChoice(_ ground: inout Groundwork) {
    guard let setting = ground.setting("choose") else { return ground.record("choose", .text("grow")) }
    ground.record("choose", setting.printed)
    let rule =
      "grow, a number of segments, a list of segments, or the least scores: {attractiveness: 3.5, strength: 3}"
    switch setting.value {
    case .scalar("grow", _): choice = .grow
    case .scalar(let text, quoted: false):
      guard let count = strictInteger(text), count > 0 else { return ground.bad("choose", at: setting.position, rule) }
      choice = .first(count)
    case .list: choice = .named(ground.names(in: setting, of: "choose"))
    case .map(let entries):
      var least: [TargetingSide: Double] = [:]
      for entry in entries {
        guard let side = TargetingSide(rawValue: entry.key), case .scalar(let text, quoted: false) = entry.value.value,
          let number = strictNumber(text)
        else { return ground.bad("choose", at: entry.keyPosition, rule) }
        least[side] = number
      }
      choice = .atLeast(
        attractiveness: least[.attractiveness] ?? scale.least, strength: least[.strength] ?? scale.least)
    default: ground.bad("choose", at: setting.position, rule)
    }
  }

  /// Named segments exist, and no more are asked for than there are.
  func checkChosen(_ segments: [String], _ ground: inout Groundwork) {
    switch choice {
    case .named(let names):
      for named in names where !segments.contains(named.name) {
        ground.fail(
          "analysis.unknown-segment", at: named.position,
          "'choose' names segments that are weighed, and there is no '\(excerpt(named.name))'",
          hint: nearestHint(to: named.name, among: segments))
      }
    case .first(let count) where count > segments.count:
      ground.fail(
        "settings.out-of-range", at: ground.position(of: "choose"),
        "'choose' is at most the number of segments, \(segments.count), and \(count) was found")
    default: break
    }
  }
}
