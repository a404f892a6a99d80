extension KMeansDescent {
  /// Moves single points while a move lowers the sum of squares.
  ///
  /// Taking a point of weight w out of a cluster of weight W saves w·W/(W − w)·δ²; putting it into another costs
  /// w·W/(W + w)·δ². Centres follow each move at once.
  mutating func moveSinglePoints() {
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
