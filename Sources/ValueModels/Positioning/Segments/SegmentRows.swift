import Diagnostics
import Statistics
import Tables

/// Brands as single segments of respondents see them: rows that get a place on the map of all and no say in it.
struct SegmentRows {
  /// The brand of each row, among those of the table.
  private(set) var brands: [Int] = []
  private(set) var segments: [String] = []
  /// Sums (correspondence) or means, one row a brand and segment, like those of the table.
  private(set) var values = Matrix(rows: 0, columns: 0)
  private(set) var weights: [Double] = []
  /// Distinct respondents.
  private(set) var bases: [Int] = []

  var count: Int { brands.count }

  /// Groups of rows as read, before the small ones are left out.
  struct Reading {
    /// The group of each row of the table; −1 for none.
    fileprivate var groupOf: [Int32]
    fileprivate var brands: [Int]
    fileprivate var segments: [Int]
    fileprivate var bases: [Int]
    fileprivate var hidden: Set<Int>
    fileprivate var levels: [String]
    fileprivate var sums: Matrix
    fileprivate var weights: Matrix

    /// Adds an answer of a row of the table.
    mutating func add(row: Int, attribute: Int, value: Double, weight: Double) {
      let group = Int(groupOf[row])
      guard group >= 0 else { return }
      sums[group, attribute] += weight * value
      weights[group, attribute] += weight
    }
  }

  /// Prepares to read: which rows belong to which brand and segment. Nil where no segments are asked for or there is an
  /// error.
  static func reading(
    _ named: Groundwork.Named?, own: Groundwork.Named?, answers: Answers, attributes: Int, _ rows: SourceRows,
    _ ground: inout Groundwork
  ) -> Reading? {
    guard let named, let column = ground.column(named, of: "supplementary", in: rows) else { return nil }
    guard let respondents = answers.respondentCodes else {
      ground.fail(
        "settings.wrong-type", at: named.position,
        "segments are groups of respondents, and this table names no respondents",
        hint: "name the column of respondents with 'respondent'")
      return nil
    }
    let (codes, levels) = column.codes()
    guard levels.count <= 50 else {
      ground.fail(
        "analysis.too-many-groups", at: named.position,
        "a map shows at most 50 segments, and column '\(column.name)' has \(grouped(levels.count)) different values")
      return nil
    }
    sayChanges(column, codes, respondents, rows, &ground)
    // A last segment for those of no segment: it is not shown, and must not follow from those that are.
    let width = levels.count + 1
    let wanted = answers.brands.indices.filter { own == nil || answers.brands[$0] == own?.name }
    var groupOf = [Int32](repeating: -1, count: rows.table.rowCount)
    var bases = [Int](repeating: 0, count: answers.brands.count * width)
    var seen = Set<UInt64>()
    for row in rows.kept {
      let brand = answers.index(row)
      guard own == nil || answers.brands[brand] == own?.name else { continue }
      let segment = codes[row] < 0 ? levels.count : Int(codes[row])
      let group = brand * width + segment
      groupOf[row] = Int32(clamping: group)
      let mark = UInt64(group) << 32 | UInt64(UInt32(bitPattern: respondents[row]))
      if seen.insert(mark).inserted { bases[group] += 1 }
    }
    let limit = ground.input.privacy.suppressBelow
    var hidden = Set<Int>()
    var lost: [String] = []
    for brand in wanted {
      let own = (0..<width).map { brand * width + $0 }.filter { bases[$0] > 0 }
      var small = own.filter { $0 % width == levels.count || bases[$0] < limit }
      if small.isEmpty { continue }
      let rest = own.filter { !small.contains($0) }.sorted { (bases[$0], $0) < (bases[$1], $1) }
      for group in rest {
        // What is left of the brand's total must be no group too small.
        if small.reduce(0, { $0 + bases[$1] }) >= limit, small.count > 1 || bases[small[0]] >= limit { break }
        small.append(group)
      }
      hidden.formUnion(small)
      lost += small.filter { $0 % width < levels.count }.map { "\(answers.brands[brand]): \(levels[$0 % width])" }
    }
    if !lost.isEmpty {
      ground.cautions.append(
        Caution(
          "suppressed",
          "\(lost.count) brands as seen by a segment are not shown: fewer than \(limit) respondents, or known by subtraction",
          rows: lost))
    }
    let groups = answers.brands.count * width
    return Reading(
      groupOf: groupOf, brands: (0..<groups).map { $0 / width }, segments: (0..<groups).map { $0 % width },
      bases: bases,
      hidden: hidden, levels: levels, sums: Matrix(rows: groups, columns: attributes),
      weights: Matrix(rows: groups, columns: attributes))
  }

  /// Respondents who stand in one segment on one row and in another on the next.
  private static func sayChanges(
    _ column: Column, _ codes: [Int32], _ respondents: [Int32], _ rows: SourceRows, _ ground: inout Groundwork
  ) {
    var first = [Int32](repeating: -2, count: Int(respondents.max() ?? -1) + 1)
    var changed = Set<Int32>()
    var at: Int?
    for row in rows.kept {
      let person = Int(respondents[row])
      if first[person] == -2 {
        first[person] = codes[row]
      } else if first[person] != codes[row], changed.insert(respondents[row]).inserted, at == nil {
        at = row
      }
    }
    guard let at else { return }
    ground.cautions.append(
      Caution(
        "segments-differ",
        "\(grouped(changed.count)) \(changed.count == 1 ? "respondent is" : "respondents are") in different segments of "
          + "'\(column.name)' on different rows, first on line \(rows.table.line(ofRow: at)): each row counts for the segment "
          + "it names"))
  }

  /// The rows that can be shown. One without answers on some attribute where means are needed, or without any, is left out.
  init(_ reading: Reading, takesMeans: Bool) {
    var kept: [[Double]] = []
    for group in reading.bases.indices where reading.bases[group] > 0 && !reading.hidden.contains(group) {
      let sums = Array(reading.sums.row(group))
      let masses = reading.weights.row(group)
      if takesMeans {
        guard masses.allSatisfy({ $0 > 0 }) else { continue }
        kept.append(zip(sums, masses).map { $0 / $1 })
      } else {
        guard sums.reduce(0, +) > 0 else { continue }
        kept.append(sums)
      }
      brands.append(reading.brands[group])
      segments.append(reading.levels[reading.segments[group]])
      bases.append(reading.bases[group])
      weights.append(masses.reduce(0, +) / Double(max(1, masses.count)))
    }
    values = Matrix(rows: kept.count, columns: reading.sums.columns, storage: kept.flatMap { $0 })
  }
}

extension BrandTable {
  /// The table with the segments' rows at its end, all of them supplementary; nil where there are none.
  var withSegments: BrandTable? {
    guard let segments, segments.count > 0 else { return nil }
    var extended = self
    for (at, brand) in segments.brands.enumerated() {
      extended.supplementaryBrands.append(extended.brands.count)
      extended.brands.append("\(brands[brand]): \(segments.segments[at])")
      extended.bases.append(segments.bases[at])
    }
    extended.values = Matrix(
      rows: values.rows + segments.count, columns: values.columns,
      storage: values.storage + segments.values.storage)
    extended.hasSegmentRows = true
    return extended
  }

  /// Moments with the segments' rows at the end.
  func extending(_ moments: GroupMoments, factor: Double) -> GroupMoments {
    guard hasSegmentRows, let segments, let sample else { return moments }
    var result = moments
    for at in 0..<segments.count {
      let weight = segments.weights[at] * factor
      result.weights.append(weight)
      result.sums = Matrix(
        rows: result.sums.rows + 1, columns: result.sums.columns,
        storage: result.sums.storage + zip(segments.values.row(at), sample.shift).map { weight * ($0 - $1) })
    }
    return result
  }
}

/// The table of brands as single segments see them.
/// - Parameter points: The map of the extended table.
func segmentsTable(_ points: MapPoints, _ table: BrandTable) -> FindingsTable? {
  guard let segments = table.segments, points.brands.count == table.brands.count + segments.count else { return nil }
  let axes = points.axes
  var out = FindingsTable(
    "segments", title: "Brands as single segments see them, placed on the map of all",
    columns: [.init("brand", .text), .init("segment", .text), .init("x"), .init("y")]
      + (0..<axes).map { .init("dim_\($0 + 1)") } + [.init("quality", .share), .init("base", .integer)])
  let quality = points.brands.quality()
  func plain(_ number: Double) -> Value { Value(number == 0 ? 0 : number) }
  for at in 0..<segments.count {
    let row = table.brands.count + at
    var cells: [Value] = [.text(table.brands[segments.brands[at]]), .text(segments.segments[at])]
    cells += (0..<2).map { plain($0 < axes ? points.drawn.rows[row, $0] : 0) }
    cells += (0..<axes).map { plain(points.brands.principal[row, $0]) }
    cells += [plain(quality[row]), .integer(segments.bases[at])]
    out.add(cells)
  }
  return out
}
