// Appending, one loop a type. Each returns the row it stopped at: the end of the batch, or the first row of another kind.
extension ColumnBuilder {
  /// A trimmed cell, nil where it means "no value".
  @inline(__always)
  private func value(_ batch: CellBatch, _ row: Int) -> UnsafeBufferPointer<UInt8>? {
    let cell = trimmed(batch.cell(row, column))
    return missing.contain(cell) ? nil : cell
  }

  mutating func settle(_ batch: CellBatch, from start: Int) -> Int {
    for row in start..<batch.rows {
      guard let cell = value(batch, row) else {
        missingCount += 1
        continue
      }
      let before = rows + row
      switch parseNumber(cell, decimal: decimal, lenient: false).kind {
      case .integer: kind = .integer
      case .decimal: kind = .number
      case .none:
        kind = parseDay(cell) != nil ? .date : parseTruth(cell, lenient: false) != nil ? .truth : .category
      }
      expectedRows = max(expectedRows, before + 1)
      reserve()
      switch kind {
      case .integer: integers.appendMissing(count: before)
      case .number: numbers.append(contentsOf: repeatElement(.nan, count: before))
      case .date: days.append(contentsOf: repeatElement(missingDay, count: before))
      case .truth: truths.append(contentsOf: repeatElement(-1, count: before))
      default: codes.append(contentsOf: repeatElement(-1, count: before))
      }
      return row
    }
    return batch.rows
  }

  mutating func appendIntegers(_ batch: CellBatch, from start: Int) -> Int {
    let lenient = declared != nil
    for row in start..<batch.rows {
      guard let cell = value(batch, row) else {
        integers.appendMissing()
        missingCount += 1
        continue
      }
      let parsed = parseNumber(cell, decimal: decimal, lenient: lenient)
      if parsed.kind == .integer {
        integers.append(parsed.integer)
      } else if lenient {
        integers.appendMissing()
        badRows.append(row)
      } else if parsed.kind == .decimal {
        numbers.reserveCapacity(max(expectedRows, integers.count))
        numbers.append(contentsOf: integers.numbers())
        integers = IntegerValues()
        kind = .number
        return row
      } else {
        return contradict(.integer, at: row)
      }
    }
    return batch.rows
  }

  mutating func appendNumbers(_ batch: CellBatch, from start: Int) -> Int {
    let lenient = declared != nil
    for row in start..<batch.rows {
      guard let cell = value(batch, row) else {
        numbers.append(.nan)
        missingCount += 1
        continue
      }
      let parsed = parseNumber(cell, decimal: decimal, lenient: lenient)
      switch parsed.kind {
      case .decimal: numbers.append(parsed.decimal)
      case .integer: numbers.append(Double(parsed.integer))
      case .none:
        if !lenient { return contradict(.number, at: row) }
        numbers.append(.nan)
        badRows.append(row)
      }
    }
    return batch.rows
  }

  mutating func appendDays(_ batch: CellBatch, from start: Int) -> Int {
    let lenient = declared != nil
    for row in start..<batch.rows {
      guard let cell = value(batch, row) else {
        days.append(missingDay)
        missingCount += 1
        continue
      }
      if let day = parseDay(cell, allowTime: lenient) {
        days.append(day)
      } else if lenient {
        days.append(missingDay)
        badRows.append(row)
      } else {
        return contradict(.date, at: row)
      }
    }
    return batch.rows
  }

  mutating func appendTruths(_ batch: CellBatch, from start: Int) -> Int {
    let lenient = declared != nil
    for row in start..<batch.rows {
      guard let cell = value(batch, row) else {
        truths.append(-1)
        missingCount += 1
        continue
      }
      if let truth = parseTruth(cell, lenient: lenient) {
        truths.append(truth)
      } else if lenient {
        truths.append(-1)
        badRows.append(row)
      } else {
        return contradict(.truth, at: row)
      }
    }
    return batch.rows
  }

  mutating func appendCodes(_ batch: CellBatch, from start: Int) -> Int {
    for row in start..<batch.rows {
      let cell = batch.cell(row, column)
      if missing.contain(trimmed(cell)) {
        codes.append(-1)
        missingCount += 1
        continue
      }
      codes.append(dictionary.code(of: cell))
      if dictionary.count > Self.mostLevels && declared == nil {
        becomeText()
        return row + 1
      }
    }
    return batch.rows
  }

  mutating func appendTexts(_ batch: CellBatch, from start: Int) -> Int {
    for row in start..<batch.rows {
      let cell = batch.cell(row, column)
      if missing.contain(trimmed(cell)) {
        texts.appendMissing()
        missingCount += 1
      } else if !texts.append(cell) {
        texts.appendMissing()
        isTooLarge = true
      }
    }
    return batch.rows
  }

  /// What has been read so far cannot be turned back into the text it was.
  private mutating func contradict(_ type: ColumnType, at row: Int) -> Int {
    contradiction = (rows + row, type)
    kind = .unsettled
    integers = IntegerValues()
    numbers = []
    days = []
    truths = []
    return row
  }
}
