import Diagnostics
import Statistics
import Tables

/// All that is told of groups, whether they were found or stood in the data: sizes, profiles, verdicts, the typing tool.
struct ProfiledGroups {
  private let tables: SegmentTables
  private let tool: TypingTool?
  private let verdicts: SegmentVerdicts
  private let reach: Double?

  /// Profiles the groups and says in the groundwork what is doubtful about them.
  ///
  /// - Parameters:
  ///   - variables: the columns profiled; those the groups were formed from are marked.
  ///   - stability: by group; nil where it is not known.
  init(
    _ work: inout Groundwork, _ grouping: Grouping, _ variables: [ProfileVariable], _ settings: ProfileSettings,
    _ rows: SourceRows, value: Column?, stability: [Double]?, suppression: Suppression
  ) {
    let profiles = variables.compactMap {
      VariableProfile($0, grouping: grouping, suppression: suppression, letters: settings.letters)
    }
    var tables = SegmentTables(grouping: grouping, profiles: profiles)
    tables.worth = work.worth(value, rows, grouping, suppression)
    tables.stability = stability
    self.tables = tables
    if let caution = tables.instability { work.cautions.append(caution) }
    work.cautions += tables.cautions(work.input.privacy, people: rows.people)

    let response = settings.response ?? value
    let isFormed = variables.contains(where: \.isActive)
    // What groups are told by must be known before their response is.
    let describing = variables.filter { !$0.isActive && $0.name != response?.name && $0.name != value?.name }
    let folds = settings.typing?.folds ?? 10
    func people(_ chosen: [ProfileVariable]) -> TypedPeople? {
      TypedPeople(chosen, profiles, grouping, suppression: suppression, folds: folds, seed: settings.seed)
    }
    let byDescription = describing.isEmpty ? nil : people(describing)
    var areas = [Double?](repeating: nil, count: grouping.count)
    if let byDescription, let found = try? QuestionSelection.probabilities(byDescription.cases) {
      for (at, group) in byDescription.groups.enumerated() {
        areas[group] = areaUnderCurve(
          scores: found.column(at), isPositive: byDescription.membership.map { $0 == at },
          weights: byDescription.weights)
      }
      reach = byDescription.share { row in
        let scores = Array(found.row(row))
        return scores.firstIndex(of: scores.max() ?? 0) == byDescription.membership[row]
      }
    } else {
      reach = nil
    }
    verdicts = SegmentVerdicts(
      grouping: grouping, profiles: profiles, stability: stability, areas: areas, response: response?.name,
      minimumBase: work.input.privacy.minimumBase)

    guard let typing = settings.typing else {
      tool = nil
      return
    }
    let formed = variables.filter(\.isActive)
    let chosen: [ProfileVariable] =
      switch typing.from {
      case .variables: isFormed ? formed : describing
      case .describe: describing
      case .all: formed + describing
      }
    let asked = people(chosen)
    tool = asked.flatMap { TypingTool($0, grouping, most: typing.questions) }
    if let sampled = (asked?.sampled ?? byDescription?.sampled) {
      work.cautions.append(
        Caution(
          "typing-sample",
          "The typing tool and the verdict on reach rest on \(grouped(sampled)) \(rows.people) drawn by chance, since all would be too many"
        ))
    }
    if tool == nil {
      work.cautions.append(
        Caution("no-typing-tool", "There are too few people, groups or questions shown for a typing tool"))
    }
  }

  /// Variables profiled.
  var count: Int { tables.profiles.count }

  var facts: [Fact] {
    var facts: [Fact] = []
    if let weights = tables.grouping.weights {
      facts.append(Fact("effective_base", CaseWeights.effectiveBase(weights)))
    }
    facts += tool?.facts ?? []
    if let reach { facts.append(Fact("reach_accuracy", reach, .share)) }
    return facts
  }

  func segments(title: String) -> FindingsTable { tables.segments(title: title) }
  func profiles(title: String) -> FindingsTable { tables.profileTable(title: title) }
  /// Verdicts and the typing tool.
  var further: [FindingsTable] { [verdicts.table()] + (tool?.tables ?? []) }

  /// The tables every profile has, as `valuemap analyses` lists them.
  static let findings: [AnalysisKind.Description] = [
    .init(
      "segments",
      "A row a group: size in respondents, share (0–1, weighted where there are weights), base, share of the value column, stability, as a suggestion for a name what sets the group most apart, the letter of its column, and with weights the effective base."
    ),
    .init(
      "profiles",
      "A row a variable, answer and group: value (a mean, or the share of an answer, 0–1), total, index (total = 100), difference, test value, effect size (η² for numbers, Cramér's V for categories; groups shown only), significant at 5 %, base, 95 % interval, measure, whether the groups were formed from it, the letters of the groups that lie below it beyond chance, the 95 % interval of the difference, and with weights the effective base."
    ),
    SegmentVerdicts.findings,
    .init(
      "typing",
      "A row a question of the typing tool, in the order of selection: the accuracy with all questions so far (cross-validated) with its 95 % interval, and whether it is asked: the fewest questions within one standard error of the best."
    ),
    .init(
      "typing_functions",
      "A row a segment and term: the coefficient of its classification function. A person belongs to the segment with the largest sum of constant and coefficients times answers; the term of an answer counts 1 where it was given."
    ),
    .init("typing_confusion", "A row a segment and a segment predicted: cases, and their share of the segment."),
    .init("typing_recall", "A row a segment: recall, precision and base."),
  ]
}
