import Diagnostics
import Statistics

/// What is doubtful about preferences on a map.
func preferenceCautions(
  _ found: PreferenceGroups, _ scores: PreferenceScores, _ settings: PreferenceSettings, _ privacy: Privacy
) -> [Caution] {
  var cautions: [Caution] = []
  func say(_ id: String, _ rows: [String], _ message: String) {
    if !rows.isEmpty { cautions.append(Caution(id, message, rows: rows)) }
  }
  func segments(_ count: Int) -> String {
    "\(count) of \(found.groups.count) \(found.groups.count == 1 ? "preference" : "preferences")"
  }
  func names(_ holds: (PreferenceGroup) -> Bool) -> [String] { found.groups.filter(holds).map(\.name) }
  if !found.suppressed.isEmpty {
    say(
      "suppressed-segments", found.suppressed,
      "\(found.suppressed.count) segments are not shown: fewer than \(privacy.suppressBelow) persons, or to be told from the "
        + "others with them")
  }
  let small = names { $0.base.map { $0 < privacy.minimumBase } ?? false }
  say(
    "small-segment", small,
    "\(segments(small.count)) \(small.count == 1 ? "rests" : "rest") on fewer than "
      + "\(privacy.minimumBase) persons")
  let constant = names(\.isConstant)
  say(
    "preference-constant", constant,
    "\(segments(constant.count)) \(constant.count == 1 ? "is" : "are") the same for all brands and have no place on the map"
  )
  let none = names { !$0.isConstant && $0.model == nil }
  say(
    "preference-no-model", none,
    "\(segments(none.count)) \(none.count == 1 ? "has" : "have") too few brands, or brands that lie too regularly, for the "
      + "model")
  let unclear = names { group in group.test.map { $0.pValue >= settings.level } ?? false }
  say(
    "preference-not-significant", unclear,
    "\(segments(unclear.count)) \(unclear.count == 1 ? "does" : "do") not follow the map more than chance would; drawn faint"
  )
  let few = names { group in group.test.map { $0.residualDegrees < 4 } ?? false }
  if let least = found.groups.compactMap({ $0.test?.residualDegrees }).min(),
    let group = found.groups.first(where: {
      $0.test?.residualDegrees == least
    }), let model = group.model
  {
    say(
      "preference-few-brands", few,
      "\(segments(few.count)) \(few.count == 1 ? "rests" : "rest") on few brands: \(group.brands.count) for the "
        + "\(model.parameters) numbers of a \(model.rawValue) model leave \(least) "
        + "\(least == 1 ? "degree" : "degrees") of freedom")
  }
  if !found.absent.isEmpty {
    say(
      "preference-missing-brands", found.absent,
      "\(found.absent.count) of \(scores.brands.count) brands on the map "
        + "\(found.absent.count == 1 ? "lacks" : "lack") preferences and have no say in where preferences lie")
  }
  say(
    "preference-unknown-brands", scores.strangers,
    "\(scores.strangers.count) \(scores.strangers.count == 1 ? "brand is" : "brands are") named with preferences and not on "
      + "the map")
  if scores.torn > 0 {
    cautions.append(
      Caution(
        "preference-two-segments",
        "\(grouped(scores.torn)) persons have answers in more than one segment; the first counts"))
  }
  if scores.repeats > 0 {
    cautions.append(
      Caution(
        "preference-repeated",
        "\(grouped(scores.repeats)) preferences repeat a person and brand; each person's are averaged"))
  }
  return cautions
}
