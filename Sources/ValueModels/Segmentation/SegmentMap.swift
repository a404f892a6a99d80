import Statistics

/// Segments in the plane that tells them apart best: what the figure `map` is drawn from.
struct SegmentMap: Sendable {
  private let plane: GroupPlane
  private let grouping: Grouping
  private let variables: [String]

  /// - Parameters:
  ///   - points: the rows as the segments were formed from them.
  ///   - variables: the names of their columns.
  /// - Returns: nil where there is no plane: one variable, or segments that do not differ.
  init?(_ points: Matrix?, _ grouping: Grouping, variables: [String]) {
    guard let points, points.columns == variables.count,
      let plane = GroupPlane(
        points, groups: grouping.membership, count: grouping.count, weights: grouping.weights)
    else { return nil }
    self.plane = plane
    self.grouping = grouping
    self.variables = variables
  }

  var facts: [Fact] { [Fact("map_explained", .number(plane.explained), .share)] }

  /// `map`, a row a segment; and `map_variables`, a row a variable. Places of hidden segments are missing.
  var tables: [FindingsTable] {
    var segments = FindingsTable(
      "map", title: "Segments in the plane that tells them apart best",
      columns: [
        .init("segment", .integer), .init("name", .text), .init("x"), .init("y"), .init("sd_x"), .init("sd_y"),
        .init("correlation"),
      ])
    for g in 0..<grouping.count {
      let place = grouping.hidden[g] ? nil : plane.places[g]
      segments.add([
        grouping.keys[g], .text(grouping.names[g]), Value(place?.x), Value(place?.y), Value(place?.deviationX),
        Value(place?.deviationY), Value(place?.correlation),
      ])
    }
    var arrows = FindingsTable(
      "map_variables", title: "Correlations of the variables with the axes of the map",
      columns: [.init("variable", .text), .init("x"), .init("y")])
    for (name, place) in zip(variables, plane.variables) { arrows.add([.text(name), Value(place.x), Value(place.y)]) }
    return [segments, arrows]
  }
}
