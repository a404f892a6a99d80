import Diagnostics
import Statistics
import Tables

/// Who answered about which brand: bases of distinct respondents, suppression, weights.
struct Answers {
  private let brandCodes: [Int32]
  private let brandLevels: [String]
  let respondentCodes: [Int32]?
  private let weights: [Double]?
  private let brandColumn: Column
  /// Place in `brands` of each level; −1 where it is not in.
  private var places: [Int] = []
  private var firstRows: [Int] = []
  private(set) var brands: [String] = []
  private var bases: [Int] = []
  /// Distinct respondents by brand level, of the rows that `suppress` left in.
  private var distinct: [Int] = []
  private var respondents: Int?
  private var suppressed: [String] = []
  private var effectiveBase: Double?
  /// Weights are rescaled so that they sum to the number of rows.
  private var factor = 1.0

  init(brand: Column, respondent: Column?, weights: [Double]?) {
    (brandCodes, brandLevels) = brand.codes()
    brandColumn = brand
    respondentCodes = respondent?.codes().codes
    self.weights = weights
  }

  func index(_ row: Int) -> Int { places[Int(brandCodes[row])] }
  func weight(_ row: Int) -> Double { weights.map { $0[row] * factor } ?? 1 }
  func position(_ brand: Int, _ rows: SourceRows) -> SourcePosition { rows.position(firstRows[brand], brandColumn) }

  /// Distinct respondents of each brand level.
  private func countDistinct(_ rows: SourceRows) -> [Int] {
    var counts = [Int](repeating: 0, count: brandLevels.count)
    guard let respondentCodes else { return counts }
    let people = Int(respondentCodes.max() ?? -1) + 1
    let cells = brandLevels.count.multipliedReportingOverflow(by: people)
    if !cells.overflow, cells.partialValue <= 8 * rows.table.rowCount + 4096 {
      // Mostly everyone answers about every brand: a mark for each pair costs less than a set of pairs.
      var seen = [Bool](repeating: false, count: cells.partialValue)
      for row in rows.kept {
        let cell = Int(brandCodes[row]) * people + Int(respondentCodes[row])
        if !seen[cell] { counts[Int(brandCodes[row])] += 1 }
        seen[cell] = true
      }
    } else {
      var seen = Set<UInt64>(minimumCapacity: rows.kept.count)
      for row in rows.kept where seen.insert(pair(brandCodes[row], respondentCodes[row])).inserted {
        counts[Int(brandCodes[row])] += 1
      }
    }
    return counts
  }

  /// Leaves out the brands that too few respondents answered about: they take no part in any number published.
  mutating func suppress(_ rows: inout SourceRows, _ ground: inout Groundwork) {
    let counts = countDistinct(rows)
    distinct = counts
    guard respondentCodes != nil else { return }
    let limit = ground.input.privacy.suppressBelow
    let small = counts.indices.filter { counts[$0] > 0 && counts[$0] < limit }
    guard !small.isEmpty else { return }
    let hidden = Set(small.map { Int32(clamping: $0) })
    let all = counts.count { $0 > 0 }
    for level in small { distinct[level] = 0 }
    suppressed = small.map { brandLevels[$0] }
    rows.keep(orDropAs: "too few respondents for its brand") { !hidden.contains(brandCodes[$0]) }
    ground.cautions.append(
      Caution(
        "suppressed",
        "\(small.count) of \(all) brands \(small.count == 1 ? "is" : "are") not shown: fewer than \(limit) respondents",
        rows: suppressed))
  }

  /// Lists the brands of the rows kept and counts their bases; `suppress` goes before, and no row is lost between.
  /// - Parameter attributes: Long form: codes of attributes, since a respondent then has a row for each.
  mutating func count(_ rows: SourceRows, _ ground: inout Groundwork, within attributes: [Int32]? = nil) {
    var first = [Int](repeating: -1, count: brandLevels.count)
    for row in rows.kept where first[Int(brandCodes[row])] < 0 { first[Int(brandCodes[row])] = row }
    let levels = brandLevels.indices.filter { first[$0] >= 0 }
    places = [Int](repeating: -1, count: brandLevels.count)
    for (place, level) in levels.enumerated() { places[level] = place }
    brands = levels.map { brandLevels[$0] }
    firstRows = levels.map { first[$0] }
    bases = levels.map { distinct[$0] }
    if let weights {
      let sum = rows.kept.reduce(0) { $0 + weights[$1] }
      if sum > 0 { factor = Double(rows.kept.count) / sum }
    }
    guard let respondentCodes else { return }
    var seen = [Bool](repeating: false, count: Int(respondentCodes.max() ?? -1) + 1)
    var people = 0
    var sum = 0.0
    var squares = 0.0
    for row in rows.kept where !seen[Int(respondentCodes[row])] {
      seen[Int(respondentCodes[row])] = true
      people += 1
      sum += weight(row)
      squares += weight(row) * weight(row)
    }
    respondents = people
    if weights != nil, squares > 0 { effectiveBase = sum * sum / squares }
    warnOfRepeats(rows, respondentCodes, attributes, &ground)
  }

  /// Long form: leaves out the answers of a respondent about a brand that lack some attribute, for methods that need all.
  func keepComplete(
    _ rows: inout SourceRows, _ codes: [Int32], attributes: Int, _ ground: inout Groundwork
  ) {
    guard let respondentCodes else { return }
    struct Answer: Hashable {
      var who: UInt64
      var what: Int32
    }
    var seen = Set<Answer>(minimumCapacity: rows.kept.count)
    var counts: [UInt64: Int] = [:]
    for row in rows.kept {
      let who = pair(brandCodes[row], respondentCodes[row])
      if seen.insert(Answer(who: who, what: codes[row])).inserted { counts[who, default: 0] += 1 }
    }
    let lost = counts.values.count { $0 < attributes }
    guard lost > 0 else { return }
    rows.keep(orDropAs: "not every attribute answered") {
      (counts[pair(brandCodes[$0], respondentCodes[$0])] ?? 0) == attributes
    }
    ground.cautions.append(
      Caution(
        "incomplete-rows",
        "\(grouped(lost)) of \(grouped(counts.count)) pairs of respondent and brand lack an answer on some attribute and are "
          + "left out"))
  }

  private func warnOfRepeats(
    _ rows: SourceRows, _ respondentCodes: [Int32], _ attributes: [Int32]?, _ ground: inout Groundwork
  ) {
    let repeats: Int
    if let attributes {
      struct Answer: Hashable {
        var who: UInt64
        var what: Int32
      }
      var seen = Set<Answer>(minimumCapacity: rows.kept.count)
      repeats = rows.kept.count { row in
        !seen.insert(Answer(who: pair(brandCodes[row], respondentCodes[row]), what: attributes[row])).inserted
      }
    } else {
      repeats = rows.kept.count - bases.reduce(0, +)
    }
    if repeats > 0 {
      ground.cautions.append(
        Caution(
          "repeated-answers",
          "\(grouped(repeats)) rows repeat a respondent and brand; each counts, and bases count respondents once"))
    }
  }

  func table(
    _ values: Matrix, attributes: [String], content: String, attributeCells: BrandTable.Cells?
  ) -> BrandTable {
    let known = respondentCodes != nil
    return BrandTable(
      brands: brands, attributes: attributes, values: values, bases: bases.map { known ? $0 : nil },
      attributeBases: attributes.map { _ in respondents }, respondents: respondents, effectiveBase: effectiveBase,
      content: content + (respondents.map { " of \(grouped($0)) respondents" } ?? ""),

      brandCells: BrandTable.Cells(column: brandColumn, rows: firstRows), attributeCells: attributeCells,
      suppressed: suppressed)
  }
}

private func pair(_ a: Int32, _ b: Int32) -> UInt64 {
  UInt64(UInt32(bitPattern: a)) << 32 | UInt64(UInt32(bitPattern: b))
}
