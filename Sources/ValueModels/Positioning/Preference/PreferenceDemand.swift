import Statistics

/// Demand over the map, on a grid: how dense ideal points lie, and how many persons would like a brand placed there.
struct PreferenceDemand {
  let x: [Double]
  let y: [Double]
  /// Of ideal points among the brands, rows up × columns across; nil where there are too few.
  let density: Matrix?
  /// The share of persons who by their model would like a brand there more than they like the brands they judged on average.
  let aboveMean: Matrix
  /// The share of persons whose model would put a brand there before all brands of the map.
  let newBrand: Matrix
  /// Ideal points behind the density.
  let ideals: Int
  let bandwidth: (x: Double, y: Double)?

  static let steps = 31

  /// - Parameter fewest: Ideal points that a density needs.
  init(_ persons: PreferencePersons, _ plane: PreferencePlane, fewest: Int) {
    func axis(_ values: [Double]) -> [Double] {
      let (low, high) = (values.min() ?? 0, values.max() ?? 0)
      let margin = 0.1 * (high - low)
      return (0..<Self.steps).map {
        low - margin + (high - low + 2 * margin) * Double($0) / Double(Self.steps - 1)
      }
    }
    x = axis(plane.x)
    y = axis(plane.y)
    let inside = persons.places.indices.filter { persons.places[$0] == .ideal }
    ideals = inside.count
    var kernels: KernelDensity?
    if inside.count >= max(2, fewest) {
      kernels = KernelDensity(
        x: inside.map { persons.ideals[$0].x }, y: inside.map { persons.ideals[$0].y },
        weights: inside.map { persons.weights[$0] })
    }
    let grid = kernels?.grid(x: x, y: y)
    // Far tails say nothing and take room.
    let least = 1e-9 * (grid?.storage.max() ?? 0)
    density = grid?.map { $0 < least ? 0 : $0 }
    bandwidth = kernels?.bandwidth
    let (across, up) = (x, y)
    let points = up.flatMap { up in across.map { (x: $0, y: up) } }
    let functions = plane.functions(points + zip(plane.x, plane.y).map { (x: $0, y: $1) })
    var above = [Double](repeating: 0, count: points.count)
    var first = above
    var sum = 0.0
    let part = 512
    let width = functions.columns
    for start in stride(from: 0, to: persons.fitted, by: part) {
      let here = start..<min(start + part, persons.fitted)
      let predicted = persons.surfaces.selecting(rows: Array(here)).multiplied(by: functions)
      predicted.storage.withUnsafeBufferPointer { cells in
        for i in here {
          let base = (i - start) * width
          let (weight, mean) = (persons.weights[i], persons.means[i])
          sum += weight
          var best = -Double.infinity
          for j in points.count..<width { best = max(best, cells[base + j]) }
          for j in 0..<points.count {
            above[j] += cells[base + j] > mean ? weight : 0
            first[j] += cells[base + j] > best ? weight : 0
          }
        }
      }
    }
    let total = max(sum, .leastNormalMagnitude)
    aboveMean = Matrix(rows: y.count, columns: x.count, storage: above.map { $0 / total })
    newBrand = Matrix(rows: y.count, columns: x.count, storage: first.map { $0 / total })
  }
}
