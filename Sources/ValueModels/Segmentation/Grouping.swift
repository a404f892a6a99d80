/// Respondents divided into groups, the largest first: what every table of a segmentation is made from.
struct Grouping: Sendable {
  /// What stands in the `segment` column: 1, 2, … for segments found, the label for groups in the data.
  let keys: [Value]
  let names: [String]
  let slugs: [String]
  /// The group of each row used, from 0.
  let membership: [Int]
  /// Case weights of the rows used, summing to their number; nil where all count alike.
  let weights: [Double]?
  /// Rows of each group.
  let sizes: [Int]
  /// Groups that stay unseen wherever they would appear.
  let hidden: [Bool]

  var count: Int { sizes.count }
  var total: Int { membership.count }

  /// - Parameters:
  ///   - membership: the group of each row used, 0 ..< `keys.count`.
  ///   - weights: one a row used, above 0.
  ///   - suppression: what is too small to show.
  init(
    keys: [Value], names: [String], membership: [Int], weights: [Double]? = nil, suppression: Suppression
  ) {
    self.keys = keys
    self.names = names
    slugs = uniqueSlugs(names)
    self.membership = membership
    self.weights = weights
    var sizes = [Int](repeating: 0, count: keys.count)
    for group in membership { sizes[group] += 1 }
    self.sizes = sizes
    hidden = suppression.hidden(sizes)
  }

  /// Renumbers groups by falling size; of equals the one with the lower number comes first.
  static func bySize(_ membership: [Int], count: Int) -> (membership: [Int], order: [Int]) {
    var sizes = [Int](repeating: 0, count: count)
    for group in membership { sizes[group] += 1 }
    let order = (0..<count).sorted { (-sizes[$0], $0) < (-sizes[$1], $1) }
    var place = [Int](repeating: 0, count: count)
    for (position, group) in order.enumerated() { place[group] = position }
    return (membership.map { place[$0] }, order)
  }
}
