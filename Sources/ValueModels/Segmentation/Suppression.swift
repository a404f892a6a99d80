/// Decides which groups of a table must stay unseen so that no small group can be read, directly or by subtraction.
///
/// A group is small where its base is above 0 and below the limit. One hidden group could be had from the total and
/// the others, and two that together stay below the limit would still show a small crowd; so the smallest of the
/// groups still shown are hidden too until at least two groups are hidden and together reach the limit.
struct Suppression: Sendable {
  /// Bases below it are not shown; 0 or 1 hides nothing.
  let below: Int

  /// Which groups are hidden, one truth a group.
  ///
  /// - Parameters:
  ///   - bases: distinct respondents of each group; they sum to a total that is shown.
  ///   - always: groups hidden elsewhere in the same findings, which stay hidden here.
  func hidden(_ bases: [Int], always: [Bool] = []) -> [Bool] {
    var hidden = bases.indices.map { index in
      (bases[index] > 0 && bases[index] < below) || (index < always.count && always[index])
    }
    guard hidden.contains(true) else { return hidden }
    while true {
      let concealed = bases.indices.filter { hidden[$0] && bases[$0] > 0 }
      let crowd = concealed.reduce(0) { $0 + bases[$1] }
      if concealed.count >= 2 && crowd >= below { return hidden }
      let shown = bases.indices.filter { !hidden[$0] && bases[$0] > 0 }
      // Of equals the later one, which stands further down in the table.
      guard let next = shown.min(by: { (bases[$0], -$0) < (bases[$1], -$1) }) else { return hidden }
      hidden[next] = true
    }
  }

  /// Whether a total over this many respondents may be shown.
  func showsTotal(_ base: Int) -> Bool { base >= below }
}
