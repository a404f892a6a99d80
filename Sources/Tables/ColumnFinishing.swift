extension ColumnBuilder {
  /// The finished column. Found names are a category while they have at most 1,000 levels or a level for every ten rows
  /// (and never more than 65,536), else text.
  mutating func finish(name: String) -> Column {
    if kind == .category, declared == nil, dictionary.count > max(Self.fewLevels, rows / 10) { becomeText() }
    let storage: Storage =
      switch kind {
      case .integer: .integer(integers)
      case .number: .number(numbers)
      case .date: .date(days)
      case .truth: .truth(truths)
      case .category: .category(codes: codes, levels: dictionary.levels)
      case .text: .text(texts)
      case .undetermined, .unsettled, .skipped: .category(codes: .init(repeating: -1, count: rows), levels: [])
      }
    // A column of numbers but for one cell should blame that cell, not its first.
    let first = (0..<storage.count).first { !storage.isMissing($0) }
    let wasNumeric = contradiction.map { [.number, .integer, .truth].contains($0.type) } ?? false
    let wasDate = contradiction?.type == .date
    return Column(
      name: name, storage: storage, missingCount: missingCount,
      firstNonNumeric: storage.isNumeric ? nil : wasNumeric ? contradiction?.row : first,
      firstNonDate: storage.type == .date ? nil : wasDate ? contradiction?.row : first)
  }

  /// Turns a category into a text column.
  mutating func becomeText() {
    kind = .text
    for code in codes {
      if code < 0 {
        texts.appendMissing()
      } else if !dictionary.withLevel(Int(code), { texts.append($0) }) {
        texts.appendMissing()
        isTooLarge = true
      }
      if texts.count == 4096 { reserve() }
    }
    codes = []
    dictionary = LevelDictionary()
  }
}
