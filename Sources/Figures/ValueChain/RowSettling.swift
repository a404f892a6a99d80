/// A thing in a row: what it takes on both sides of its line, in px across the stages.
struct RowCell {
  var before: Double
  var after: Double
  /// Room to the next cell of the row.
  var gap: Double
  /// May be squeezed where a row is too full: lines without words.
  var isSoft: Bool
}

/// Two cells whose lines want to meet, each at an offset from its own line.
struct RowLink {
  var a: Int
  var b: Int
  var weight: Double
  var offsetA = 0.0
  var offsetB = 0.0
}

/// Places the cells of all rows across the stages: links as straight as the orders and the rooms allow.
///
/// Rows are settled in turn; each step is a weighted least-squares fit under the row's order and rooms, solved exactly by
/// pooling adjacent violators (Ayer et al. 1955), clamped to the extent.
enum RowSettling {
  /// - Parameter extent: The room across, nil where it is free.
  /// - Returns: The line of each cell; without an extent the least edge stands at 0.
  static func settle(
    rows: [[Int]], cells: [RowCell], links: [RowLink], extent: Double?, sweeps: Int = 120, start: [Double]? = nil
  ) -> [Double] {
    let pulls = Pulls(links, cells: cells.count)
    let packed = rows.map { offsets(of: $0, cells, extent) }
    var line = start ?? [Double](repeating: 0, count: cells.count)
    if start == nil {
      for (row, places) in zip(rows, packed) {
        let shift = ((extent ?? 0) - places.total) / 2 + places.before
        for (index, cell) in row.enumerated() { line[cell] = shift + places.steps[index] }
      }
    }
    var fit = IsotonicFit()
    for sweep in 0..<sweeps {
      var farthest = 0.0
      for step in rows.indices {
        let row = sweep % 2 == 0 ? step : rows.count - 1 - step
        let places = packed[row]
        fit.removeAll()
        for (index, cell) in rows[row].enumerated() {
          // A trace of its own place keeps what is free from drifting.
          var sum = 0.02 * line[cell]
          var weight = 0.02
          for pull in pulls.range(of: cell) {
            sum += pulls.weight[pull] * (line[pulls.other[pull]] + pulls.shift[pull])
            weight += pulls.weight[pull]
          }
          fit.add(sum / weight - places.steps[index], weight)
        }
        var index = 0
        for block in fit.blocks {
          var base = block.sum / block.weight
          if let extent {
            let last = extent - places.total + places.before
            base = last < places.before ? places.before : min(max(base, places.before), last)
          }
          for _ in 0..<block.count {
            let cell = rows[row][index]
            let place = base + places.steps[index]
            farthest = max(farthest, abs(place - line[cell]))
            line[cell] = place
            index += 1
          }
        }
      }
      if farthest < 0.02 { break }
    }
    if extent == nil {
      let least = cells.indices.map { line[$0] - cells[$0].before }.min() ?? 0
      for index in line.indices { line[index] -= least }
    }
    return line
  }

  /// Where each line stands when the row is packed, and the room the row takes; soft cells give way in a full row.
  private static func offsets(
    of row: [Int], _ cells: [RowCell], _ extent: Double?
  ) -> (steps: [Double], before: Double, total: Double) {
    var hard = 0.0
    var soft = 0.0
    for (index, cell) in row.enumerated() {
      let c = cells[cell]
      if c.isSoft { soft += c.before + c.after } else { hard += c.before + c.after }
      if index < row.count - 1 {
        if c.isSoft { soft += c.gap } else { hard += c.gap }
      }
    }
    var squeeze = 1.0
    if let extent, hard + soft > extent, soft > 0 { squeeze = max(0, min(1, (extent - hard) / soft)) }
    var steps: [Double] = []
    var place = 0.0
    for (index, cell) in row.enumerated() {
      let c = cells[cell]
      let k = c.isSoft ? squeeze : 1
      if index > 0 {
        let p = cells[row[index - 1]]
        let kp = p.isSoft ? squeeze : 1
        place += (p.after + p.gap) * kp + c.before * k
      }
      steps.append(place)
    }
    guard let first = row.first, let last = row.last else { return ([], 0, 0) }
    let before = cells[first].before * (cells[first].isSoft ? squeeze : 1)
    let after = cells[last].after * (cells[last].isSoft ? squeeze : 1)
    return (steps, before, before + place + after)
  }

  /// The nearest non-decreasing sequence in weighted least squares.
  static func isotonic(_ values: [Double], _ weights: [Double]) -> [Double] {
    var fit = IsotonicFit()
    for (value, weight) in zip(values, weights) { fit.add(value, weight) }
    var out: [Double] = []
    for block in fit.blocks { for _ in 0..<block.count { out.append(block.sum / block.weight) } }
    return out
  }
}

/// Pools adjacent violators as values come in.
private struct IsotonicFit {
  private(set) var blocks: [(sum: Double, weight: Double, count: Int)] = []

  mutating func removeAll() { blocks.removeAll(keepingCapacity: true) }

  mutating func add(_ value: Double, _ weight: Double) {
    var (sum, all, count) = (value * weight, weight, 1)
    while let last = blocks.last, last.sum / last.weight >= sum / all {
      sum += last.sum
      all += last.weight
      count += last.count
      blocks.removeLast()
    }
    blocks.append((sum, all, count))
  }
}

/// What pulls at each cell, all in one row of memory, since sweeps read it over and over.
private struct Pulls {
  private var starts: [Int]
  var other: [Int]
  var weight: [Double]
  var shift: [Double]

  init(_ links: [RowLink], cells: Int) {
    starts = [Int](repeating: 0, count: cells + 1)
    for link in links {
      starts[link.a + 1] += 1
      starts[link.b + 1] += 1
    }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var next = starts
    other = [Int](repeating: 0, count: 2 * links.count)
    weight = [Double](repeating: 0, count: 2 * links.count)
    shift = weight
    func put(_ a: Int, _ b: Int, _ w: Double, _ s: Double) {
      other[next[a]] = b
      weight[next[a]] = w
      shift[next[a]] = s
      next[a] += 1
    }
    for link in links {
      put(link.a, link.b, link.weight, link.offsetB - link.offsetA)
      put(link.b, link.a, link.weight, link.offsetA - link.offsetB)
    }
  }

  func range(of cell: Int) -> Range<Int> { starts[cell]..<starts[cell + 1] }
}
