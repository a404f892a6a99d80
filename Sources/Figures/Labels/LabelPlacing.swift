import Graphics

/// Gives every name a place: no two overlap, none covers a mark or other text, none leaves the canvas, and no leader
/// runs through a name or across another leader. Where a crowd leaves no room a number stands for the name, and
/// where not even that fits nothing does; `keyed` lists both for a key beside the picture.
///
/// Candidate places with costs and annealing after Christensen, Marks and Shieber, *An empirical study of algorithms
/// for point-feature label placement* (1995); leaders, repair and numbers are added. The same requests give the same
/// layout on every machine: the generator is seeded and the work is counted, not timed.
///
/// - Parameters:
///   - canvas: px; labels stay inside.
/// - Returns: One placement a request. Requests that are not finite get none.
package func placeLabels(
  _ requests: [LabelRequest], avoiding obstacles: LabelObstacles = LabelObstacles(), within canvas: Rect
) -> LabelLayout {
  let sound = requests.indices.filter { i in
    let r = requests[i]
    return r.anchor.isFinite && r.radius.isFinite && r.size.width.isFinite && r.size.height.isFinite
  }
  var layout = LabelLayout(placements: [LabelPlacement?](repeating: nil, count: requests.count))
  guard !sound.isEmpty, canvas.width > 0, canvas.height > 0 else { return layout }
  let kept = sound.map { i in
    var request = requests[i]
    request.anchor = Point(snapped(request.anchor.x), snapped(request.anchor.y))
    request.radius = snapped(request.radius)
    return request
  }
  var search = LabelSearch(kept, SlotMaker(kept, obstacles, canvas: canvas))
  search.run()
  for (k, i) in sound.enumerated() {
    guard let slot = search.current[k] else { continue }
    layout.placements[i] = LabelPlacement(
      box: slot.box.rect, leader: slot.hasLeader ? slot.leader.segment : nil, isNumber: slot.isNumber, gap: slot.gap)
  }
  return layout
}
