import Diagnostics
import Statistics

extension PreferenceSource {
  /// Places preferences on the map that the findings hold and adds what comes of it: tables, facts, cautions, settings.
  func place(on findings: inout Findings, _ ground: Groundwork) throws(Rejection) {
    guard let table = findings.table("brands"), !table.rows.isEmpty else { return }
    var source = self
    var scores = PreferenceScores.read(&source, brands: table.texts("brand"))
    let rule = settings.rule ?? (scores.arePersons ? .firstChoice : .logit)
    findings.replaceSetting("preference") {
      var columnsArePersons: Bool?
      if case .brandRows = form { columnsArePersons = self.columnsArePersons }
      return settings.printed($0, rule: rule, columnsArePersons: columnsArePersons)
    }
    if isOwnTable {
      findings.data.append(source.rows.use)
      findings.dropped += source.rows.droppedInOrder
    }
    if !settings.isVectorOnly, findings.setting("scaling") == .text("attribute-principal") {
      throw ground.rejection(
        "settings.wrong-type",
        at: ground.setting("preference")?["model"]?.position ?? ground.position(of: "preference"),
        "ideal points are distances, and with 'scaling: attribute-principal' the map does not show those between brands",
        hint: "set 'model: vector' under 'preference', or another 'scaling'")
    }
    var places = table
    if settings.model == .internal {
      let map = try InternalPreferenceMap(scores, source, ground)
      places = map.brandsTable
      findings.add(map, scores)
      // Models are fitted to the brands that have a place.
      scores = scores.selecting(places.texts("brand"))
    }
    guard let plane = PreferencePlane(places) else {
      findings.cautions.append(
        Caution("preference-no-plane", "Preferences are not placed: the brands differ in one dimension only"))
      return
    }
    if ground.setting("wave") != nil, !isOwnTable {
      findings.cautions.append(
        Caution(
          "preference-all-waves",
          "Preferences of all waves are taken together and placed on the map as drawn; 'segment' under 'preference' can tell "
            + "waves apart"))
    }
    let groups = PreferenceGroups(scores, plane, settings, ground.input.privacy)
    try check(groups, scores, ground)
    findings.cautions += preferenceCautions(groups, scores, settings, ground.input.privacy)
    findings.tables += [groups.table(plane, settings), groups.testsTable(settings)]
    findings.method.references += PreferenceSource.references
    guard scores.arePersons else {
      let shares = PreferenceShares(groups.groups, plane, rule: rule, sensitivity: settings.sensitivity)
      findings.tables.append(shares.table(plane, groups.groups.enumerated().map { ($0.offset, $0.element.name) }))
      findings.warnOfNoIdeal(shares, "segments")
      return
    }
    let persons = PreferencePersons(scores, plane, settings)
    findings.facts.append(Fact("preference_base", persons.count))
    let limit = max(1, ground.input.privacy.suppressBelow)
    guard persons.fitted >= limit else { return }
    findings.add(persons, PreferenceDemand(persons, plane, fewest: limit), settings, limit: limit)
    let shown = groups.groups.compactMap { group in scores.segments.firstIndex(of: group.name).map { ($0, group.name) }
    }
    var tables: [(shares: PreferenceShares, names: [(Int, String)])] = []
    if groups.suppressed.isEmpty {
      let all = PreferenceShares(persons, scores, plane, groups: 1, rule: rule, sensitivity: settings.sensitivity)
      tables.append((all, [(0, "All")]))
      findings.warnOfNoIdeal(all, "persons")
      findings.warnOfOtherShares(all)
    }
    if !shown.isEmpty {
      let count = max(2, scores.segments.count)
      let each = PreferenceShares(persons, scores, plane, groups: count, rule: rule, sensitivity: settings.sensitivity)
      tables.append((each, shown))
    }
    findings.tables.append(PreferenceShares.table(plane, tables))
    let counted = scores.segments.isEmpty ? [(nil, "All")] : shown.map { (Int?($0.0), $0.1) }
    findings.tables.append(persons.kindsTable(counted, limit: limit))
  }

  static let references = [
    "Carroll, J. D. (1972). Individual differences and multidimensional scaling. In Shepard, Romney & Nerlove (eds), "
      + "Multidimensional Scaling, vol. 1, 105–155. Seminar Press."
  ]

  /// Refuses what cannot be placed at all.
  private func check(_ groups: PreferenceGroups, _ scores: PreferenceScores, _ ground: Groundwork) throws(Rejection) {
    let position = isOwnTable ? rows.position : ground.position(of: "preference")
    guard let most = groups.groups.map(\.brands.count).max() else {
      if !groups.suppressed.isEmpty { return }
      throw ground.rejection(
        "analysis.no-answers", at: position, "preferences name brands of the map, and none of '\(rows.name)' does",
        hint: scores.strangers.isEmpty
          ? nil
          : "found \(quotedList(Array(scores.strangers.prefix(5)))); the map has "
            + quotedList(Array(scores.brands.prefix(5))))
    }
    let model = settings.model.models[0]
    if most <= model.parameters {
      throw ground.rejection(
        "analysis.too-few-brands", at: position,
        "a \(model.rawValue) model has \(model.parameters) numbers to estimate and needs preferences for at least "
          + "\(model.parameters + 1) brands of the map, and \(most) \(most == 1 ? "was" : "were") found",
        hint: model == .vector ? nil : "set 'model: auto', which takes no model with too few brands")
    }
  }
}

extension PreferenceSettings {
  /// No model that needs distances on the map.
  var isVectorOnly: Bool { model == .vector || model == .internal }
}

extension Findings {
  fileprivate mutating func replaceSetting(_ name: String, _ value: (SettingValue?) -> SettingValue) {
    guard let at = method.settings.firstIndex(where: { $0.name == name }) else { return }
    method.settings[at].value = value(method.settings[at].value)
  }

  fileprivate mutating func add(_ map: InternalPreferenceMap, _ scores: PreferenceScores) {
    tables += [map.brandsTable, map.dimensionsTable]
    facts.append(Fact("internal_explained", map.explained, .share))
    if map.incomplete > 0 {
      cautions.append(
        Caution(
          "preference-incomplete",
          "\(grouped(map.incomplete)) of \(grouped(scores.count)) \(scores.arePersons ? "persons" : "segments") did not judge "
            + "every brand and have no say in the internal map"))
    }
  }

  /// Where models give many first choices to other brands than the answers do.
  fileprivate mutating func warnOfOtherShares(_ shares: PreferenceShares) {
    guard let observed = shares.observed else { return }
    let apart = zip(shares.shares.row(0), observed.row(0)).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
    guard apart > 0.15 else { return }
    cautions.append(
      Caution(
        "preference-shares-differ",
        "The shares that the models predict give \(Int((100 * apart).rounded())) % of preference to other brands than the answers "
          + "do: the map shows part of what is liked, and directions favour brands at its rim"))
  }

  fileprivate mutating func warnOfNoIdeal(_ shares: PreferenceShares, _ noun: String) {
    guard shares.withoutIdeal > 0 else { return }
    cautions.append(
      Caution(
        "preference-no-ideal",
        "\(grouped(shares.withoutIdeal)) \(noun) have no ideal point and so no say in the shares by inverse distance"))
  }

  fileprivate mutating func add(
    _ persons: PreferencePersons, _ demand: PreferenceDemand, _ settings: PreferenceSettings, limit: Int
  ) {
    let total = persons.weights.reduce(0, +)
    func share(_ holds: (PreferencePersons.Place) -> Bool) -> Double {
      persons.places.indices.reduce(0) { $0 + (holds(persons.places[$1]) ? persons.weights[$1] : 0) } / total
    }
    facts += [
      Fact("preference_fitted", persons.fitted),
      Fact(
        "preference_significant",
        persons.mayBeTold(.unclear, limit: limit) ? Value(share { $0 != .unclear }) : .missing, .share),
      Fact(
        "ideal_inside", persons.mayBeTold(.ideal, limit: limit) ? Value(share { $0 == .ideal }) : .missing, .share),
    ]
    if let bandwidth = demand.bandwidth {
      facts += [Fact("bandwidth_x", bandwidth.x), Fact("bandwidth_y", bandwidth.y)]
    }
    tables += [persons.directionsTable(limit: limit), demand.table]
    if persons.constant + persons.tooFew > 0 {
      var reasons: [String] = []
      if persons.constant > 0 { reasons.append("\(grouped(persons.constant)) like all brands alike") }
      if persons.tooFew > 0 { reasons.append("\(grouped(persons.tooFew)) judged too few brands for the model") }
      cautions.append(
        Caution(
          "preference-not-placed",
          "\(grouped(persons.constant + persons.tooFew)) of \(grouped(persons.count)) persons have no model of their own: "
            + reasons.joined(separator: ", ")))
    }
  }
}
