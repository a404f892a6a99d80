import Diagnostics
import Settings
import Statistics
import Tables

/// The settings of `segmentation` as understood, with the columns and rows they name.
struct SegmentationSettings {
  var rows: SourceRows
  /// The columns segments are formed from, and where the setting names each.
  var variables: [Column]
  var method: String
  var standardisation: Standardisation
  var count: SegmentCount
  var starts: Int
  var seed: UInt64
  var profile: ProfileSettings
  var gapSets: Int
  var names: [(number: Int, name: Groundwork.Named)]
  var describe: [Column]
  var value: Column?
  /// Case weights, one a row of `rows.kept`, above 0 and rescaled to sum to their number; nil where all count alike.
  var weights: [Double]?
  /// Bootstrap samples; 0 where stability is not asked for.
  var stabilityDraws: Int
  /// What a differing category costs; nil for the rule of k-prototypes.
  var gamma: Double?

  /// How often the rows are halved to see whether segments agree: a tenth of the bootstrap samples, at least 10.
  var halvings: Int { stabilityDraws == 0 ? 0 : max(10, stabilityDraws / 10) }
  /// What decides the number of segments round centres.
  var rule: ChoiceOfSegments.Rule
  /// Whether *k*-means moves rows after Ward's tree was cut.
  var isConsolidated: Bool
  /// Families of covariances that mixtures may have.
  var families: [CovarianceFamily]

  static let methods = ["k-means", "ward", "gaussian-mixture", "latent-class", "k-prototypes"]

  /// What the method's variables are; nil for one that is not computed yet.
  private var demand: SegmentationMethod.Variables? { SegmentationMethod.named(method)?.variables }

  /// Reads all settings; nil where there is no table to read them for. Errors are gathered in the groundwork.
  init?(_ work: inout Groundwork) {
    guard let table = work.rows("data") else { return nil }
    rows = table
    let respondent = work.column("respondent", in: rows, standard: "respondent", isNeeded: false)
    method = work.choice("method", among: Self.methods, standard: "k-means")
    let standardise = work.choice(
      "standardize", among: Standardisation.allCases.map(\.rawValue), standard: Standardisation.columns.rawValue)
    standardisation = Standardisation(rawValue: standardise) ?? .columns
    count = work.segmentCount()
    starts = work.integer("starts", standard: 50, in: 1...10_000)
    gamma = work.number("gamma", standard: nil, in: 0...1e9)
    let choose = work.choice(
      "choose", among: ChoiceOfSegments.Rule.allCases.map(\.rawValue),
      standard: ChoiceOfSegments.Rule.silhouette.rawValue)
    rule = ChoiceOfSegments.Rule(rawValue: choose) ?? .silhouette
    isConsolidated = work.truth("consolidate", standard: true)
    families = work.covarianceFamilies()
    gapSets = work.integer("gap_sets", standard: 20, in: 0...1_000)
    seed = UInt64(clamping: work.integer("seed", standard: 1, in: 0...Int.max))
    names = work.segmentNames(count)
    profile = ProfileSettings(&work, rows, typing: true)
    value = work.column("value", in: rows, isNeeded: false)
    if let value { _ = work.numbers(value, in: rows, as: "value") }
    describe = work.columns("describe", in: rows) ?? []
    stabilityDraws = work.integer("stability", standard: 100, in: 0...10_000)
    variables = []
    work.applyWhere(to: &rows)
    if let respondent {
      rows.dropMissing(respondent, as: "no respondent")
      work.checkOneRowEach(respondent, in: rows)
    }
    let given = work.caseWeights(in: &rows)
    let apart = [respondent, value, profile.response, given?.column].compactMap { $0?.name } + describe.map(\.name)
    variables = readVariables(&work, apart: apart)
    if SegmentationMethod.named(method)?.needsCompleteRows ?? true {
      for variable in variables { rows.dropMissing(variable) }
    } else if !variables.isEmpty {
      rows.keep(orDropAs: "no value in any variable") { row in variables.contains { !$0.isMissing(row) } }
    }
    let active = variables.map(\.name)
    describe.removeAll { active.contains($0.name) }
    weights = given?.rescaled(rows.kept)
    if weights != nil, SegmentationMethod.named(method)?.honoursWeights == false {
      work.cautions.append(
        Caution(
          "not-computed",
          "'weight' is not computed for '\(method)': segments are formed of people who count alike; profiles are weighted"
        ))
    }
    checkRows(&work)
    if work.setting("stability") == nil, rows.kept.count > ChoiceOfSegments.mostRowsForComparison {
      stabilityDraws = 0
      work.record("stability", .integer(0))
    }
  }

  /// The columns named, all numeric; or all numeric columns that have no other part to play.
  private func readVariables(_ work: inout Groundwork, apart: [String]) -> [Column] {
    if let demand, demand != .numbers, work.setting("variables") == nil {
      return Self.standardVariables(&work, in: rows, apart: apart, demand: demand)
    }
    if let named = work.columns("variables", in: rows) {
      let isNumeric = demand == .numbers
      return named.filter { !isNumeric || work.numbers($0, in: rows, as: "variable") != nil }
    }
    work.refuseSpoiledNumbers(in: rows, apart: apart)
    var chosen = rows.table.columns.filter { column in
      column.isNumeric && column.missingCount < column.count && !apart.contains(column.name)
    }
    let numbering = chosen.filter(ProfileColumns.isRunningNumber)
    if !numbering.isEmpty, numbering.count < chosen.count {
      chosen.removeAll(where: ProfileColumns.isRunningNumber)
      work.cautions.append(
        Caution(
          "identifier-left-out",
          "\(quotedList(numbering.map(\.name))) \(numbering.count == 1 ? "counts" : "count") the rows and "
            + "\(numbering.count == 1 ? "is" : "are") no variable; name the variables to use it all the same"))
    }
    work.record("variables", .list(chosen.map { .text($0.name) }))
    if chosen.isEmpty, demand == .numbers {
      work.fail(
        "analysis.no-variables", at: rows.position,
        "segments are formed from columns of numbers, and table '\(rows.name)' has none but those with another part to play"
      )
    }
    return chosen
  }

  /// What makes segments impossible whatever the method.
  private func checkRows(_ work: inout Groundwork) {
    checkCategories(&work)
    let variables = variables.filter { column in !categoryColumns.contains { $0.name == column.name } }
    guard demand != nil, !variables.isEmpty, !work.problems.hasErrors else { return }
    guard !rows.kept.isEmpty else { return noRows(&work) }
    let people = rows.kept.count
    guard people > count.least else {
      work.fail(
        "analysis.too-few-rows", at: work.position(of: "segments"),
        "\(count.least) segments need more than \(count.least) rows with a value in every variable, and there \(people == 1 ? "is" : "are") \(people)"
      )
      return
    }
    if standardisation == .withinPerson, variables.count < 2 {
      work.fail(
        "analysis.too-few-variables", at: work.position(of: "standardize"),
        "a person's answers are compared with each other, which takes two variables or more, and there is one")
    }
    for variable in variables {
      let numbers = variable.numbers()
      let first = numbers[rows.kept[0]]
      if (try? Moments(rows.kept.map { numbers[$0] })) == nil {
        work.fail(
          "analysis.not-computable", at: namePosition(variable.name, work) ?? rows.position(rows.kept[0], variable),
          "a variable has a variance that is a finite number, and the values of '\(variable.name)' are too far apart",
          hint: "look for values that are wrong by many orders of magnitude")
      } else if rows.kept.allSatisfy({ numbers[$0] == first }) {
        work.fail(
          "analysis.no-variance", at: namePosition(variable.name, work) ?? rows.position(rows.kept[0], variable),
          "a variable tells people apart, and '\(variable.name)' is \(variable.text(rows.kept[0]) ?? "the same") in every row used",
          hint: "leave it out of 'variables'")
      }
    }
  }

  func noRows(_ work: inout Groundwork) {
    let empty = variables.filter { $0.missingCount == $0.count }
    let isComplete = SegmentationMethod.named(method)?.needsCompleteRows ?? true
    work.fail(
      "analysis.no-rows", at: work.position(of: "variables"),
      "segments are formed from rows with a value in \(isComplete ? "every" : "a") variable, and there is none"
        + (empty.isEmpty
          ? "" : ": \(quotedList(empty.map(\.name))) \(empty.count == 1 ? "has" : "have") no values at all"),
      hint: empty.isEmpty
        ? "take fewer variables, or fill the gaps in the table"
        : "leave \(empty.count == 1 ? "it" : "them") out of 'variables'")
  }

  func namePosition(_ name: String, _ work: Groundwork) -> SourcePosition? {
    guard let setting = work.setting("variables"), case .list(let items) = setting.value else { return nil }
    return items.first { if case .scalar(name, _) = $0.value { true } else { false } }?.position
  }

  /// The rows used, by variable, as they are in the table.
  var points: Matrix {
    var result = Matrix(rows: rows.kept.count, columns: variables.count)
    for (column, variable) in variables.enumerated() {
      let numbers = variable.numbers()
      for (at, row) in rows.kept.enumerated() { result[at, column] = numbers[row] }
    }
    return result
  }
}
