import Statistics
import ValueModels

/// What the contours of a preference map are drawn from: values at the crossings of a grid.
struct DemandGrid {
  enum Content {
    /// The least areas that hold a share of the ideal points among the brands.
    case density
    /// The share of persons who would like a brand there more than the brands they judged on average.
    case aboveMean
    /// The share of persons who would put a brand there first.
    case newBrand
  }

  let content: Content
  /// Ascending, units of the map.
  let x: [Double]
  let y: [Double]
  /// Row by row from the lowest y.
  let values: [Double]
  /// From the lowest; each with the share it stands for, 0–1.
  private(set) var levels: [(value: Double, share: Double)]
  /// Round the brands: models say nothing of places beyond.
  private let hull: ConvexHull?

  /// Nil where no contours are asked for or there is nothing to draw them from.
  init?(_ findings: Findings, contours: String) {
    guard contours != "none", let table = findings.table("demand"), !table.rows.isEmpty else { return nil }
    let (across, up) = (table.numbers("x").compactMap(\.self), table.numbers("y").compactMap(\.self))
    guard across.count == table.rows.count, up.count == table.rows.count else { return nil }
    let width = up.firstIndex { $0 != up[0] } ?? up.count
    guard width > 1, up.count % width == 0, up.count / width > 1 else { return nil }
    x = Array(across.prefix(width))
    y = stride(from: 0, to: up.count, by: width).map { up[$0] }
    func column(_ name: String) -> [Double]? {
      let found = table.numbers(name).compactMap(\.self)
      return found.count == up.count ? found : nil
    }
    let density = column("density")
    switch contours {
    case "density": content = .density
    case "new-brand": content = .newBrand
    case "above-mean": content = .aboveMean
    default: content = density != nil && (findings.number("ideal_inside") ?? 0) >= 0.5 ? .density : .aboveMean
    }
    let chosen = content == .density ? density : column(content == .newBrand ? "new_brand" : "above_mean")
    guard let chosen else { return nil }
    values = chosen
    if content == .density {
      hull = nil
    } else {
      let brands = findings.table("brands")
      hull = ConvexHull(
        zip(brands?.numbers("x") ?? [], brands?.numbers("y") ?? []).map { (x: $0 ?? .nan, y: $1 ?? .nan) })
    }
    levels = content == .density ? DemandGrid.regions(chosen) : DemandGrid.steps(chosen)
    let all = self
    levels = all.levels.filter { !all.lines(at: $0.value).isEmpty }
    if levels.isEmpty { return nil }
  }

  /// The densities above which a quarter, half and three quarters lie.
  private static func regions(_ values: [Double]) -> [(value: Double, share: Double)] {
    let sorted = values.sorted(by: >)
    let total = sorted.reduce(0, +)
    guard total > 0 else { return [] }
    var found: [(value: Double, share: Double)] = []
    for share in [0.75, 0.5, 0.25] {
      var sum = 0.0
      for value in sorted {
        sum += value
        if sum >= share * total {
          found.append((value, share))
          break
        }
      }
    }
    return found
  }

  /// Round shares, at most six of them.
  private static func steps(_ values: [Double]) -> [(value: Double, share: Double)] {
    guard let low = values.min(), let high = values.max(), high > low else { return [] }
    let step = [0.02, 0.05, 0.1, 0.2].first { (high - low) / $0 <= 6.5 } ?? 0.2
    var found: [(value: Double, share: Double)] = []
    for k in 1...50 {
      let value = Double(k) * step
      if value > low, value < high { found.append((value, value)) }
    }
    return found
  }

  struct Line {
    /// Places in map units, in order.
    var points: [(x: Double, y: Double)]
    var isClosed: Bool

    /// Its width or height, the larger.
    var extent: Double {
      let (x, y) = (points.map(\.x), points.map(\.y))
      return max((x.max() ?? 0) - (x.min() ?? 0), (y.max() ?? 0) - (y.min() ?? 0))
    }

    /// Corners cut twice (Chaikin 1974): the grid is coarser than the eye.
    var smoothed: Line {
      guard points.count > 2 else { return self }
      var line = points
      for _ in 0..<2 {
        var cut: [(x: Double, y: Double)] = isClosed ? [] : [line[0]]
        for (at, a) in line.enumerated() where isClosed || at < line.count - 1 {
          let b = line[(at + 1) % line.count]
          cut.append((0.75 * a.x + 0.25 * b.x, 0.75 * a.y + 0.25 * b.y))
          cut.append((0.25 * a.x + 0.75 * b.x, 0.25 * a.y + 0.75 * b.y))
        }
        if !isClosed { cut.append(line[line.count - 1]) }
        line = cut
      }
      return Line(points: line, isClosed: isClosed)
    }
  }

  /// The lines on which the grid, taken straight between its crossings, has a value (marching squares).
  func lines(at level: Double) -> [Line] {
    let (w, h) = (x.count, y.count)
    // An edge of the grid by its lower crossing: even runs right, odd runs up.
    func isAbove(_ i: Int, _ j: Int) -> Bool { values[i * w + j] > level }
    func crossing(_ edge: Int) -> (x: Double, y: Double) {
      let at = edge / 2
      let (i, j) = (at / w, at % w)
      let a = values[at]
      let b = edge % 2 == 0 ? values[at + 1] : values[at + w]
      let t = (level - a) / (b - a)
      return edge % 2 == 0 ? (x[j] + t * (x[j + 1] - x[j]), y[i]) : (x[j], y[i] + t * (y[i + 1] - y[i]))
    }
    var joined = [Int](repeating: -1, count: 4 * w * h)
    func join(_ a: Int, _ b: Int) {
      for (from, to) in [(a, b), (b, a)] { joined[2 * from + (joined[2 * from] < 0 ? 0 : 1)] = to }
    }
    for i in 0..<h - 1 {
      for j in 0..<w - 1 {
        let low = 2 * (i * w + j)
        let edges = [low, low + 3, low + 2 * w, low + 1]
        let corners = [isAbove(i, j), isAbove(i, j + 1), isAbove(i + 1, j + 1), isAbove(i + 1, j)]
        let cut = (0..<4).filter { corners[$0] != corners[($0 + 1) % 4] }
        if cut.count == 2 {
          join(edges[cut[0]], edges[cut[1]])
        } else if cut.count == 4 {
          // A saddle: the mean of the corners decides which two stay together.
          let mean = (values[i * w + j] + values[i * w + j + 1] + values[i * w + w + j] + values[i * w + w + j + 1]) / 4
          let together = (mean > level) == corners[0]
          join(edges[0], edges[together ? 1 : 3])
          join(edges[2], edges[together ? 3 : 1])
        }
      }
    }
    // What is smaller than a twelfth of the map is a speck.
    let least = min(x[w - 1] - x[0], y[h - 1] - y[0]) / 12
    return chained(&joined).flatMap { inside(Line(points: $0.edges.map(crossing), isClosed: $0.isClosed).smoothed) }
      .filter { $0.extent >= least }
  }

  /// The parts of a line among the brands.
  private func inside(_ line: Line) -> [Line] {
    guard let hull else { return [line] }
    let isIn = line.points.map { hull.contains($0.x, $0.y) }
    if isIn.allSatisfy(\.self) { return [line] }
    // A closed line is begun outside, so that no part of it is cut in two.
    let start = line.isClosed ? isIn.firstIndex(of: false) ?? 0 : 0
    var found: [Line] = []
    var part: [(x: Double, y: Double)] = []
    for k in 0..<line.points.count {
      let at = (start + k) % line.points.count
      if isIn[at] { part.append(line.points[at]) }
      if !isIn[at] || k == line.points.count - 1 {
        if part.count > 2 { found.append(Line(points: part, isClosed: false)) }
        part = []
      }
    }
    return found
  }

  /// Edges in order along each line; open lines first, since a walk begun in their middle would see half of one.
  private func chained(_ joined: inout [Int]) -> [(edges: [Int], isClosed: Bool)] {
    var seen = [Bool](repeating: false, count: joined.count / 2)
    var found: [(edges: [Int], isClosed: Bool)] = []
    for isClosed in [false, true] {
      for start in seen.indices where !seen[start] && joined[2 * start] >= 0 {
        guard isClosed || joined[2 * start + 1] < 0 else { continue }
        var edges: [Int] = []
        var next = start
        while next >= 0, !seen[next] {
          seen[next] = true
          edges.append(next)
          let (a, b) = (joined[2 * next], joined[2 * next + 1])
          next = a >= 0 && !seen[a] ? a : b
        }
        if edges.count > 1 { found.append((edges, isClosed)) }
      }
    }
    return found
  }
}
