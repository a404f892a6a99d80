import Diagnostics
import Pages
import ValueModels

extension Findings {
  /// As bytes for the cache; numbers keep their bits.
  var packed: [UInt8] {
    var packer = Packer()
    packer.add(id)
    packer.add(type)
    packer.add(title)
    packer.add(facts) {
      $0.add($1.name)
      $0.add($1.value)
      $0.add($1.format.rawValue)
    }
    packer.add(tables) { packer, table in
      packer.add(table.name)
      packer.add(table.title)
      packer.add(table.columns) {
        $0.add($1.name)
        $0.add($1.format.rawValue)
      }
      packer.add(table.rows) { packer, row in
        for value in row { packer.add(value) }
      }
    }
    packer.add(cautions) {
      $0.add($1.id)
      $0.add($1.message)
      $0.add($1.rows) { $0.add($1) }
    }
    packer.add(method.summary)
    packer.add(method.settings) { $0.add($1) }
    packer.add(method.references) { $0.add($1) }
    packer.add(data) {
      $0.add($1.name)
      $0.add($1.rows)
      $0.add($1.used)
      $0.add($1.sha256)
      $0.add($1.source?.rawValue)
      $0.add($1.collected)
    }
    packer.add(dropped) {
      $0.add($1.data)
      $0.add($1.line)
      $0.add($1.reason)
    }
    return packer.bytes
  }

  /// nil where the bytes are not findings.
  init?(packed bytes: [UInt8]) {
    var reader = Unpacker(bytes)
    do throws(Unpacker.Damaged) {
      self.init(id: try reader.text(), type: try reader.text(), title: try reader.text(), method: Method(summary: ""))
      facts = try reader.list { (r) throws(Unpacker.Damaged) in
        Fact(try r.text(), try r.value(), try r.format())
      }
      tables = try reader.list { (r) throws(Unpacker.Damaged) in try r.table() }
      cautions = try reader.list { (r) throws(Unpacker.Damaged) in
        Caution(try r.text(), try r.text(), rows: try r.list { (r) throws(Unpacker.Damaged) in try r.text() })
      }
      method = Method(
        summary: try reader.text(), settings: try reader.list { (r) throws(Unpacker.Damaged) in try r.namedSetting() },
        references: try reader.list { (r) throws(Unpacker.Damaged) in try r.text() })
      data = try reader.list { (r) throws(Unpacker.Damaged) in
        DataUse(
          name: try r.text(), rows: try r.rowCount(), used: try r.rowCount(), sha256: try r.text(),
          source: try r.optionalText().flatMap { DataSource(rawValue: $0) }, collected: try r.optionalText())
      }
      dropped = try reader.list { (r) throws(Unpacker.Damaged) in
        DroppedRow(data: try r.text(), line: try r.integer(), reason: try r.text())
      }
    } catch {
      return nil
    }
    guard reader.isAtEnd else { return nil }
  }
}

extension Packer {
  mutating func add(_ value: Value) {
    switch value {
    case .missing: add(0)
    case .number(let number):
      add(1)
      add(number)
    case .integer(let number):
      add(2)
      add(number)
    case .text(let text):
      add(3)
      add(text)
    case .truth(let truth):
      add(4)
      add(truth)
    }
  }

  mutating func add(_ setting: Method.NamedSetting) {
    add(setting.name)
    add(setting.value)
  }

  mutating func add(_ value: SettingValue) {
    switch value {
    case .none: add(0)
    case .text(let text):
      add(1)
      add(text)
    case .number(let number):
      add(2)
      add(number)
    case .integer(let number):
      add(3)
      add(number)
    case .truth(let truth):
      add(4)
      add(truth)
    case .list(let items):
      add(5)
      add(items) { $0.add($1) }
    case .map(let entries):
      add(6)
      add(entries) { $0.add($1) }
    }
  }
}

extension Unpacker {
  fileprivate mutating func value() throws(Unpacker.Damaged) -> Value {
    switch try integer() {
    case 0: .missing
    case 1: .number(try number())
    case 2: .integer(try integer())
    case 3: .text(try text())
    case 4: .truth(try truth())
    default: throw Unpacker.Damaged()
    }
  }

  /// A number of rows: small enough that differences of two cannot overflow.
  fileprivate mutating func rowCount() throws(Unpacker.Damaged) -> Int {
    let count = try integer()
    guard (0...(1 << 53)).contains(count) else { throw Unpacker.Damaged() }
    return count
  }

  fileprivate mutating func format() throws(Unpacker.Damaged) -> Format {
    guard let format = Format(rawValue: try text()) else { throw Unpacker.Damaged() }
    return format
  }

  fileprivate mutating func table() throws(Unpacker.Damaged) -> FindingsTable {
    let (name, title) = (try text(), try text())
    var table = FindingsTable(
      name, title: title,
      columns: try list { (r) throws(Unpacker.Damaged) in FindingsTable.Column(try r.text(), try r.format()) })
    let width = table.columns.count
    let rows = try list { (r) throws(Unpacker.Damaged) -> [Value] in
      var row: [Value] = []
      for _ in 0..<width { row.append(try r.value()) }
      return row
    }
    for row in rows { table.add(row) }
    return table
  }

  fileprivate mutating func namedSetting() throws(Unpacker.Damaged) -> Method.NamedSetting {
    Method.NamedSetting(try text(), try settingValue(depth: 0))
  }

  private mutating func settingValue(depth: Int) throws(Unpacker.Damaged) -> SettingValue {
    guard depth < 32 else { throw Unpacker.Damaged() }
    switch try integer() {
    case 0: return .none
    case 1: return .text(try text())
    case 2: return .number(try number())
    case 3: return .integer(try integer())
    case 4: return .truth(try truth())
    case 5: return .list(try list { (r) throws(Unpacker.Damaged) in try r.settingValue(depth: depth + 1) })
    case 6:
      return .map(
        try list { (r) throws(Unpacker.Damaged) in
          Method.NamedSetting(try r.text(), try r.settingValue(depth: depth + 1))
        })
    default: throw Unpacker.Damaged()
    }
  }
}
