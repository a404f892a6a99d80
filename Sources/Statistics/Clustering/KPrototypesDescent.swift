/// One descent of k-prototypes at a time over the same cases.
///
/// Clusters stand side by side in the lanes of a vector, so that a case is compared with all prototypes together.
struct KPrototypesDescent<Lanes: SIMD>: ~Copyable where Lanes.Scalar == Double {
  typealias Vector = UnsafeMutablePointer<Lanes>

  let cases: MixedCases
  let k: Int
  private let numbers: Int
  private let categories: Int
  private let points: UnsafeMutablePointer<Double>
  private let places: UnsafeMutablePointer<Int32>
  private let cluster: UnsafeMutablePointer<Int32>
  private let sums: Vector  // a number each
  private let centres: Vector
  /// The weight of each level, level by level over all categories.
  private let counts: Vector
  /// By how much a level falls short of the commonest of its category.
  private let lacks: Vector
  /// By how much the commonest level of a category leads the next, category by category.
  private let leads: Vector
  /// 1 where a level differs from the prototype's, else 0.
  private let differs: Vector
  private var clusterWeights = Lanes.zero
  private var sizes: [Int]

  init(_ cases: MixedCases, clusters k: Int) {
    self.cases = cases
    self.k = k
    (numbers, categories) = (cases.numbers, cases.categories)
    points = .allocate(capacity: cases.points.count)
    places = .allocate(capacity: cases.places.count)
    cluster = .allocate(capacity: cases.rows)
    let levels = cases.starts[cases.categories]
    (sums, centres) = (.allocate(capacity: numbers), .allocate(capacity: numbers))
    (counts, lacks, differs) = (.allocate(capacity: levels), .allocate(capacity: levels), .allocate(capacity: levels))
    leads = .allocate(capacity: categories)
    for (at, value) in cases.points.enumerated() { (points + at).initialize(to: value) }
    for (at, place) in cases.places.enumerated() { (places + at).initialize(to: place) }
    cluster.initialize(repeating: 0, count: cases.rows)
    for vector in [sums, centres] { vector.initialize(repeating: .zero, count: numbers) }
    for vector in [counts, lacks, differs] { vector.initialize(repeating: .zero, count: levels) }
    leads.initialize(repeating: .zero, count: categories)
    sizes = [Int](repeating: 0, count: k)
  }

  deinit {
    points.deallocate()
    places.deallocate()
    cluster.deallocate()
    for vector in [sums, centres, counts, lacks, differs, leads] { vector.deallocate() }
  }

  var assignments: [Int32] { Array(UnsafeBufferPointer(start: cluster, count: cases.rows)) }

  /// Goes down from prototypes to a local optimum, first all cases at once, then one by one.
  mutating func descend(from prototypes: Prototypes) {
    set(prototypes)
    var changed = assign()
    var rounds = 0
    while rounds < 100 {
      summarise()
      if fillEmptyClusters() { summarise() }
      rounds += 1
      guard changed > cases.rows / 400, rounds < 100 else { break }
      changed = assign()
      if changed == 0 { break }
    }
    moveSingleCases()
    summarise()
  }

  /// The objective at the assignments, from sums computed afresh.
  mutating func objective() -> Double {
    summarise()
    var total = 0.0
    for i in 0..<cases.rows {
      let own = Int(cluster[i])
      var square = 0.0
      for j in 0..<numbers {
        let difference = points[i * numbers + j] - centres[j][own]
        square += difference * difference
      }
      total += cases.weights[i] * square
    }
    for q in 0..<categories {
      var most = Lanes.zero
      for place in cases.starts[q]..<cases.starts[q + 1] { most = pointwiseMax(most, counts[place]) }
      for c in 0..<k { total += cases.gamma * (clusterWeights[c] - most[c]) }
    }
    return total
  }

  /// Means and commonest levels as they are now.
  var prototypes: Prototypes {
    var result = Prototypes(clusters: k, numbers: numbers, categories: categories)
    for c in 0..<k {
      for j in 0..<numbers { result.means[c * numbers + j] = centres[j][c] }
      for q in 0..<categories {
        let own = cases.starts[q]..<cases.starts[q + 1]
        result.places[c * categories + q] = Int32(own.first { differs[$0][c] == 0 } ?? own.lowerBound)
      }
    }
    return result
  }

  private mutating func set(_ prototypes: Prototypes) {
    for j in 0..<numbers { for c in 0..<k { centres[j][c] = prototypes.means[c * numbers + j] } }
    for q in 0..<categories {
      for place in cases.starts[q]..<cases.starts[q + 1] {
        for c in 0..<k { differs[place][c] = Int(prototypes.places[c * categories + q]) == place ? 0 : 1 }
      }
    }
  }

  /// Puts each case to its nearest prototype, the first of equals; returns how many changed.
  private func assign() -> Int {
    var changed = 0
    for i in 0..<cases.rows {
      var cost = Lanes.zero
      for q in 0..<categories { cost += differs[Int(places[i * categories + q])] }
      cost *= cases.gamma
      for j in 0..<numbers {
        let difference = points[i * numbers + j] - centres[j]
        cost += difference * difference
      }
      var best = (cluster: 0, cost: Double.infinity)
      for c in 0..<k where cost[c] < best.cost { best = (c, cost[c]) }
      if Int(cluster[i]) != best.cluster {
        cluster[i] = Int32(best.cluster)
        changed += 1
      }
    }
    return changed
  }

  /// Sums, weights and prototypes of the assignments.
  private mutating func summarise() {
    clusterWeights = .zero
    for c in 0..<k { sizes[c] = 0 }
    for j in 0..<numbers { sums[j] = .zero }
    for place in 0..<cases.starts[categories] { counts[place] = .zero }
    for i in 0..<cases.rows { add(i, to: Int(cluster[i]), sign: 1) }
    for c in 0..<k { settle(c) }
  }

  @inline(__always)
  private mutating func add(_ i: Int, to c: Int, sign: Double) {
    let weight = cases.weights[i] * sign
    for j in 0..<numbers { sums[j][c] += weight * points[i * numbers + j] }
    for q in 0..<categories { counts[Int(places[i * categories + q])][c] += weight }
    clusterWeights[c] += weight
    sizes[c] += sign > 0 ? 1 : -1
  }

  /// The prototype of a cluster from its sums.
  private func settle(_ c: Int) {
    guard sizes[c] > 0 else { return }
    for j in 0..<numbers { centres[j][c] = sums[j][c] / clusterWeights[c] }
    for q in 0..<categories {
      let own = cases.starts[q]..<cases.starts[q + 1]
      var (most, next, mode) = (-1.0, 0.0, own.lowerBound)
      for place in own {
        let count = counts[place][c]
        if count > most {
          (next, most, mode) = (max(most, 0), count, place)
        } else if count > next {
          next = count
        }
      }
      leads[q][c] = most - next
      for place in own {
        lacks[place][c] = most - counts[place][c]
        differs[place][c] = place == mode ? 0 : 1
      }
    }
  }

  /// Gives each empty cluster the case that costs most where it is; returns whether there was one.
  private mutating func fillEmptyClusters() -> Bool {
    var found = false
    for c in 0..<k where sizes[c] == 0 {
      var farthest = (row: -1, cost: -1.0)
      for i in 0..<cases.rows where sizes[Int(cluster[i])] > 1 {
        let own = Int(cluster[i])
        var cost = 0.0
        for j in 0..<numbers {
          let difference = points[i * numbers + j] - centres[j][own]
          cost += difference * difference
        }
        for q in 0..<categories { cost += cases.gamma * differs[Int(places[i * categories + q])][own] }
        if cost > farthest.cost { farthest = (i, cost) }
      }
      guard farthest.row >= 0 else { return found }
      let own = Int(cluster[farthest.row])
      add(farthest.row, to: own, sign: -1)
      settle(own)
      cluster[farthest.row] = Int32(c)
      add(farthest.row, to: c, sign: 1)
      settle(c)
      found = true
    }
    return found
  }

  /// Moves single cases while a move lowers the objective; means and commonest levels follow each move at once.
  private mutating func moveSingleCases() {
    let n = cases.rows
    var (sinceMove, at, left) = (0, 0, 100 * n)
    while sinceMove < n, left > 0 {
      left -= 1
      if tryMove(at) { sinceMove = 0 } else { sinceMove += 1 }
      at = at + 1 == n ? 0 : at + 1
    }
  }

  /// What joining and leaving really cost: the mean moves with the case, and the commonest level may change.
  @inline(__always)
  private mutating func tryMove(_ i: Int) -> Bool {
    let own = Int(cluster[i])
    guard sizes[own] > 1 else { return false }
    let weight = cases.weights[i]
    var square = Lanes.zero
    for j in 0..<numbers {
      let difference = points[i * numbers + j] - centres[j]
      square += difference * difference
    }
    var lacking = Lanes.zero
    let whole = Lanes(repeating: weight)
    var leaving = 0.0
    for q in 0..<categories {
      let lack = lacks[Int(places[i * categories + q])]
      lacking += pointwiseMin(lack, whole)
      leaving += lack[own] > 0 ? weight : max(0, weight - leads[q][own])
    }
    let joining = weight * clusterWeights / (clusterWeights + weight) * square + cases.gamma * lacking
    let rest = max(clusterWeights[own] - weight, .leastNormalMagnitude)
    let saving = weight * clusterWeights[own] / rest * square[own] + cases.gamma * leaving
    var best = (cluster: own, cost: Double.infinity)
    for c in 0..<k where c != own && joining[c] < best.cost { best = (c, joining[c]) }
    // A gain within rounding is none, else two cases could change places for ever.
    guard best.cost < saving * (1 - 1e-11) - 1e-300 else { return false }
    add(i, to: own, sign: -1)
    add(i, to: best.cluster, sign: 1)
    cluster[i] = Int32(best.cluster)
    settle(own)
    settle(best.cluster)
    return true
  }
}

// In this file, so that the compiler makes a version of the descent for each number of lanes.
extension KPrototypesSearch {
  /// Goes down from prototypes to a local optimum.
  func descended(_ prototypes: Prototypes) -> Descended {
    switch clusters {
    case ...2: descended(SIMD2<Double>.self, prototypes)
    case ...4: descended(SIMD4<Double>.self, prototypes)
    case ...8: descended(SIMD8<Double>.self, prototypes)
    case ...16: descended(SIMD16<Double>.self, prototypes)
    case ...32: descended(SIMD32<Double>.self, prototypes)
    default: descended(SIMD64<Double>.self, prototypes)
    }
  }

  private func descended<Lanes: SIMD>(_: Lanes.Type, _ prototypes: Prototypes) -> Descended
  where Lanes.Scalar == Double {
    var descent = KPrototypesDescent<Lanes>(cases, clusters: clusters)
    descent.descend(from: prototypes)
    let objective = descent.objective()
    return Descended(objective: objective, assignments: descent.assignments, prototypes: descent.prototypes)
  }
}
