/// One descent of k-means at a time over the same points.
///
/// Centres are stored variable by variable with the clusters side by side, padded to whole vectors of 4, so that the
/// distances of a point to 4 centres are computed together; padding centres stand at infinity.
struct KMeansDescent: ~Copyable {
  let data: KMeansData
  let k: Int
  let d: Int
  let blocks: Int
  let centres: UnsafeMutablePointer<SIMD4<Double>>  // d × blocks
  let squares: UnsafeMutablePointer<SIMD4<Double>>  // blocks
  let points: UnsafeMutablePointer<Double>
  let pointWeights: UnsafeMutablePointer<Double>
  let sums: UnsafeMutablePointer<Double>  // k × d
  let clusterWeights: UnsafeMutablePointer<Double>
  let clusterSizes: UnsafeMutablePointer<Int>
  let cluster: UnsafeMutablePointer<Int32>
  /// At least the distance to the own centre less `drift` of it; see `descend`.
  let upper: UnsafeMutablePointer<Double>
  /// At most the distance to any other centre plus `reach`.
  let lower: UnsafeMutablePointer<Double>
  /// How far each centre has moved in all.
  let drift: UnsafeMutablePointer<Double>
  /// The sum over steps of the largest movement of a centre.
  var reach = 0.0

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

  /// Goes down from the centres as they are to a local optimum.
  mutating func descend() {
    assignAll()
    fillEmptyClusters()
    // The last changes are left to the moves of single points.
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

  /// A few steps down from the centres as they are, no cluster left empty: groups of neighbours, no optimum.
  mutating func settle(steps: Int) {
    assignAll()
    for _ in 0..<steps {
      fillEmptyClusters()
      recomputeCentres()
      if reassign() == 0 { break }
    }
    fillEmptyClusters()
  }

  /// The squared distances of a point to all centres, left in `squares`.
  ///
  /// Even and odd variables are summed apart, so that one addition need not wait for the one before.
  @inline(__always)
  func measure(_ i: Int) {
    let point = points + i * d
    for block in 0..<blocks {
      var even = SIMD4<Double>.zero
      var odd = SIMD4<Double>.zero
      var column = centres + block
      var j = 0
      while j + 2 <= d {
        let a = SIMD4(repeating: point[j]) - column[0]
        let b = SIMD4(repeating: point[j + 1]) - column[blocks]
        even += a * a
        odd += b * b
        column += 2 * blocks
        j += 2
      }
      if j < d {
        let a = SIMD4(repeating: point[j]) - column[0]
        even += a * a
      }
      squares[block] = even + odd
    }
  }

  /// The nearest centre (the first of equals), its squared distance, and that of the second nearest.
  ///
  /// Written without branches: which centre is nearest cannot be foretold.
  @inline(__always)
  private func nearestTwo() -> (cluster: Int, square: Double, second: Double) {
    var best = (cluster: 0, square: Double.infinity, second: Double.infinity)
    let flat = UnsafeRawPointer(squares).assumingMemoryBound(to: Double.self)
    for c in 0..<k {
      let square = flat[c]
      let isNearer = square < best.square
      let farther = isNearer ? best.square : square
      best.second = farther < best.second ? farther : best.second
      best.square = isNearer ? square : best.square
      best.cluster = isNearer ? c : best.cluster
    }
    return best
  }

  @inline(__always)
  func squareToCentre(_ i: Int, _ c: Int) -> Double {
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
  func add(_ i: Int, to c: Int, sign: Double) {
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
  func recomputeCentre(_ c: Int) -> Double {
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
      if k > 8 {
        // With many centres it pays to look at the own one first.
        let distance = squareToCentre(i, own).squareRoot()
        upper[i] = distance - drift[own]
        guard distance > least else { continue }
      }
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
}
