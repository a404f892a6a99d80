import Diagnostics
import Formats
import Graphics
import Markup
import Settings
import Tables
import ValueModels

extension Study {
  /// Reads `valuemap.yaml`.
  ///
  /// - Returns: The study as far as it could be read, and everything wrong with it.
  package static func read(_ text: String, file: String = "valuemap.yaml") -> (study: Study, diagnostics: [Diagnostic])
  {
    let (root, found) = parseYAML(text, file: file)
    var study = Study()
    guard let root else {
      study.isReadable = false
      return (
        study,
        found.isEmpty
          ? [Diagnostic(.error, "study.empty", at: SourcePosition(file: file), "a study has a title")] : found
      )
    }
    let reader = SettingsReader(root)
    study.readHead(reader)
    study.readBrand(reader.reader("brand"))
    study.readPrivacy(reader.reader("privacy"))
    var problems = DiagnosticList()
    problems.add(contentsOf: found)
    for entry in reader.map("data") { study.readData(entry, &problems) }
    if let analyses = reader.setting("analyses"), case .map(let entries) = analyses.value {
      for entry in entries { study.readAnalysis(entry, &problems) }
      study.unread = entries.map(\.key).filter { id in !study.analyses.contains { $0.id == id } }
      study.checkNeeds(&problems)
    } else if let analyses = reader.setting("analyses") {
      problems.add(
        Diagnostic(
          .error, "settings.wrong-type", at: analyses.position,
          "'analyses' is a map of analyses by their ids, and something else was found"))
    }
    problems.add(contentsOf: reader.finish())
    return (study, problems.all)
  }

  private mutating func readHead(_ reader: SettingsReader) {
    title = reader.requiredString("title", "the study's name, printed on every page")
    client = reader.string("client")
    date = reader.day("date")
    let tag = reader.string("language", default: "en-GB")
    if let known = Language(identifier: tag) {
      language = known
    } else {
      reader.fail(
        "study.unknown-language", at: "language", "'language' is a BCP 47 tag, and '\(tag)' is none",
        hint: "for example en-GB, de-CH or ja")
    }
    currency = reader.string("currency", default: defaultCurrency(of: language.identifier))
    siteURL = reader.string("site_url")
    if let url = siteURL {
      guard url.hasPrefix("https://") || url.hasPrefix("http://"), !url.contains(where: { " \"'<>".contains($0) })
      else {
        reader.fail(
          "study.bad-site-url", at: "site_url",
          "'site_url' is an address that begins with https://, and '\(url)' does not")
        return
      }
      if !url.hasSuffix("/") { siteURL = url + "/" }
    }
    isConfidential = reader.truth("confidential", default: true)
  }

  private mutating func readBrand(_ reader: SettingsReader) {
    if let text = reader.string("accent") {
      accent = RGB(text)
      if accent == nil {
        reader.fail(
          "study.bad-colour", at: "accent", "a colour is '#rrggbb', and '\(text)' is none",
          hint: "write accent: \"#0b5fff\", in quotes")
      }
    }
    logo = reader.string("logo")
    logoPosition = reader.position(of: "logo")
    font = reader.string("font", default: "Inter")
    fontPosition = reader.has("font") ? reader.position(of: "font") : nil
    reader.finishQuietly()
  }

  private mutating func readPrivacy(_ reader: SettingsReader) {
    privacy = Privacy(
      minimumBase: reader.integer("minimum_base", default: 30, in: 1...1_000_000),
      suppressBelow: reader.integer("suppress_below", default: 10, in: 1...1_000_000))
    reader.finishQuietly()
  }

  // MARK: Data

  private mutating func readData(_ declared: Setting.Entry, _ problems: inout DiagnosticList) {
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

  // MARK: Analyses

  private mutating func readAnalysis(_ entry: Setting.Entry, _ problems: inout DiagnosticList) {
    let id = entry.key
    guard let first = id.utf8.first, first < 0x80, Character(Unicode.Scalar(first)).isLetter,
      id.utf8.allSatisfy({
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
          || $0 == 0x5F
      }),
      id.utf8.count <= 80
    else {
      problems.add(
        Diagnostic(
          .error, "study.bad-id", at: entry.keyPosition,
          "an analysis' id begins with a letter and holds letters a to z, digits, '-' and '_', and '\(id)' does not"))
      return
    }
    guard id != "study" else {
      problems.add(
        Diagnostic(
          .error, "study.bad-id", at: entry.keyPosition,
          "pages call the study itself 'study' ({{study.title}}), and an analysis has that id",
          hint: "give it another id"))
      return
    }
    guard case .map = entry.value.value else {
      problems.add(
        Diagnostic(
          .error, "settings.wrong-type", at: entry.value.position,
          "an analysis is a map with 'type', and '\(id)' is none"))
      return
    }
    guard let type = entry.value["type"], case .scalar(let name, _) = type.value else {
      problems.add(
        Diagnostic(
          .error, "settings.missing", at: entry.keyPosition, "an analysis has a 'type', and '\(id)' has none",
          hint: nearestHint(to: "", among: AnalysisCatalogue.kinds.map(\.name))))
      return
    }
    guard let kind = AnalysisCatalogue.kind(name) else {
      let isPlanned = AnalysisCatalogue.planned.contains(name)
      problems.add(
        Diagnostic(
          .error, isPlanned ? "study.type-unavailable" : "study.unknown-type", at: type.position,
          isPlanned
            ? "this version does not compute '\(name)' yet" : "a type is a kind of analysis, and there is no '\(name)'",
          hint: isPlanned
            ? "see 'valuemap analyses' for those it does"
            : nearestHint(to: name, among: AnalysisCatalogue.kinds.map(\.name))))
      return
    }
    var analysis = Analysis(id: id, position: entry.keyPosition, kind: kind, settings: entry.value, data: [], needs: [])
    // The question is the study's to word; it changes nothing that is computed.
    if case .map(var entries) = entry.value.value, let place = entries.firstIndex(where: { $0.key == "question" }) {
      if case .scalar(let text, _) = entries[place].value.value {
        analysis.question = text
      } else {
        problems.add(
          Diagnostic(.error, "settings.wrong-type", at: entries[place].value.position, "'question' is a text"))
      }
      entries.remove(at: place)
      analysis.settings.value = .map(entries)
    }
    for role in kind.tables {
      guard let value = entry.value[role.name], !value.isNull else { continue }
      guard case .scalar(let name, _) = value.value else {
        problems.add(
          Diagnostic(
            .error, "settings.wrong-type", at: value.position,
            "'\(role.name)' names a table of 'data:', and something else was found"))
        continue
      }
      guard data.contains(where: { $0.name == name }) || unreadData.contains(name) else {
        problems.add(
          Diagnostic(
            .error, "study.unknown-table", at: value.position,
            "'\(role.name)' names a table of 'data:', and there is no '\(name)'",
            hint: nearestHint(to: name, among: data.map(\.name))))
        continue
      }
      analysis.data.append((role.name, name))
    }
    for key in kind.needs {
      guard let value = entry.value[key], case .scalar(let other, _) = value.value, !value.isNull else { continue }
      analysis.needs.append((key, other))
    }
    analyses.append(analysis)
  }

  /// Analyses that read others: those exist, and no circle leads back.
  private func checkNeeds(_ problems: inout DiagnosticList) {
    for analysis in analyses {
      for need in analysis.needs where !analyses.contains(where: { $0.id == need.id }) {
        problems.add(
          Diagnostic(
            .error, "study.unknown-analysis", at: analysis.settings[need.key]?.position ?? analysis.position,
            "'\(need.key)' names another analysis, and there is no '\(need.id)'",
            hint: nearestHint(to: need.id, among: analyses.map(\.id))))
      }
      var seen: Set<String> = []
      var pending = analysis.needs.map(\.id)
      while let next = pending.popLast() {
        if next == analysis.id {
          problems.add(
            Diagnostic(
              .error, "study.circle", at: analysis.position,
              "analyses do not wait for themselves, and '\(analysis.id)' does"))
          break
        }
        guard seen.insert(next).inserted else { continue }
        pending += analyses.first { $0.id == next }?.needs.map(\.id) ?? []
      }
    }
  }
}

extension Setting {
  fileprivate var text: String? {
    if case .scalar(let text, _) = value { text } else { nil }
  }
}

extension SettingsReader {
  /// Reports unknown keys to the reader this one came from, which prints them all.
  fileprivate func finishQuietly() { _ = finish() }
}

/// The currency of a language's region, for `money(…)` where the study names none.
private func defaultCurrency(of tag: String) -> String {
  let region = tag.split(separator: "-").last { $0.count == 2 && $0 == $0.uppercased() }.map(String.init)
  switch region {
  case "US": return "USD"
  case "AU": return "AUD"
  case "CA": return "CAD"
  case "CH", "LI": return "CHF"
  case "JP": return "JPY"
  case "CN": return "CNY"
  case "IN": return "INR"
  case "BR": return "BRL"
  case "SE": return "SEK"
  case "NO": return "NOK"
  case "DK": return "DKK"
  case "PL": return "PLN"
  case "CZ": return "CZK"
  case "NZ": return "NZD"
  case "ZA": return "ZAR"
  case "KR": return "KRW"
  case "GB": return "GBP"
  case nil where tag.hasPrefix("en"): return "GBP"
  case nil where tag.hasPrefix("ja"): return "JPY"
  default: return "EUR"
  }
}
