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
    var neighbours = [[(other: Int, weight: Double, shift: Double)]](repeating: [], count: cells.count)
    for link in links {
      neighbours[link.a].append((link.b, link.weight, link.offsetB - link.offsetA))
      neighbours[link.b].append((link.a, link.weight, link.offsetA - link.offsetB))
    }
    let packed = rows.map { offsets(of: $0, cells, extent) }
    var line = start ?? [Double](repeating: 0, count: cells.count)
    if start == nil {
      for (row, places) in zip(rows, packed) {
        let room = extent ?? 0
        let shift = (room - places.total) / 2 + places.before
        for (index, cell) in row.enumerated() { line[cell] = shift + places.steps[index] }
      }
    }
    for sweep in 0..<sweeps {
      let order = sweep % 2 == 0 ? Array(rows.indices) : rows.indices.reversed()
      for row in order where !rows[row].isEmpty {
        var wanted: [Double] = []
        var weights: [Double] = []
        for cell in rows[row] {
          // A trace of its own place keeps what is free from drifting.
          var sum = 0.02 * line[cell]
          var weight = 0.02
          for (other, w, shift) in neighbours[cell] {
            sum += w * (line[other] + shift)
            weight += w
          }
          wanted.append(sum / weight)
          weights.append(weight)
        }
        let places = packed[row]
        let fitted = isotonic(zip(wanted, places.steps).map { $0 - $1 }, weights)
        for (index, cell) in rows[row].enumerated() {
          var base = fitted[index]
          if let extent {
            let last = extent - places.total + places.before
            base = last < places.before ? places.before : min(max(base, places.before), last)
          }
          line[cell] = base + places.steps[index]
        }
      }
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
    var blocks: [(sum: Double, weight: Double, count: Int)] = []
    for (value, weight) in zip(values, weights) {
      var block = (sum: value * weight, weight: weight, count: 1)
      while let last = blocks.last, last.sum / last.weight >= block.sum / block.weight {
        block = (last.sum + block.sum, last.weight + block.weight, last.count + block.count)
        blocks.removeLast()
      }
      blocks.append(block)
    }
    return blocks.flatMap { [Double](repeating: $0.sum / $0.weight, count: $0.count) }
  }
}
