import Diagnostics
import Settings
import Statistics
import Tables

/// Settings of `segmentation` and `segment-profile` that say what is told of the groups.
struct ProfileSettings {
  /// How many questions a typing tool may ask, in how many folds it is tried, and what it may choose from.
  struct Typing {
    enum Source: String, CaseIterable { case variables, describe, all }

    var questions: Int
    var folds: Int
    var from: Source
  }

  var letters: PairTests.Adjustment
  /// The column whose differences say who responds; nil where there is none.
  var response: Column?
  /// Nil where no typing tool is asked for.
  var typing: Typing?
  var seed: UInt64

  /// - Parameter typing: Whether there is a typing tool where the setting is not given.
  init(_ work: inout Groundwork, _ rows: SourceRows, typing: Bool) {
    let choice = work.choice(
      "letters", among: PairTests.Adjustment.allCases.map(\.rawValue),
      standard: PairTests.Adjustment.bonferroni.rawValue)
    letters = PairTests.Adjustment(rawValue: choice) ?? .bonferroni
    response = work.column("response", in: rows, isNeeded: false)
    self.typing = work.typing(isOn: typing)
    seed = UInt64(clamping: work.integer("seed", standard: 1, in: 0...Int.max))
  }

  static func descriptions(typing: String) -> [AnalysisKind.SettingDescription] {
    [
      .init(
        "letters", "bonferroni",
        "How the tests of pairs of groups are adjusted for their number: bonferroni, or fdr (Benjamini and Hochberg). A group carries the letters of the groups that lie below it beyond chance (5 %)."
      ),
      .init(
        "response", "the column of 'value'",
        "Column that says who responds (a share, a mean, or yes and no): the verdict 'responsive' rests on it."),
      .init(
        "typing", typing,
        "The typing tool: true, false, or {questions: 8, folds: 10, from: variables}: at most so many questions, accuracy by so many folds, chosen from variables, describe or all."
      ),
    ]
  }

  static let facts: [AnalysisKind.Description] = [
    .init("effective_base", "With weights: (Σw)²/Σw², how many people of equal weight tell as much."),
    .init("typing_questions", "Questions of the typing tool."),
    .init("typing_accuracy", "Share of people it puts into their own group, cross-validated, 0–1."),
    .init("typing_resubstitution", "The same share of the people its functions were fitted to: always flattering."),
    .init("typing_chance", "Share expected if people were dealt to groups by the groups' sizes, 0–1."),
    .init("typing_largest", "Share of the largest group: what calling everyone by it would get right."),
    .init("reach_accuracy", "Share of people whose group the describing columns predict, cross-validated, 0–1."),
  ]

  static let references = [
    "Lebart, Morineau & Piron 1995 (test values)", "Wilson 1927 (intervals of shares)",
    "Newcombe 1998 (intervals of differences)", "Benjamini & Hochberg 1995 (false discovery rate)",
    "Fisher 1936 (linear discriminant functions)", "Breiman et al. 1984 (one standard error)",
    "Wedel & Kamakura 2000 (what makes a good segment)", "Cohen 1988 (effect sizes)",
  ]
}

/// The columns there are, each once.
func distinctColumns(_ columns: [Column?]) -> [Column] {
  var result: [Column] = []
  for column in columns.compactMap({ $0 }) where !result.contains(where: { $0.name == column.name }) {
    result.append(column)
  }
  return result
}

extension Groundwork {
  /// The setting `typing: true | false | {questions, folds, from}`.
  fileprivate mutating func typing(isOn: Bool) -> ProfileSettings.Typing? {
    var typing = ProfileSettings.Typing(questions: 8, folds: 10, from: .variables)
    guard let setting = setting("typing") else {
      record("typing", isOn ? typing.printed : .truth(false))
      return isOn ? typing : nil
    }
    if case .map = setting.value {
      let inner = SettingsReader(setting, at: "\(reader.path).typing")
      typing.questions = inner.integer("questions", default: 8, in: 1...40)
      typing.folds = inner.integer("folds", default: 10, in: 2...100)
      let sources = ProfileSettings.Typing.Source.allCases.map(\.rawValue)
      typing.from = .init(rawValue: inner.choice("from", of: sources, default: "variables")) ?? .variables
      inner.finish()
      problems.add(contentsOf: inner.diagnostics)
      record("typing", typing.printed)
      return typing
    }
    let wanted = truth("typing", standard: isOn)
    record("typing", wanted ? typing.printed : .truth(false))
    return wanted ? typing : nil
  }
}

extension ProfileSettings.Typing {
  fileprivate var printed: SettingValue {
    .map([
      .init("questions", .integer(questions)), .init("folds", .integer(folds)), .init("from", .text(from.rawValue)),
    ])
  }
}
