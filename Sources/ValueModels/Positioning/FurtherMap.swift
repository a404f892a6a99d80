import Diagnostics

/// A map of two dimensions that are not the first two.
enum FurtherMap: String, CaseIterable {
  case firstAndThird = "map-1-3"
  case secondAndThird = "map-2-3"

  /// The dimensions it shows, from 0.
  var plane: [Int] { self == .firstAndThird ? [0, 2] : [1, 2] }

  /// The column of the findings that tells how much of a point it shows.
  var qualityColumn: String { self == .firstAndThird ? "quality_1_3" : "quality_2_3" }

  /// The figure with attributes on a circle, which needs no dimension more.
  static let moonplot = "moonplot"

  /// What `figures` asks for; none where it is not given.
  static func asked(_ ground: inout Groundwork) -> [FurtherMap] {
    let known = allCases.map(\.rawValue) + [moonplot]
    var found: [FurtherMap] = []
    for named in ground.texts("figures") ?? [] {
      if let map = FurtherMap(rawValue: named.name) {
        found.append(map)
      } else if named.name != moonplot {
        ground.fail(
          "settings.unknown-choice", at: named.position,
          "'figures' adds \(quotedList(known)) to the figures that are always there, and '\(named.name)' was found",
          hint: nearestHint(to: named.name, among: known))
      }
    }
    return found
  }
}
