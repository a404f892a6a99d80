import Diagnostics

/// What is wrong with a statement.
struct StatementLint {
  var segment: String
  /// `empty-slot`, `no-pain-point`, `no-proof`, `two-bases`, `unknown-attribute`, `unknown-brand`,
  /// `claim-not-supported`, `claim-badly-shown`
  var rule: String
  var message: String
}

/// The faults of one statement, in the order in which they are mended.
func lint(_ statement: PositioningStatement, _ claim: ClaimOnMap?, _ map: ClaimMap?, own: String?) -> [StatementLint] {
  var found: [StatementLint] = []
  func add(_ rule: String, _ message: String) {
    found.append(StatementLint(segment: statement.segment, rule: rule, message: message))
  }
  let empty = statement.slots.filter(\.text.isEmpty).map(\.name)
  if !empty.isEmpty { add("empty-slot", "Every slot says something, and \(quotedList(empty)) \(isOrAre(empty)) empty") }
  if statement.painPoint.isEmpty {
    add("no-pain-point", "A promise takes away a pain, and none is named")
  }
  if statement.proof.isEmpty { add("no-proof", "A promise is believed for a reason, and no proof is named") }
  if statement.bases.count > 1 {
    add(
      "two-bases",
      "A statement rests on one basis, and this one on \(quotedList(statement.bases.map(\.rawValue)))")
  }
  guard let map, !map.attributes.isEmpty, !statement.attribute.isEmpty else { return found }
  if !map.attributes.contains(statement.attribute) {
    add(
      "unknown-attribute",
      "A claim is checked on an attribute of “\(map.title)”, and it has no '\(excerpt(statement.attribute))'"
        + (nearestHint(to: statement.attribute, among: map.attributes).map { "; \($0)" } ?? ""))
  } else if claim == nil {
    let name = statement.brand.isEmpty ? own ?? "" : statement.brand
    add(
      "unknown-brand",
      name.isEmpty
        ? "A claim is checked for a brand, and none is named; give 'own'"
        : "A claim is checked for a brand of “\(map.title)”, and it has no '\(excerpt(name))'"
          + (nearestHint(to: name, among: map.brands).map { "; \($0)" } ?? ""))
  }
  guard let claim else { return found }
  if !claim.isAhead {
    add(
      "claim-not-supported",
      "\(claim.brand) claims '\(claim.attribute)', and “\(map.title)” puts it "
        + (claim.rank == 1
          ? "level with \(claim.leader)" : "at place \(claim.rank) of \(claim.brands), behind \(claim.leader)"))
  }
  if let quality = claim.quality, quality < 0.5 {
    add(
      "claim-badly-shown",
      "The map shows \(claim.brand) or '\(claim.attribute)' by less than half: read the claim from the table of answers too"
    )
  }
  return found
}

private func isOrAre(_ names: [String]) -> String { names.count == 1 ? "is" : "are" }

/// The faults as cautions: one a rule, and one for each claim that the map does not bear out or cannot check.
func warn(_ lints: [StatementLint], _ statements: Int, _ ground: inout Groundwork) {
  let summaries = [
    ("empty-slot", "leave a slot empty"), ("no-pain-point", "name no pain point"), ("no-proof", "name no proof"),
    ("two-bases", "rest on more than one basis"), ("unknown-attribute", ""), ("unknown-brand", ""),
    ("claim-not-supported", ""),
    ("claim-badly-shown", "claim what the map shows badly"),
  ]
  for (rule, words) in summaries {
    let found = lints.filter { $0.rule == rule }
    if found.count > 1, !words.isEmpty {
      ground.cautions.append(
        Caution(rule, "\(found.count) of \(statements) statements \(words)", rows: found.map(\.segment)))
    } else {
      for one in found {
        ground.cautions.append(Caution(rule, "\(excerpt(one.segment)): \(one.message)", rows: [one.segment]))
      }
    }
  }
}
