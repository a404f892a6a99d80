/// The merges of Ward's method, found along chains of nearest neighbours (Benzécri 1982; Murtagh 1983).
///
/// Clusters are kept as centres and masses, not as distances, so memory grows with the rows only; the work is in the
/// square of the rows. Merging *a* and *b* raises the sum of squares within by m_a m_b / (m_a + m_b) · |a − b|².
struct WardChain: ~Copyable {
  /// One merge: nodes below `leaves` are points, node `leaves` + *s* is the cluster made by merge *s*.
  struct Merge: Sendable {
    var first: Int32
    var second: Int32
    /// The rise of the sum of squares.
    var rise: Double
  }

  private let columns: Int
  /// Slots kept a multiple of the vector width apart, so that whole vectors can be read.
  private let capacity: Int
  private var count: Int
  /// Column by column, so that one centre is compared with several others at once.
  private let centres: UnsafeMutablePointer<Double>
  private let masses: UnsafeMutablePointer<Double>
  private let rises: UnsafeMutablePointer<Double>
  private var nodes: [Int32]
  /// The smallest point of each cluster: what ties are settled by.
  private var eldest: [Int32]
  /// Where each slot stands in the chain, −1 where it does not.
  private var places: [Int32]
  private var chain: [Int32] = []

  private typealias Lanes = SIMD8<Double>

  /// - Parameters:
  ///   - points: Row by row, different from each other, finite.
  ///   - weights: One a row, > 0.
  init(points: [Double], columns: Int, weights: [Double]) {
    self.columns = columns
    count = weights.count
    capacity = (count + Lanes.scalarCount - 1) / Lanes.scalarCount * Lanes.scalarCount
    centres = .allocate(capacity: max(1, capacity * columns))
    masses = .allocate(capacity: max(1, capacity))
    rises = .allocate(capacity: max(1, capacity))
    centres.initialize(repeating: 0, count: capacity * columns)
    masses.initialize(repeating: 1, count: capacity)
    rises.initialize(repeating: 0, count: capacity)
    for row in weights.indices {
      masses[row] = weights[row]
      for j in 0..<columns { centres[j * capacity + row] = points[row * columns + j] }
    }
    nodes = weights.indices.map { Int32($0) }
    eldest = nodes
    places = [Int32](repeating: -1, count: count)
  }

  deinit {
    centres.deallocate()
    masses.deallocate()
    rises.deallocate()
  }

  /// All merges in the order of their height; of equals as they were found.
  consuming func merges() -> [Merge] {
    let leaves = count
    var found: [Merge] = []
    found.reserveCapacity(max(0, leaves - 1))
    while count > 1 {
      if chain.isEmpty { push(0) }
      let top = Int(chain[chain.count - 1])
      let before = chain.count > 1 ? Int(chain[chain.count - 2]) : -1
      let next = nearest(to: top, preferring: before)
      guard next == before else {
        push(next)
        continue
      }
      pop()
      pop()
      let rise = rises[next]
      let merge = Merge(first: nodes[top], second: nodes[next], rise: rise)
      // A merge is never below those it is made of; rounding could put it there.
      let below = [merge.first, merge.second].map { Int($0) < leaves ? 0 : found[Int($0) - leaves].rise }
      found.append(Merge(first: merge.first, second: merge.second, rise: max(rise, below[0], below[1])))
      join(top, next, as: Int32(leaves + found.count - 1))
    }
    return Self.ordered(found, leaves: leaves)
  }

  private mutating func push(_ slot: Int) {
    places[slot] = Int32(chain.count)
    chain.append(Int32(slot))
  }

  private mutating func pop() { places[Int(chain.removeLast())] = -1 }

  /// The slot whose merge with `slot` raises the sum least; `preferred` where it is among the best, then the eldest.
  private mutating func nearest(to slot: Int, preferring preferred: Int) -> Int {
    let mass = masses[slot]
    var least = Lanes(repeating: .infinity)
    var at = 0
    while at < count {
      var even = Lanes.zero
      var odd = Lanes.zero
      var column = centres
      var j = 0
      while j + 2 <= columns {
        let a = Self.load(column + at) - Lanes(repeating: column[slot])
        column += capacity
        let b = Self.load(column + at) - Lanes(repeating: column[slot])
        column += capacity
        even += a * a
        odd += b * b
        j += 2
      }
      if j < columns {
        let a = Self.load(column + at) - Lanes(repeating: column[slot])
        even += a * a
      }
      let others = Self.load(masses + at)
      let rise = (even + odd) * (others * Lanes(repeating: mass) / (others + Lanes(repeating: mass)))
      UnsafeMutableRawPointer(rises + at).storeBytes(of: rise, as: Lanes.self)
      if at / Lanes.scalarCount != slot / Lanes.scalarCount, at + Lanes.scalarCount <= count {
        least = pointwiseMin(least, rise)
      } else {
        for lane in 0..<Lanes.scalarCount where at + lane != slot && at + lane < count {
          least[lane] = min(least[lane], rise[lane])
        }
      }
      at += Lanes.scalarCount
    }
    let value = least.min()
    // What rounding alone tells apart is equal: else the same rows, weighted or repeated, could give two trees.
    let limit = value * (1 + 1e-10)
    if preferred >= 0, rises[preferred] <= limit { return preferred }
    var best = -1
    for other in 0..<count where rises[other] <= limit && other != slot {
      if best < 0 || eldest[other] < eldest[best] { best = other }
    }
    // Values that are no numbers cannot be compared; any partner ends the search.
    return best >= 0 ? best : preferred >= 0 ? preferred : slot == 0 ? 1 : 0
  }

  @inline(__always)
  private static func load(_ at: UnsafeMutablePointer<Double>) -> Lanes {
    UnsafeRawPointer(at).loadUnaligned(as: Lanes.self)
  }

  /// Puts the union into the first slot and the last slot into the place of the second.
  private mutating func join(_ a: Int, _ b: Int, as node: Int32) {
    let mass = masses[a] + masses[b]
    for j in 0..<columns {
      let column = centres + j * capacity
      // From the heavier one, so that equal centres stay what they are.
      let (heavy, light) = masses[a] >= masses[b] ? (a, b) : (b, a)
      column[a] = column[heavy] + (column[light] - column[heavy]) * (masses[light] / mass)
    }
    masses[a] = mass
    nodes[a] = node
    eldest[a] = min(eldest[a], eldest[b])
    let last = count - 1
    if b != last {
      for j in 0..<columns { centres[j * capacity + b] = centres[j * capacity + last] }
      masses[b] = masses[last]
      nodes[b] = nodes[last]
      eldest[b] = eldest[last]
      places[b] = places[last]
      if places[b] >= 0 { chain[Int(places[b])] = Int32(b) }
    }
    places[last] = -1
    count -= 1
  }

  private static func ordered(_ found: [Merge], leaves: Int) -> [Merge] {
    let order = found.indices.sorted { (found[$0].rise, $0) < (found[$1].rise, $1) }
    var step = [Int32](repeating: 0, count: found.count)
    for (new, old) in order.enumerated() { step[old] = Int32(new) }
    func renamed(_ node: Int32) -> Int32 { node < leaves ? node : Int32(leaves) + step[Int(node) - leaves] }
    return order.map {
      Merge(first: renamed(found[$0].first), second: renamed(found[$0].second), rise: found[$0].rise)
    }
  }
}
