import Glibc

/// One descent of k-means at a time over the same points.
///
/// Centres are stored variable by variable with the clusters side by side, padded to whole vectors of 4, so that the
/// distances of a point to 4 centres are computed together; padding centres stand at infinity.
struct KMeansDescent: ~Copyable {
  private let data: KMeansData
  private let k: Int
  private let d: Int
  private let blocks: Int
  private let centres: UnsafeMutablePointer<SIMD4<Double>>  // d × blocks
  private let squares: UnsafeMutablePointer<SIMD4<Double>>  // blocks
  private let points: UnsafeMutablePointer<Double>
  private let pointWeights: UnsafeMutablePointer<Double>
  private let sums: UnsafeMutablePointer<Double>  // k × d
  private let clusterWeights: UnsafeMutablePointer<Double>
  private let clusterSizes: UnsafeMutablePointer<Int>
  private let cluster: UnsafeMutablePointer<Int32>
  /// At least the distance to the own centre less `drift` of it; see `descend`.
  private let upper: UnsafeMutablePointer<Double>
  /// At most the distance to any other centre plus `reach`.
  private let lower: UnsafeMutablePointer<Double>
  /// How far each centre has moved in all.
  private let drift: UnsafeMutablePointer<Double>
  /// The sum over steps of the largest movement of a centre.
  private var reach = 0.0

  init(_ data: KMeansData, clusters k: Int) {
    self.data = data
    self.k = k
    d = data.columns
    blocks = (k + 3) / 4
    centres = .allocate(capacity: d * blocks)
    squares = .allocate(capacity: blocks)
    points = .allocate(capacity: data.points.count)
    pointWeights = .allocate(capacity: data.rows)
    sums = .allocate(capacity: k * d)
    clusterWeights = .allocate(capacity: k)
    clusterSizes = .allocate(capacity: k)
    cluster = .allocate(capacity: data.rows)
    upper = .allocate(capacity: data.rows)
    lower = .allocate(capacity: data.rows)
    drift = .allocate(capacity: k)
    centres.initialize(repeating: SIMD4(repeating: .infinity), count: d * blocks)
    squares.initialize(repeating: .zero, count: blocks)
    for i in data.points.indices { (points + i).initialize(to: data.points[i]) }
    for i in 0..<data.rows { (pointWeights + i).initialize(to: data.weights[i]) }
    sums.initialize(repeating: 0, count: k * d)
    clusterWeights.initialize(repeating: 0, count: k)
    clusterSizes.initialize(repeating: 0, count: k)
    cluster.initialize(repeating: 0, count: data.rows)
    upper.initialize(repeating: 0, count: data.rows)
    lower.initialize(repeating: 0, count: data.rows)
    drift.initialize(repeating: 0, count: k)
  }

  deinit {
    centres.deallocate()
    squares.deallocate()
    points.deallocate()
    pointWeights.deallocate()
    sums.deallocate()
    clusterWeights.deallocate()
    clusterSizes.deallocate()
    cluster.deallocate()
    upper.deallocate()
    lower.deallocate()
    drift.deallocate()
  }

  /// The cluster of each row.
  var assignments: [Int32] { Array(UnsafeBufferPointer(start: cluster, count: data.rows)) }

  // MARK: Seeds

  /// Chooses k rows as centres, each with probability in proportion to its weight and its squared distance to the
  /// nearest centre so far.
  mutating func seed(_ generator: inout SeededGenerator) {
    let n = data.rows
    var nearest = [Double](repeating: .infinity, count: n)
    var chosen = draw(pointWeights, &generator)
    for c in 0..<k {
      setCentre(c, to: points + chosen * d)
      guard c + 1 < k else { break }
      var total = 0.0
      let centre = points + chosen * d
      for i in 0..<n {
        var square = 0.0
        let point = points + i * d
        for j in 0..<d {
          let difference = point[j] - centre[j]
          square += difference * difference
        }
        if square < nearest[i] { nearest[i] = square }
        upper[i] = nearest[i] * pointWeights[i]
        total += upper[i]
      }
      // Points that differ by less than their squares can show count as one; then any row not on a centre will do.
      chosen = total > 0 ? draw(upper, &generator) : generator.index(below: n)
    }
  }

  private func draw(_ shares: UnsafeMutablePointer<Double>, _ generator: inout SeededGenerator) -> Int {
    let n = data.rows
    var total = 0.0
    for i in 0..<n { total += shares[i] }
    var left = generator.uniform() * total
    var last = 0
    for i in 0..<n where shares[i] > 0 {
      last = i
      left -= shares[i]
      if left < 0 { return i }
    }
    return last
  }

  private mutating func setCentre(_ c: Int, to point: UnsafeMutablePointer<Double>) {
    for j in 0..<d { centres[j * blocks + (c >> 2)][c & 3] = point[j] }
  }

  // MARK: Descent

  /// Goes down from the centres as they are to a local optimum.
  mutating func descend() {
    assignAll()
    fillEmptyClusters()
    let few = data.rows / 400
    for _ in 0..<200 {
      recomputeCentres()
      if reassign() <= few { break }
      fillEmptyClusters()
    }
    fillEmptyClusters()
    recomputeCentres()
    moveSinglePoints()
  }

  /// The squared distances of a point to all centres, left in `squares`.
  @inline(__always)
  private func measure(_ i: Int) {
    let point = points + i * d
    if blocks == 1 {
      var sum = SIMD4<Double>.zero
      for j in 0..<d {
        let difference = SIMD4(repeating: point[j]) - centres[j]
        sum += difference * difference
      }
      squares[0] = sum
    } else if blocks == 2 {
      var first = SIMD4<Double>.zero
      var second = SIMD4<Double>.zero
      for j in 0..<d {
        let coordinate = SIMD4(repeating: point[j])
        let a = coordinate - centres[2 * j]
        let b = coordinate - centres[2 * j + 1]
        first += a * a
        second += b * b
      }
      squares[0] = first
      squares[1] = second
    } else {
      for block in 0..<blocks {
        var sum = SIMD4<Double>.zero
        for j in 0..<d {
          let difference = SIMD4(repeating: point[j]) - centres[j * blocks + block]
          sum += difference * difference
        }
        squares[block] = sum
      }
    }
  }

  /// The nearest centre (the first of equals), its squared distance, and that of the second nearest.
  @inline(__always)
  private func nearestTwo() -> (cluster: Int, square: Double, second: Double) {
    var best = (cluster: 0, square: Double.infinity, second: Double.infinity)
    let flat = UnsafeRawPointer(squares).assumingMemoryBound(to: Double.self)
    for c in 0..<k {
      let square = flat[c]
      if square < best.square {
        best = (c, square, best.square)
      } else if square < best.second {
        best.second = square
      }
    }
    return best
  }

  @inline(__always)
  private func squareToCentre(_ i: Int, _ c: Int) -> Double {
    let point = points + i * d
    let flat = UnsafeRawPointer(centres).assumingMemoryBound(to: Double.self) + c
    var square = 0.0
    for j in 0..<d {
      let difference = point[j] - flat[j * blocks * 4]
      square += difference * difference
    }
    return square
  }

  private mutating func assignAll() {
    reach = 0
    for c in 0..<k {
      clusterWeights[c] = 0
      clusterSizes[c] = 0
      drift[c] = 0
      for j in 0..<d { sums[c * d + j] = 0 }
    }
    for i in 0..<data.rows {
      measure(i)
      let nearest = nearestTwo()
      cluster[i] = Int32(nearest.cluster)
      upper[i] = nearest.square.squareRoot()
      lower[i] = nearest.second.squareRoot()
      add(i, to: nearest.cluster, sign: 1)
    }
  }

  @inline(__always)
  private func add(_ i: Int, to c: Int, sign: Double) {
    let weight = pointWeights[i] * sign
    let point = points + i * d
    let sum = sums + c * d
    for j in 0..<d { sum[j] += weight * point[j] }
    clusterWeights[c] += weight
    clusterSizes[c] += sign > 0 ? 1 : -1
  }

  /// Gives each empty cluster the point farthest from its centre among clusters of two or more.
  private mutating func fillEmptyClusters() {
    for c in 0..<k where clusterSizes[c] == 0 {
      var farthest = (row: -1, square: -1.0)
      for i in 0..<data.rows where clusterSizes[Int(cluster[i])] > 1 {
        let square = squareToCentre(i, Int(cluster[i]))
        if square > farthest.square { farthest = (i, square) }
      }
      guard farthest.row >= 0 else { return }
      let row = farthest.row
      add(row, to: Int(cluster[row]), sign: -1)
      cluster[row] = Int32(c)
      clusterWeights[c] = 0
      for j in 0..<d { sums[c * d + j] = 0 }
      add(row, to: c, sign: 1)
      setCentre(c, to: points + row * d)
      // The bounds of the other points do not know this centre.
      for i in 0..<data.rows { lower[i] = 0 }
      upper[row] = -drift[c]
    }
  }

  private mutating func recomputeCentres() {
    var largest = 0.0
    for c in 0..<k { largest = max(largest, recomputeCentre(c)) }
    reach += largest
  }

  /// Puts a centre on the mean of its points; returns how far it moved.
  @inline(__always)
  private func recomputeCentre(_ c: Int) -> Double {
    guard clusterSizes[c] > 0 else { return 0 }
    let flat = UnsafeMutableRawPointer(centres).assumingMemoryBound(to: Double.self) + c
    let scale = 1 / clusterWeights[c]
    var square = 0.0
    for j in 0..<d {
      let mean = sums[c * d + j] * scale
      let difference = mean - flat[j * blocks * 4]
      square += difference * difference
      flat[j * blocks * 4] = mean
    }
    let moved = square.squareRoot()
    drift[c] += moved
    return moved
  }

  /// Puts each point to its nearest centre where the bounds leave a doubt; returns how many changed.
  private mutating func reassign() -> Int {
    var changed = 0
    for i in 0..<data.rows {
      let own = Int(cluster[i])
      let least = lower[i] - reach
      guard upper[i] + drift[own] > least else { continue }
      let distance = squareToCentre(i, own).squareRoot()
      upper[i] = distance - drift[own]
      guard distance > least else { continue }
      measure(i)
      let nearest = nearestTwo()
      lower[i] = nearest.second.squareRoot() + reach
      upper[i] = nearest.square.squareRoot() - drift[nearest.cluster]
      guard nearest.cluster != own else { continue }
      add(i, to: own, sign: -1)
      add(i, to: nearest.cluster, sign: 1)
      cluster[i] = Int32(nearest.cluster)
      changed += 1
    }
    return changed
  }

  // MARK: Single moves

  /// Moves single points while a move lowers the sum of squares.
  ///
  /// Taking a point of weight w out of a cluster of weight W saves w·W/(W − w)·δ²; putting it into another costs
  /// w·W/(W + w)·δ². Centres follow each move at once.
  private mutating func moveSinglePoints() {
    let n = data.rows
    var sinceMove = 0
    var at = 0
    var stepsLeft = 200 * n
    while sinceMove < n, stepsLeft > 0 {
      stepsLeft -= 1
      if tryMove(at) { sinceMove = 0 } else { sinceMove += 1 }
      at = at + 1 == n ? 0 : at + 1
    }
  }

  @inline(__always)
  private mutating func tryMove(_ i: Int) -> Bool {
    let own = Int(cluster[i])
    guard clusterSizes[own] > 1 else { return false }
    let weight = pointWeights[i]
    let leaving = clusterWeights[own] / max(clusterWeights[own] - weight, .leastNormalMagnitude)
    // No cluster weighs less than its lightest point, so a join costs at least half the squared distance for equal
    // weights; the exact least factor over clusters is cheap enough to take from the two bounds.
    let least = lower[i] - reach
    let most = upper[i] + drift[own]
    if least > 0, leaving * most * most <= joiningFactor(weight) * least * least { return false }
    measure(i)
    let flat = UnsafeRawPointer(squares).assumingMemoryBound(to: Double.self)
    let saving = leaving * flat[own]
    var second = Double.infinity
    var best = (cluster: own, cost: Double.infinity)
    for c in 0..<k where c != own {
      let square = flat[c]
      if square < second { second = square }
      let cost = clusterWeights[c] / (clusterWeights[c] + weight) * square
      if cost < best.cost { best = (c, cost) }
    }
    upper[i] = flat[own].squareRoot() - drift[own]
    lower[i] = second.squareRoot() + reach
    // A gain within rounding is none, else two points could change places for ever.
    guard best.cost < saving * (1 - 1e-12) else { return false }
    add(i, to: own, sign: -1)
    add(i, to: best.cluster, sign: 1)
    cluster[i] = Int32(best.cluster)
    reach += max(recomputeCentre(own), recomputeCentre(best.cluster))
    upper[i] = squareToCentre(i, best.cluster).squareRoot() - drift[best.cluster]
    lower[i] = 0
    return true
  }

  /// The least W / (W + w) over all clusters.
  @inline(__always)
  private func joiningFactor(_ weight: Double) -> Double {
    var lightest = Double.infinity
    for c in 0..<k where clusterWeights[c] < lightest { lightest = clusterWeights[c] }
    return lightest / (lightest + weight)
  }

  /// The within-cluster sum of squares of the partition, from centres computed afresh.
  func withinSS() -> Double {
    for c in 0..<k {
      clusterWeights[c] = 0
      for j in 0..<d { sums[c * d + j] = 0 }
    }
    for i in 0..<data.rows {
      let c = Int(cluster[i])
      clusterWeights[c] += pointWeights[i]
      for j in 0..<d { sums[c * d + j] += pointWeights[i] * points[i * d + j] }
    }
    for c in 0..<k { for j in 0..<d { sums[c * d + j] /= clusterWeights[c] } }
    var total = 0.0
    for i in 0..<data.rows {
      let point = points + i * d
      let centre = sums + Int(cluster[i]) * d
      var square = 0.0
      for j in 0..<d {
        let difference = point[j] - centre[j]
        square += difference * difference
      }
      total += pointWeights[i] * square
    }
    return total
  }
}
