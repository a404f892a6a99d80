import Diagnostics
import Settings
import Tables
import ValueModels

extension Study {
  mutating func readData(_ declared: Setting.Entry, _ problems: inout DiagnosticList) {
    let name = declared.key
    if case .scalar(let path, _) = declared.value.value, !declared.value.isNull {
      data.append(
        DataSet(
          name: name, position: declared.keyPosition, file: path, filePosition: declared.value.position,
          options: TableOptions(), source: nil, collected: nil))
      return
    }
    let entry = SettingsReader(declared.value, at: "data.\(name)")
    readData(named: declared, entry, &problems)
    problems.add(contentsOf: entry.finish())
  }

  private mutating func readData(
    named declared: Setting.Entry, _ entry: SettingsReader, _ problems: inout DiagnosticList
  ) {
    let name = declared.key
    let engine = entry.choice("engine", of: ["csv", "postgres", "clickhouse", "duckdb"], default: "csv")
    guard engine == "csv" else {
      unreadData.append(name)
      _ = entry.string("connection")
      _ = entry.string("query")
      for key in ["columns", "types", "missing", "source", "collected"] { _ = entry.setting(key) }
      entry.fail(
        "study.engine-unavailable", at: "engine",
        "tables come from CSV files in this version, and '\(name)' asks for \(engine)",
        hint: "export the query's result as CSV and name it with 'file:'")
      return
    }
    var options = TableOptions()
    let file = entry.requiredString("file", "the CSV file, by its path below content/")
    options.delimiter = byte("delimiter", entry)
    options.decimal = byte("decimal", entry)
    options.delimiterPosition = entry.position(of: "delimiter")
    options.decimalPosition = entry.position(of: "decimal")
    options.encoding = entry.string("encoding")
    options.encodingPosition = entry.position(of: "encoding")
    for column in entry.map("columns") {
      guard case .scalar(let theirs, _) = column.value.value else {
        problems.add(
          Diagnostic(
            .error, "settings.wrong-type", at: column.value.position,
            "'columns' gives one column of the file for each of our names, and '\(column.key)' has \(column.value.found)"
          ))
        continue
      }
      options.columns.append(.init(ours: column.key, theirs: theirs, position: column.value.position))
    }
    for column in entry.map("types") {
      guard case .scalar(let word, _) = column.value.value, let type = ColumnType(rawValue: word) else {
        let types = ColumnType.allCases.map(\.rawValue)
        problems.add(
          Diagnostic(
            .error, "study.unknown-type", at: column.value.position,
            "a type is one of \(types.joined(separator: ", ")), and '\(column.key)' has \(column.value.found)",
            hint: nearestHint(to: column.value.text ?? "", among: types)))
        continue
      }
      options.types.append(.init(column.key, type, position: column.value.position))
    }
    options.missing = entry.strings("missing")
    let source = entry.choice("source", of: DataSource.allCases.map(\.rawValue)).flatMap { DataSource(rawValue: $0) }
    let collected = entry.string("collected")
    if let collected, CalendarDay(collected) == nil {
      entry.fail(
        "settings.wrong-type", at: "collected",
        "'collected' is a year, a month or a day (2026-04), and '\(collected)' is none")
    }
    self.data.append(
      DataSet(
        name: name, position: declared.keyPosition, file: file, filePosition: entry.position(of: "file"),
        options: options,
        source: source,
        collected: collected))
  }

  private func byte(_ key: String, _ reader: SettingsReader) -> UInt8? {
    guard let text = reader.string(key) else { return nil }
    guard let byte = TableOptions.byte(of: text) else {
      reader.fail(
        "settings.wrong-type", at: key, "'\(key)' is one sign, and '\(text)' is none", hint: "for example \";\", or tab"
      )
      return nil
    }
    return byte
  }
}
