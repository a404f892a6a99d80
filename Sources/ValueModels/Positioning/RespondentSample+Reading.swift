import Statistics
import Tables

extension Answers {
  private struct Codes {
    var respondents: Int
    var respondentOf: [Int32]
    var brandOf: [Int32]
    /// The waves of each respondent as bits, so that waves keep their sizes when respondents are drawn and those who
    /// answered in several are drawn with all their answers.
    var stratumOf: [UInt32]
  }

  /// Respondents of the rows kept, from 0 in order of first appearance, and the brands of those rows, −1 for one that
  /// has no say.
  private func codes(
    _ rows: SourceRows, _ settings: PerceptualMapSettings
  ) -> Codes? {
    guard let codes = respondentCodes else { return nil }
    let passive = Set(settings.supplementaryBrands.map(\.name))
    let isActive = brands.map { !passive.contains($0) && settings.waves?.isPassive($0) != true }
    var places = [Int32](repeating: -1, count: Int(codes.max() ?? -1) + 1)
    var count: Int32 = 0
    var respondentOf: [Int32] = []
    var brandOf: [Int32] = []
    respondentOf.reserveCapacity(rows.kept.count)
    brandOf.reserveCapacity(rows.kept.count)
    for row in rows.kept {
      let code = Int(codes[row])
      if places[code] < 0 {
        places[code] = count
        count += 1
      }
      respondentOf.append(places[code])
      let brand = index(row)
      brandOf.append(isActive[brand] ? Int32(clamping: brand) : -1)
    }
    var stratumOf: [UInt32] = []
    if let waves = settings.waves {
      stratumOf = [UInt32](repeating: 0, count: Int(count))
      for (at, row) in rows.kept.enumerated() where waves.waveOfRow[row] >= 0 {
        stratumOf[Int(respondentOf[at])] |= 1 << UInt32(waves.waveOfRow[row])
      }
    }
    return Codes(respondents: Int(count), respondentOf: respondentOf, brandOf: brandOf, stratumOf: stratumOf)
  }

  private func content(_ settings: PerceptualMapSettings, inCells: Bool) -> RespondentSample.Content? {
    switch settings.method {
    case .correspondence: settings.usesRespondents ? .sums : nil
    case .scaling: settings.bootstrap > 0 ? (inCells ? .cellMeans : .means) : nil
    case .components: settings.usesRespondents ? (inCells ? .cellMeans : .means) : nil
    case .discriminant: .moments
    case .categories: nil
    }
  }

  /// The sample behind a table of ratings; nil where nothing needs one.
  /// - Parameter columns: The attributes, numeric, no answer missing in the rows kept.
  func sample(
    _ columns: [Column], means: [Double], _ settings: PerceptualMapSettings, _ rows: SourceRows
  ) -> RespondentSample? {
    guard !columns.isEmpty, let content = content(settings, inCells: false), let found = codes(rows, settings) else {
      return nil
    }
    let shift = content == .moments ? means : [Double](repeating: 0, count: columns.count)
    var sample = RespondentSample(
      content, brands: brands.count, attributes: columns.count, respondents: found.respondents,
      respondentOf: found.respondentOf, brandOf: found.brandOf, shift: shift, seed: settings.seed,
      stratumOf: found.stratumOf)
    // By parts of the table: columns lie apart in memory, and a row of answers is wanted together.
    let part = 2_048
    var buffer = [Double](repeating: 0, count: part * columns.count)
    for start in stride(from: 0, to: rows.kept.count, by: part) {
      let here = start..<min(start + part, rows.kept.count)
      for (j, column) in columns.enumerated() {
        column.write(rows.kept[here], to: &buffer, first: j, stride: columns.count, less: shift[j])
      }
      buffer.withUnsafeBufferPointer { buffer in
        for at in here {
          let row = rows.kept[at]
          let respondent = Int(found.respondentOf[at])
          let values = UnsafeBufferPointer(
            rebasing: buffer[(at - start) * columns.count..<(at - start + 1) * columns.count])
          sample.add(
            values, weight: weight(row), brand: index(row), respondent: respondent,
            block: sample.blocks.row(respondent: respondent, brand: Int(found.brandOf[at])))
        }
      }
    }
    return sample
  }

  /// The sample behind a table of single answers, of which every respondent and brand has one on every attribute where
  /// the method needs it.
  /// - Parameter column: Place of each level of the attribute column.
  func sample(
    _ scores: [Double], attributes: Int, attributeOf: (Int) -> Int?, means: [Double],
    _ settings: PerceptualMapSettings, _ rows: SourceRows
  ) -> RespondentSample? {
    guard attributes > 0, let content = content(settings, inCells: true), let found = codes(rows, settings) else {
      return nil
    }
    let shift = content == .moments ? means : [Double](repeating: 0, count: attributes)
    var sample = RespondentSample(
      content, brands: brands.count, attributes: attributes, respondents: found.respondents,
      respondentOf: found.respondentOf, brandOf: found.brandOf, shift: shift, seed: settings.seed,
      stratumOf: found.stratumOf)
    guard content == .moments else {
      for (at, row) in rows.kept.enumerated() {
        guard let attribute = attributeOf(row) else { continue }
        let respondent = Int(found.respondentOf[at])
        sample.add(
          scores[row], weight: weight(row), brand: index(row), attribute: attribute, respondent: respondent,
          block: sample.blocks.row(respondent: respondent, brand: Int(found.brandOf[at])))
      }
      return sample
    }
    // One row a respondent and brand, repeated answers averaged.
    var rowOf: [UInt64: Int] = [:]
    var values: [Double] = []
    var counts: [Double] = []
    var first: [Int] = []
    for (at, row) in rows.kept.enumerated() {
      guard let attribute = attributeOf(row) else { continue }
      let key = UInt64(UInt32(bitPattern: found.respondentOf[at])) << 32 | UInt64(index(row))
      let place = rowOf[key] ?? first.count
      if place == first.count {
        rowOf[key] = place
        first.append(at)
        values += [Double](repeating: 0, count: attributes)
        counts += [Double](repeating: 0, count: attributes)
      }
      values[place * attributes + attribute] += scores[row] - shift[attribute]
      counts[place * attributes + attribute] += 1
    }
    for at in values.indices where counts[at] > 0 { values[at] /= counts[at] }
    values.withUnsafeBufferPointer { values in
      for (place, at) in first.enumerated() {
        let (row, respondent) = (rows.kept[at], Int(found.respondentOf[at]))
        sample.add(
          UnsafeBufferPointer(rebasing: values[place * attributes..<(place + 1) * attributes]), weight: weight(row),
          brand: index(row), respondent: respondent,
          block: sample.blocks.row(respondent: respondent, brand: Int(found.brandOf[at])))
      }
    }
    return sample
  }
}

extension Column {
  /// Writes the numbers of some rows into every `stride`-th element of a buffer, without a copy of the column.
  fileprivate func write(
    _ rows: ArraySlice<Int>, to buffer: inout [Double], first: Int, stride: Int, less shift: Double
  ) {
    if case .integer(let values) = storage {
      return values.write(rows, to: &buffer, first: first, stride: stride, less: shift)
    }
    var at = first
    func put(_ number: (Int) -> Double) {
      for row in rows {
        buffer[at] = number(row) - shift
        at += stride
      }
    }
    switch storage {
    case .number(let values): put { values[$0] }
    case .truth(let values): put { Double(values[$0]) }
    default: put { self.number($0) ?? 0 }
    }
  }
}
