import Glibc
import Graphics
import Statistics

/// Chooses one place a label so that the sum of costs is small: greedy, descent, a short annealing, then ruin and
/// recreate wherever labels are still in conflict.
///
/// The work is bounded by a count of comparisons, never by a clock, so every machine gets the same picture.
struct LabelSearch {
  private let requests: [LabelRequest]
  private let maker: SlotMaker
  private var slots: [[Slot]] = []
  /// 0: only places beside the mark are listed; 1: those with leaders as well; 2: numbers too.
  private var stage: [Int]
  private(set) var current: [Slot?]
  /// The extents of `current` side by side, since the search asks little else; an unplaced label meets nothing.
  private var extents: [Box]
  private var random = SeededGenerator(seed: 1995)
  private var work = 0
  private let workLimit: Int

  init(_ requests: [LabelRequest], _ maker: SlotMaker) {
    self.requests = requests
    self.maker = maker
    stage = [Int](repeating: 0, count: requests.count)
    current = [Slot?](repeating: nil, count: requests.count)
    extents = [Box](repeating: .nowhere, count: requests.count)
    workLimit = 4_000_000 + 105_000 * requests.count
    slots = requests.enumerated().map { maker.near($0.offset, $0.element) }
  }

  mutating func run() {
    let order = hardestFirst()
    for i in order { place(i) }
    descend(order)
    anneal()
    descend(order)
    repair()
    settle()
  }

  /// The most crowded first, since they have the fewest places; among equals the most important.
  private func hardestFirst() -> [Int] {
    let crowding = requests.indices.map { i -> Double in
      let a = requests[i].anchor
      var sum = 0.0
      for r in requests {
        let d = (r.anchor - a).length
        if d < 90 { sum += 1 - d / 90 }
      }
      return sum + requests[i].priority
    }
    return requests.indices.sorted { (-crowding[$0], $0) < (-crowding[$1], $1) }
  }

  private mutating func expand(_ i: Int, to wanted: Int) {
    while stage[i] < wanted {
      stage[i] += 1
      if stage[i] == 1 {
        slots[i] += maker.far(i, requests[i])
      } else if requests[i].numberSize != nil {
        slots[i] += maker.near(i, requests[i], number: true) + maker.far(i, requests[i], number: true)
      }
      let listed = slots[i]
      slots[i] = listed.indices.sorted { (listed[$0].cost, $0) < (listed[$1].cost, $1) }.map { listed[$0] }
    }
  }

  /// What two places cost together.
  @inline(__always) private static func pair(_ a: borrowing Slot, _ b: borrowing Slot) -> Double {
    guard a.extent.meets(b.extent) else { return 0 }
    var cost = 0.0
    if a.box.grown(2, 0.5).meets(b.box) {
      let depth = min(
        min(a.box.maxX, b.box.maxX) - max(a.box.minX, b.box.minX),
        min(a.box.maxY, b.box.maxY) - max(a.box.minY, b.box.minY))
      cost += LabelCost.overlap + max(0, depth)
    }
    if a.hasLeader, b.box.grown(1, 0).isCrossed(a.leader) { cost += LabelCost.leaderThroughLabel }
    if b.hasLeader, a.box.grown(1, 0).isCrossed(b.leader) { cost += LabelCost.leaderThroughLabel }
    if a.hasLeader, b.hasLeader, a.leader.crosses(b.leader) { cost += LabelCost.leadersCross }
    return cost
  }

  /// What a place for label `i` costs against all others as they stand; gives up once above `limit`.
  private mutating func conflicts(_ i: Int, _ slot: Slot, limit: Double = .infinity) -> Double {
    var sum = 0.0
    work += current.count
    extents.withUnsafeBufferPointer { boxes in
      let own = slot.extent
      for j in boxes.indices where own.meets(boxes[j]) && j != i {
        guard let other = current[j] else { continue }
        sum += LabelSearch.pair(slot, other)
        if sum > limit { return }
      }
    }
    return sum
  }

  private mutating func set(_ i: Int, _ slot: Slot?) {
    current[i] = slot
    extents[i] = slot?.extent ?? .nowhere
  }

  private mutating func restore(_ saved: [Slot?]) {
    for i in saved.indices { set(i, saved[i]) }
  }

  /// The best place for label `i` as the others stand.
  private mutating func best(_ i: Int) -> (slot: Slot, cost: Double)? {
    var found: (slot: Slot, cost: Double)?
    for slot in slots[i] {
      let bound = found?.cost ?? .infinity
      if slot.cost >= bound { break }
      let cost = slot.cost + conflicts(i, slot, limit: bound - slot.cost)
      if cost < bound { found = (slot, cost) }
    }
    return found
  }

  private mutating func place(_ i: Int) {
    var found = best(i)
    for wanted in 1...2 where stage[i] < wanted && (found?.cost ?? .infinity) > (wanted == 1 ? 24 : 150) {
      expand(i, to: wanted)
      found = best(i)
    }
    set(i, found?.slot)
  }

  private mutating func descend(_ order: [Int]) {
    for _ in 0..<6 {
      var changed = false
      for i in order {
        let before = current[i].map { $0.cost + conflicts(i, $0) } ?? .infinity
        if before <= 0 { continue }
        let old = current[i]
        place(i)
        guard let new = current[i] else { continue }
        if new.cost + conflicts(i, new) < before - 1e-9 { changed = true } else { set(i, old) }
      }
      if !changed || work > workLimit { return }
    }
  }

  private mutating func total() -> Double {
    var sum = 0.0
    for i in current.indices {
      if let slot = current[i] { sum += slot.cost + conflicts(i, slot) / 2 } else { sum += LabelCost.overlap }
    }
    return sum
  }

  private mutating func anneal() {
    let n = requests.count
    guard n > 1 else { return }
    let start = current
    let before = total()
    let proposals = 50 * n
    let cooling = pow(0.3 / 40, 1 / Double(proposals))
    var temperature = 40.0
    for _ in 0..<proposals {
      temperature *= cooling
      let i = random.index(below: n)
      guard let old = current[i] else { continue }
      // Cheap places are proposed more often.
      let u = random.uniform()
      let slot = slots[i][min(slots[i].count - 1, Int(u * u * Double(slots[i].count)))]
      let limit = old.cost + conflicts(i, old) - temperature * log(1 - random.uniform())
      if slot.cost < limit, slot.cost + conflicts(i, slot, limit: limit - slot.cost) <= limit { set(i, slot) }
    }
    // Compared after both have run downhill; the annealed one stays only where it is better.
    let order = Array(0..<n)
    descend(order)
    if total() >= before { restore(start) }
  }

  /// Ruin and recreate: the neighbourhood of a label in conflict, or later of one that pays much, is cleared and
  /// placed anew in random order; kept if no worse.
  private mutating func repair() {
    let n = requests.count
    let distances = requests.indices.map { i in
      (0..<n).sorted { p, q in
        let a = requests[i].anchor
        return ((requests[p].anchor - a).length, p) < ((requests[q].anchor - a).length, q)
      }
    }
    var before = total()
    var idle = 0
    for round in 0..<300 {
      guard work < workLimit, idle < 60, let bad = target(round) else { return }
      var group = Array(distances[bad].prefix(4 + round % 11))
      let saved = current
      for i in group {
        expand(i, to: 2)
        set(i, nil)
      }
      random.shuffle(&group)
      for i in group { place(i) }
      descend(group)
      let after = total()
      if after > before { restore(saved) }
      idle = after < before - 0.5 ? 0 : idle + 1
      before = min(before, after)
    }
  }

  /// The label in worst conflict; where there is none, in turn those that stand far off or are mere numbers.
  private mutating func target(_ round: Int) -> Int? {
    var worst: (index: Int, cost: Double)?
    var dear: [Int] = []
    for i in current.indices {
      guard let slot = current[i] else {
        if !slots[i].isEmpty { dear.append(i) }
        continue
      }
      let cost = conflicts(i, slot)
      if cost >= LabelCost.conflict, cost > worst?.cost ?? 0 { worst = (i, cost) }
      if slot.cost > 22 * (1 + requests[i].priority) { dear.append(i) }
    }
    // A conflict that does not yield must not keep the others from their turn.
    if let worst, round % 3 != 2 || dear.isEmpty { return worst.index }
    return dear.isEmpty ? worst?.index : dear[random.index(below: dear.count)]
  }

  /// Takes away what is still in conflict, the least important first, and gives it whatever is free.
  /// After this nothing overlaps, whatever went before.
  private mutating func settle() {
    while true {
      var victim: (index: Int, key: Double)?
      for i in current.indices {
        guard let slot = current[i] else { continue }
        let cost = conflicts(i, slot)
        guard cost > 0 else { continue }
        let key = cost - 10_000 * requests[i].priority
        if victim == nil || key > victim?.key ?? 0 { victim = (i, key) }
      }
      guard let i = victim?.index else { break }
      set(i, nil)
    }
    for i in current.indices where current[i] == nil {
      expand(i, to: 2)
      for slot in slots[i] where conflicts(i, slot, limit: 0) == 0 {
        set(i, slot)
        break
      }
    }
    for _ in 0..<3 {
      let without = current.indices.filter { current[$0] == nil && !slots[$0].isEmpty }
      if without.isEmpty { break }
      for i in without { makeRoom(i) }
    }
  }

  /// Gives a label that has no place one where others stand, if these find a free place elsewhere: a long name that turns
  /// into a number often makes room for several.
  private mutating func makeRoom(_ i: Int) {
    for slot in slots[i] {
      let standing = current.indices.filter { j in
        j != i && current[j].map { LabelSearch.pair(slot, $0) > 0 } ?? false
      }
      guard standing.count <= 3, standing.allSatisfy({ requests[$0].priority <= requests[i].priority + 0.6 }) else {
        continue
      }
      let saved = standing.map { current[$0] }
      for j in standing { set(j, nil) }
      set(i, slot)
      var isDone = true
      for j in standing {
        expand(j, to: 2)
        guard let free = slots[j].first(where: { conflicts(j, $0, limit: 0) == 0 }) else {
          isDone = false
          break
        }
        set(j, free)
      }
      if isDone { return }
      set(i, nil)
      for (j, old) in zip(standing, saved) { set(j, old) }
    }
  }
}
