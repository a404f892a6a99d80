import Diagnostics
import Statistics
import Tables

/// Who placed which brand where.
struct Judgements {
  /// In order of first appearance.
  var brands: [String]
  var judges: [String]
  /// The line where each judge first stands.
  var lines: [Int]
  /// Judges × brands, NaN where a judge left a brand out.
  var x: Matrix
  var y: Matrix
  var axes: (x: String, y: String)
  var isStandardised = false

  init?(_ rows: inout SourceRows, _ ground: inout Groundwork) {
    let judge = ground.column("judge", in: rows, standard: "judge")
    let brand = ground.column("brand", in: rows, standard: "brand")
    let xColumn = ground.column("x", in: rows, standard: "x")
    let yColumn = ground.column("y", in: rows, standard: "y")
    ground.applyWhere(to: &rows)
    guard let judge, let brand, let xColumn, let yColumn else { return nil }
    let xs = ground.numbers(xColumn, in: rows, as: "axis")
    let ys = ground.numbers(yColumn, in: rows, as: "axis")
    guard let xs, let ys else { return nil }
    for column in [judge, brand, xColumn, yColumn] { rows.dropMissing(column) }
    let (judgeCodes, judgeLevels) = judge.codes()
    let (brandCodes, brandLevels) = brand.codes()
    func order(_ codes: [Int32]) -> [Int32] {
      var seen = Set<Int32>()
      return rows.kept.map { codes[$0] }.filter { seen.insert($0).inserted }
    }
    let (judgeOrder, brandOrder) = (order(judgeCodes), order(brandCodes))
    let judgePlace = Dictionary(judgeOrder.enumerated().map { ($1, $0) }) { first, _ in first }
    let brandPlace = Dictionary(brandOrder.enumerated().map { ($1, $0) }) { first, _ in first }
    judges = judgeOrder.map { judgeLevels[Int($0)] }
    brands = brandOrder.map { brandLevels[Int($0)] }
    axes = (xColumn.name, yColumn.name)
    x = Matrix(rows: judges.count, columns: brands.count, repeating: .nan)
    y = x
    var first = [Int](repeating: -1, count: judges.count)
    var counts = [Int](repeating: 0, count: judges.count)
    for row in rows.kept {
      guard let j = judgePlace[judgeCodes[row]], let b = brandPlace[brandCodes[row]] else { continue }
      if first[j] < 0 { first[j] = row }
      if !x[j, b].isNaN {
        ground.failCell(
          "analysis.repeated-judgement", rows, row, brand,
          "a judge places a brand once, and '\(excerpt(brands[b]))' stands twice for '\(excerpt(judges[j]))'",
          hint: "keep one of the rows, or give judges names of their own")
        continue
      }
      counts[j] += 1
      x[j, b] = xs[row]
      y[j, b] = ys[row]
    }
    lines = first.map { rows.table.line(ofRow: $0) }
    for j in judges.indices where counts[j] == 1 && brands.count > 1 {
      ground.fail(
        "analysis.judge-with-one-brand", at: rows.position(first[j], judge),
        "a judge places at least two brands, and '\(excerpt(judges[j]))' places one",
        hint: "leave the judge out with 'where'")
    }
    if brands.count < 2 {
      ground.fail(
        "analysis.too-few-brands",
        at: rows.kept.first.map { rows.position($0, brand) } ?? rows.headerPosition(brand),
        "a map needs at least two brands, and \(brands.count) \(brands.count == 1 ? "was" : "were") found"
          + named(brands), hint: rows.lossInWords ?? "add a row for each judge and further brand")
    }
  }

  /// Whether a judge placed every brand.
  var isComplete: Bool { x.firstNonFinite == nil }

  /// Judges who placed a brand.
  func count(_ brand: Int) -> Int { x.column(brand).count { !$0.isNaN } }

  /// Brings each judge's axes to the mean and standard deviation that judges have on average.
  mutating func standardise(_ ground: inout Groundwork) {
    isStandardised = true
    x = standardised(x, axes.x, &ground)
    y = standardised(y, axes.y, &ground)
  }

  private func standardised(_ values: Matrix, _ axis: String, _ ground: inout Groundwork) -> Matrix {
    let moments = judges.indices.map { judge in
      let known = values.row(judge).filter { !$0.isNaN }
      let mean = known.reduce(0, +) / Double(max(1, known.count))
      let square = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, known.count))
      return (mean: mean, deviation: square.squareRoot())
    }
    let spread = moments.filter { $0.deviation > 0 }
    if spread.count < moments.count {
      ground.cautions.append(
        Caution(
          "constant-judge",
          "\(moments.count - spread.count) of \(moments.count) judges put all brands on one place of '\(axis)', which no "
            + "rescaling can spread"))
    }
    let mean = moments.reduce(0) { $0 + $1.mean } / Double(max(1, moments.count))
    let deviation = spread.reduce(0) { $0 + $1.deviation } / Double(max(1, spread.count))
    var result = values
    for judge in judges.indices {
      for brand in brands.indices {
        let own = moments[judge]
        let standard = own.deviation > 0 ? (values[judge, brand] - own.mean) / own.deviation : values[judge, brand] * 0
        result[judge, brand] = mean + deviation * standard
      }
    }
    return result
  }

  /// The middle of all judges, brands × 2.
  func places(usesMedian: Bool) -> Matrix {
    var result = Matrix(rows: brands.count, columns: 2)
    for brand in brands.indices {
      for (axis, values) in [x, y].enumerated() {
        let known = values.column(brand).filter { !$0.isNaN }
        result[brand, axis] = usesMedian ? median(known) : known.reduce(0, +) / Double(max(1, known.count))
      }
    }
    return result
  }

  /// Spread between the judges of a brand: standard deviations (divisor m − 1) and correlation; nil below three judges.
  func spread(_ brand: Int) -> (sdX: Double, sdY: Double, correlation: Double)? {
    let (a, b) = (x.column(brand).filter { !$0.isNaN }, y.column(brand).filter { !$0.isNaN })
    guard a.count >= 3, a.count == b.count else { return nil }
    let m = Double(a.count)
    let (meanA, meanB) = (a.reduce(0, +) / m, b.reduce(0, +) / m)
    let (aa, bb) = (a.reduce(0) { $0 + ($1 - meanA) * ($1 - meanA) }, b.reduce(0) { $0 + ($1 - meanB) * ($1 - meanB) })
    let ab = zip(a, b).reduce(0) { $0 + ($1.0 - meanA) * ($1.1 - meanB) }
    let correlation = aa > 0 && bb > 0 ? max(-1, min(1, ab / (aa * bb).squareRoot())) : 0
    return ((aa / (m - 1)).squareRoot(), (bb / (m - 1)).squareRoot(), correlation)
  }

  /// Judges whose mean distance to the middle of the others is far above that of most: more than three robust standard
  /// deviations over the median. Nil below four judges, where nobody can be told from the rest.
  var outlying: [Int]? {
    guard judges.count >= 4 else { return nil }
    let scales = [x, y].map { values -> Double in
      let known = values.storage.filter { !$0.isNaN }
      let mean = known.reduce(0, +) / Double(max(1, known.count))
      return (known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, known.count))).squareRoot()
    }
    let distances = judges.indices.map { judge -> Double in
      var squares: [Double] = []
      for brand in brands.indices where !x[judge, brand].isNaN {
        var square = 0.0
        for (values, scale) in zip([x, y], scales) where scale > 0 {
          let others = judges.indices.filter { $0 != judge && !values[$0, brand].isNaN }.map { values[$0, brand] }
          guard !others.isEmpty else { continue }
          let off = (values[judge, brand] - median(others)) / scale
          square += off * off
        }
        squares.append(square)
      }
      return (squares.reduce(0, +) / Double(max(1, squares.count))).squareRoot()
    }
    let middle = median(distances)
    let robust = 1.4826 * median(distances.map { abs($0 - middle) })
    return judges.indices.filter { distances[$0] > middle + 3 * max(robust, 0.05 * middle) && distances[$0] > 0 }
  }
}

/// The middle value, or the mean of the two in the middle.
private func median(_ values: [Double]) -> Double {
  guard !values.isEmpty else { return 0 }
  let sorted = values.sorted()
  let half = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2
}
