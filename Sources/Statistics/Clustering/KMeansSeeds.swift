extension KMeansDescent {
  /// Chooses k rows as centres, each with probability in proportion to its weight and its squared distance to the
  /// nearest centre so far.
  func seed(_ generator: inout SeededGenerator) {
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

  /// Centres taken from two earlier results: each of the first is paired with the nearest free one of the second, and
  /// one of each pair kept by chance (the crossover of Gribel & Vidal 2019).
  ///
  /// Both are k × columns, row by row, in the working unit.
  func combine(_ first: [Double], _ second: [Double], _ generator: inout SeededGenerator) {
    var free = [Bool](repeating: true, count: k)
    var child = first
    for c in 0..<k {
      var nearest = (centre: -1, square: Double.infinity)
      for other in 0..<k where free[other] {
        var square = 0.0
        for j in 0..<d {
          let difference = first[c * d + j] - second[other * d + j]
          square += difference * difference
        }
        if nearest.centre < 0 || square < nearest.square { nearest = (other, square) }
      }
      free[nearest.centre] = false
      guard generator.next() & 1 == 1 else { continue }
      for j in 0..<d { child[c * d + j] = second[nearest.centre * d + j] }
    }
    setCentres(child)
  }

  /// The centres, k × columns, row by row, in the working unit.
  var currentCentres: [Double] {
    (0..<k).flatMap { c in (0..<d).map { j in centres[j * blocks + (c >> 2)][c & 3] } }
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

  /// Puts the centres where they are wanted: k × columns, row by row, in the working unit.
  func setCentres(_ wanted: [Double]) {
    for c in 0..<k { for j in 0..<d { centres[j * blocks + (c >> 2)][c & 3] = wanted[c * d + j] } }
  }

  func setCentre(_ c: Int, to point: UnsafeMutablePointer<Double>) {
    for j in 0..<d { centres[j * blocks + (c >> 2)][c & 3] = point[j] }
  }
}
