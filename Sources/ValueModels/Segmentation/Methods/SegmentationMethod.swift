import Diagnostics
import Statistics

/// A way of forming segments: one entry of `all`, its computation in files of its own beside this one.
///
/// The frame (`Segmentation.swift`) reads the settings, calls `solve`, names and profiles the segments it returns, and
/// writes what all methods have in common.
struct SegmentationMethod: Sendable {
  /// What the variables are.
  enum Variables: Sendable {
    /// Columns of numbers; left to itself, the analysis takes all of them.
    case numbers
    /// Columns of categories.
    case categories
    /// Both.
    case mixed
  }

  /// As the setting `method` names it.
  let name: String
  let variables: Variables
  /// Whether rows with an empty cell in a variable are left out before segments are formed.
  let needsCompleteRows: Bool
  /// Whether `settings.weights` take part in forming the segments; profiles are weighted in any case.
  var honoursWeights = false
  /// Sources of the method itself; those of profiles are added.
  let references: [String]
  /// Forms the segments. Doubts go to the groundwork; what makes them impossible is thrown.
  let solve: @Sendable (inout Groundwork, SegmentationSettings) throws(Rejection) -> any SegmentSolution

  /// Methods that are computed, in the order in which they are listed.
  static let all: [SegmentationMethod] = [.kMeans, .ward, .gaussianMixture, .latentClass, .kPrototypes]

  static func named(_ name: String) -> SegmentationMethod? { all.first { $0.name == name } }

  /// Sources of what every method's segments are described by.
  static let commonReferences = ProfileSettings.references

  /// All sources, for the list of kinds.
  static var allReferences: [String] { distinct(all.flatMap(\.references)) + commonReferences }
}

/// Segments found by one of the methods, and what that method alone can say of them.
protocol SegmentSolution: Sendable {
  /// The number of segments taken.
  var count: Int { get }
  /// The segment of each row in `settings.rows.kept`, 0 ..< `count`, the largest segment first.
  var assignments: [Int] { get }
  /// How probably each row belongs to each segment, rows × segments, every row summing to 1; nil where rows belong wholly.
  var memberships: Matrix? { get }
  /// The rows as the segments were formed from them (standardised numbers), rows × variables; nil where there are none.
  var points: Matrix? { get }
  /// What decided the number of segments: `silhouette`, `bic`, `given`, …
  var criterion: String { get }
  /// The same as a sentence, without a full stop.
  var reason: String { get }
  /// Mean Jaccard similarity of each segment over resamples, 0–1; nil where it was not asked for.
  var stability: [Double]? { get }
  /// The method in a sentence that ends with the reason; `people` is what bases count.
  func summary(people: String) -> String
  /// Doubts about the segments, in the order in which they are printed.
  func cautions(people: String) -> [Caution]
  /// Facts beside `segments base criterion reason stability`.
  func facts(_ grouping: Grouping) -> [Fact]
  /// Tables beside `segments` and `profiles`: `criteria` first.
  func tables(_ grouping: Grouping) -> [FindingsTable]
}

extension SegmentSolution {
  var memberships: Matrix? { nil }
}
