/// How much nearer each point is to its own cluster than to the next (Rousseeuw 1987).
///
/// For a point with mean distance *a* to its own cluster and *b* to the nearest other, (b − a) / max(a, b); 0 for a point
/// alone in its cluster. Euclidean distances.
package struct Silhouettes: Equatable, Sendable {
  /// What the distances were taken to.
  package enum Method: String, Sendable {
    /// All other points: exact.
    case points
    /// The cluster centres only, as all pairs would be too many (Hruschka et al. 2004); higher than the exact one.
    case centres
  }

  /// Why a partition has no silhouette.
  package enum Failure: Error, Equatable, Sendable {
    /// Fewer than 2 clusters with points.
    case tooFewClusters
    /// Not one cluster a row.
    case assignmentCount(Int)
    /// A cluster below 0.
    case badAssignment(row: Int)
    /// NaN or infinity.
    case notFinite(row: Int, column: Int)
  }

  /// The mean over all points, −1 … 1.
  package let average: Double
  /// The mean over the points of each cluster.
  package let byCluster: [Double]
  /// How distances were taken.
  package let method: Method

  /// The silhouettes of several partitions of the same points, distances computed once.
  ///
  /// - Parameters:
  ///   - partitions: Each the cluster of every row, from 0.
  ///   - exactLimit: Up to this many rows all pairs are used (time in the square of the rows), above it the centres.
  package static func of(
    _ points: Matrix, partitions: [[Int]], exactLimit: Int = 4_000
  ) throws(Failure) -> [Silhouettes] {
    if let (row, column) = points.firstNonFinite { throw .notFinite(row: row, column: column) }
    for assignments in partitions {
      guard assignments.count == points.rows else { throw .assignmentCount(assignments.count) }
      if let bad = assignments.firstIndex(where: { $0 < 0 }) { throw .badAssignment(row: bad) }
      guard Set(assignments).count >= 2 else { throw .tooFewClusters }
    }
    let scaled = points.dividedByLargest()
    guard points.rows <= exactLimit else {
      return partitions.map { Silhouettes(scaled, toCentresOf: $0) }
    }
    return exact(scaled, partitions: partitions)
  }

  /// The silhouette of one partition; see `of(_:partitions:exactLimit:)`.
  package static func of(
    _ points: Matrix, assignments: [Int], exactLimit: Int = 4_000
  ) throws(Failure) -> Silhouettes {
    try of(points, partitions: [assignments], exactLimit: exactLimit)[0]
  }

  /// Sums the distances from each point to each cluster, for all partitions in one pass over the pairs.
  private static func exact(_ points: Matrix, partitions: [[Int]]) -> [Silhouettes] {
    let n = points.rows
    let counts = partitions.map { ($0.max() ?? 0) + 1 }
    let starts = counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    let width = starts[partitions.count]
    // For each row, where in its line of sums the clusters of that row stand.
    let slots = (0..<n).flatMap { row in partitions.indices.map { Int32(starts[$0] + partitions[$0][row]) } }
    var sums = [Double](repeating: 0, count: n * width)
    let distances = PairDistances(points)
    let parts = partitions.count
    sums.withUnsafeMutableBufferPointer { sums in
      slots.withUnsafeBufferPointer { slots in
        distances.forEachRow { i, line in
          for j in 0..<i {
            let distance = line[j]
            for part in 0..<parts {
              sums[i * width + Int(slots[j * parts + part])] += distance
              sums[j * width + Int(slots[i * parts + part])] += distance
            }
          }
        }
      }
    }
    return partitions.indices.map { part in
      let range = starts[part]..<starts[part + 1]
      return Silhouettes(partitions[part], clusters: counts[part], method: .points) { row, sizes in
        let own = partitions[part][row]
        var nearest = Double.infinity
        for c in 0..<range.count where c != own && sizes[c] > 0 {
          nearest = min(nearest, sums[row * width + range.lowerBound + c] / Double(sizes[c]))
        }
        return (sums[row * width + range.lowerBound + own] / Double(sizes[own] - 1), nearest)
      }
    }
  }

  private init(_ points: Matrix, toCentresOf assignments: [Int]) {
    let k = (assignments.max() ?? 0) + 1
    let d = points.columns
    var centres = Matrix(rows: k, columns: d)
    var counts = [Double](repeating: 0, count: k)
    for i in 0..<points.rows {
      counts[assignments[i]] += 1
      for j in 0..<d { centres.storage[assignments[i] * d + j] += points.storage[i * d + j] }
    }
    for c in 0..<k where counts[c] > 0 { for j in 0..<d { centres.storage[c * d + j] /= counts[c] } }
    self.init(assignments, clusters: k, method: .centres) { row, sizes in
      var own = 0.0
      var nearest = Double.infinity
      for c in 0..<k where sizes[c] > 0 {
        var square = 0.0
        for j in 0..<d {
          let difference = points.storage[row * d + j] - centres.storage[c * d + j]
          square += difference * difference
        }
        if c == assignments[row] { own = square.squareRoot() } else { nearest = min(nearest, square.squareRoot()) }
      }
      return (own, nearest)
    }
  }

  private init(
    _ assignments: [Int], clusters k: Int, method: Method, distances: (Int, [Int]) -> (own: Double, nearest: Double)
  ) {
    var sizes = [Int](repeating: 0, count: k)
    for c in assignments { sizes[c] += 1 }
    var sums = [Double](repeating: 0, count: k)
    for row in assignments.indices where sizes[assignments[row]] > 1 {
      let (own, nearest) = distances(row, sizes)
      let larger = max(own, nearest)
      if larger > 0 { sums[assignments[row]] += (nearest - own) / larger }
    }
    average = sums.reduce(0, +) / Double(assignments.count)
    byCluster = (0..<k).map { sizes[$0] > 0 ? sums[$0] / Double(sizes[$0]) : 0 }
    self.method = method
  }
}

extension Matrix {
  /// Divided by its largest absolute value where that is extreme, so that squares neither overflow nor vanish.
  fileprivate func dividedByLargest() -> Matrix {
    let largest = storage.reduce(0) { max($0, abs($1)) }
    guard largest > 0, largest > 1e100 || largest < 1e-100 else { return self }
    return map { $0 / largest }
  }
}

/// The Euclidean distances of all pairs of rows, a line at a time.
private struct PairDistances {
  /// Column by column, so that one row is compared with several others in one vector operation.
  private let byColumn: [Double]
  private let rows: Int
  private let columns: Int

  init(_ points: Matrix) {
    byColumn = points.transposed.storage
    rows = points.rows
    columns = points.columns
  }

  /// Calls `body` for each row i with its distances to rows 0 ..< i.
  func forEachRow(_ body: (Int, UnsafeMutablePointer<Double>) -> Void) {
    let padded = (rows + 3) / 4 * 4
    let line = UnsafeMutablePointer<Double>.allocate(capacity: padded)
    defer { line.deallocate() }
    byColumn.withUnsafeBufferPointer { cells in
      guard let base = cells.baseAddress else { return }
      for i in 0..<rows {
        var j = 0
        while j + 4 <= i {
          var square = SIMD4<Double>.zero
          for column in 0..<columns {
            let start = base + column * rows
            let difference =
              UnsafeRawPointer(start + j).loadUnaligned(as: SIMD4<Double>.self) - SIMD4(repeating: start[i])
            square += difference * difference
          }
          UnsafeMutableRawPointer(line + j).storeBytes(of: square.squareRoot(), as: SIMD4<Double>.self)
          j += 4
        }
        while j < i {
          var square = 0.0
          for column in 0..<columns {
            let difference = base[column * rows + j] - base[column * rows + i]
            square += difference * difference
          }
          line[j] = square.squareRoot()
          j += 1
        }
        body(i, line)
      }
    }
  }
}
