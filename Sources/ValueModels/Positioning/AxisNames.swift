import Statistics

/// Names for the axes of a map: the attributes that draw each dimension most to either end.
///
/// Of the attributes with a say, on each side the two of the largest contribution, as far as they contribute at least half
/// as much as an average one; a suggestion is made of those that contribute at least as much as the average.
struct AxisNames {
  struct End {
    /// The strongest first, at most two.
    var names: [String]
    /// How many of them contribute at least as much as an average attribute.
    var strong: Int

    /// What may stand in a name.
    var leading: ArraySlice<String> { names.prefix(max(1, strong)) }
    var words: String { names.map(readable).joined(separator: ", ") }
  }

  let negative: End
  let positive: End

  init(_ names: [String], _ points: OrdinationPoints, dimension: Int) {
    let active = names.indices.filter { !points.isSupplementary[$0] }
    let average = 100 / Double(max(1, active.count))
    func end(_ sign: Double) -> End {
      let side = active.filter { points.principal[$0, dimension] * sign > 0 }
        .map { (name: names[$0], share: points.contributions[$0, dimension], order: $0) }
        .sorted { ($0.share, -$0.order) > ($1.share, -$1.order) }
        .filter { $0.share >= average / 2 }
        .prefix(2)
      return End(names: side.map(\.name), strong: side.count { $0.share >= average })
    }
    negative = end(-1)
    positive = end(1)
  }

  var suggestion: String {
    [positive, negative].filter { !$0.names.isEmpty }
      .map { $0.leading.map(readable).joined(separator: ", ") }.joined(separator: " against ")
  }

  /// The table of the dimensions that maps are drawn of.
  /// - Parameter hidden: Attributes that are not to be named.
  static func table(_ names: [String], _ points: OrdinationPoints, hidden: Set<Int> = []) -> FindingsTable {
    var table = FindingsTable(
      "axes", title: "Axes: the attributes that make each, as a name for it",
      columns: [
        .init("dimension", .integer), .init("negative", .text), .init("positive", .text), .init("suggestion", .text),
        .init("negative_1", .text), .init("negative_2", .text), .init("negative_strong", .integer),
        .init("positive_1", .text), .init("positive_2", .text), .init("positive_strong", .integer),
      ])
    var shown = points
    for at in hidden { shown.isSupplementary[at] = true }
    func text(_ names: [String], _ at: Int) -> Value { at < names.count ? .text(names[at]) : .missing }
    for dimension in 0..<min(3, points.principal.columns) {
      let axis = AxisNames(names, shown, dimension: dimension)
      func end(_ end: End) -> [Value] { [text(end.names, 0), text(end.names, 1), .integer(end.strong)] }
      table.add(
        [.integer(dimension + 1), .text(axis.negative.words), .text(axis.positive.words), .text(axis.suggestion)]
          + end(axis.negative) + end(axis.positive))
    }
    return table
  }
}

/// A column head as a reader would write it.
private func readable(_ name: String) -> String {
  name.contains(" ") ? name : name.split(separator: "_", omittingEmptySubsequences: false).joined(separator: " ")
}
