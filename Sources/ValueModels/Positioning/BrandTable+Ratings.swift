import Diagnostics
import Statistics
import Tables

extension BrandTable {
  /// A row a respondent and brand, a column an attribute. Correspondence sums over respondents, as a table of ticks is
  /// summed; components take the brands' means. A row without a brand, respondent or needed answer is dropped.
  static func ratings(
    _ form: MapForm, _ settings: PerceptualMapSettings, _ weights: [Double]?, _ rows: inout SourceRows,
    _ ground: inout Groundwork
  ) -> BrandTable? {
    // Numbers are taken a column at a time and let go again: all at once may be much larger than the table.
    let columns = form.attributes.filter { ground.numbers($0, in: rows, as: "attribute") != nil }
    guard let brand = form.brand, let respondent = form.respondent, columns.count == form.attributes.count else {
      return nil
    }
    rows.dropMissing(brand, as: "no brand")
    rows.dropMissing(respondent, as: "no respondent")
    for column in columns { rows.dropMissing(column) }
    var answers = Answers(brand: brand, respondent: respondent, weights: weights)
    answers.suppress(&rows, &ground)
    if settings.method == .correspondence {
      for column in columns {
        let numbers = column.numbers()
        for row in rows.kept where numbers[row] < 0 {
          ground.negative(rows, row, column, brand.text(row) ?? "", column.name, numbers[row])
        }
      }
    }
    answers.count(rows, &ground)
    var sums = Matrix(rows: answers.brands.count, columns: columns.count)
    var weightOf = [Double](repeating: 0, count: answers.brands.count)
    for row in rows.kept {
      weightOf[answers.index(row)] += answers.weight(row)
    }
    var segments = SegmentRows.reading(
      settings.segments, own: settings.own, answers: answers, attributes: columns.count, rows, &ground)
    // Column by column, as they lie in memory.
    var areTicks = true
    for (j, column) in columns.enumerated() {
      let numbers = column.numbers()
      for row in rows.kept { sums[answers.index(row), j] += answers.weight(row) * numbers[row] }
      if segments != nil {
        for row in rows.kept { segments?.add(row: row, attribute: j, value: numbers[row], weight: answers.weight(row)) }
      }
      areTicks = areTicks && rows.kept.allSatisfy { numbers[$0] == 0 || numbers[$0] == 1 }
    }
    let takesMeans = settings.method != .correspondence
    if takesMeans { sums = sums.scalingRows(by: weightOf.map { $0 > 0 ? 1 / $0 : 0 }) }
    var table = answers.table(
      sums, attributes: form.attributes.map(\.name),
      content: settings.method == .discriminant
        ? "single answers" : takesMeans ? "means of answers" : areTicks ? "ticks" : "sums of scores",
      attributeCells: nil)
    table.segments = segments.map { SegmentRows($0, takesMeans: takesMeans) }
    table.sample = answers.sample(columns, means: sums.generalMeans, settings, rows)
    return table
  }

  /// A row an answer: brand, attribute, score, and the respondent where there is one. Correspondence sums; components
  /// take the mean of each brand and attribute.
  static func long(
    _ form: MapForm, _ settings: PerceptualMapSettings, _ weights: [Double]?, _ rows: inout SourceRows,
    _ ground: inout Groundwork
  ) -> BrandTable? {
    guard let brand = form.brand, let attribute = form.attribute, let score = form.score,
      let scores = ground.numbers(score, in: rows, as: "score")
    else { return nil }
    rows.dropMissing(brand, as: "no brand")
    if let respondent = form.respondent { rows.dropMissing(respondent, as: "no respondent") }
    rows.dropMissing(attribute, as: "no attribute")
    rows.dropMissing(score, as: "no score")
    let (codes, levels) = attribute.codes()
    let chosen = form.chosenLevels(levels, settings, &ground)
    let place = Dictionary(chosen.enumerated().map { ($1, $0) }) { first, _ in first }
    if chosen.count < levels.count {
      rows.keep(orDropAs: "attribute not listed") { place[Int(codes[$0])] != nil }
    }
    let present = Set(rows.kept.lazy.map { codes[$0] })
    let used = chosen.filter { present.contains(Int32(clamping: $0)) }
    let column = Dictionary(used.enumerated().map { ($1, $0) }) { first, _ in first }
    ground.record("attributes", .list(used.map { .text(levels[$0]) }))
    var answers = Answers(brand: brand, respondent: form.respondent, weights: weights)
    answers.suppress(&rows, &ground)
    if settings.method == .correspondence {
      for row in rows.kept where scores[row] < 0 {
        ground.negative(rows, row, score, brand.text(row) ?? "", attribute.text(row) ?? "", scores[row])
      }
    }
    if settings.method == .discriminant { answers.keepComplete(&rows, codes, attributes: used.count, &ground) }
    answers.count(rows, &ground, within: codes)
    var sums = Matrix(rows: answers.brands.count, columns: used.count)
    var weightOf = sums
    var firstRow = [Int](repeating: -1, count: used.count)
    var segments = SegmentRows.reading(
      settings.segments, own: settings.own, answers: answers, attributes: used.count, rows, &ground)
    for row in rows.kept {
      guard let j = column[Int(codes[row])] else { continue }
      segments?.add(row: row, attribute: j, value: scores[row], weight: answers.weight(row))
      let at = answers.index(row)
      sums[at, j] += answers.weight(row) * scores[row]
      weightOf[at, j] += answers.weight(row)
      if firstRow[j] < 0 { firstRow[j] = row }
    }
    let takesMeans = settings.method != .correspondence
    if takesMeans {
      for i in 0..<sums.rows {
        for j in 0..<sums.columns {
          if weightOf[i, j] > 0 {
            sums[i, j] /= weightOf[i, j]
          } else {
            ground.fail(
              "analysis.no-answers", at: answers.position(i, rows),
              "components need a mean of every brand on every attribute, and '\(answers.brands[i])' has no answer on "
                + "'\(levels[used[j]])'")
          }
        }
      }
    }
    var table = answers.table(
      sums, attributes: used.map { levels[$0] },
      content: settings.method == .discriminant
        ? "single answers" : takesMeans ? "means of answers" : "sums of answers",
      attributeCells: Cells(column: attribute, rows: firstRow))
    table.segments = segments.map { SegmentRows($0, takesMeans: takesMeans) }
    table.sample = answers.sample(
      scores, attributes: used.count, attributeOf: { column[Int(codes[$0])] }, means: sums.generalMeans, settings, rows)
    return table
  }
}

extension Matrix {
  /// The mean of each column.
  fileprivate var generalMeans: [Double] { columnSums.map { $0 / Double(max(1, rows)) } }
}

extension MapForm {
  /// The levels of the attribute column that count: those listed, in that order, else all; supplementary ones join.
  fileprivate func chosenLevels(
    _ levels: [String], _ settings: PerceptualMapSettings, _ ground: inout Groundwork
  ) -> [Int] {
    guard let chosen else { return Array(levels.indices) }
    var result: [Int] = []
    for named in chosen + settings.supplementaryAttributes {
      guard let at = levels.firstIndex(of: named.name) else {
        ground.fail(
          "analysis.unknown-name", at: named.position,
          "'attributes' names values of the column of attributes, and there is no '\(named.name)'",
          hint: nearestHint(to: named.name, among: levels))
        continue
      }
      if !result.contains(at) { result.append(at) }
    }
    return result
  }
}
