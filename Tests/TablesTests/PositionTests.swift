import Diagnostics
import Testing

@testable import Tables

@Suite struct PositionTests {
  func table(_ bytes: [UInt8], _ options: TableOptions = TableOptions(), capacity: Int = 1 << 20) -> Table? {
    var reader = TableReader(name: "t", file: "data/t.csv", options: options)
    reader.capacity = capacity
    return reader.read(bytes: bytes).table
  }

  @Test(arguments: [32, 1 << 20]) func everyCellIsFound(_ capacity: Int) {
    let table = table(Array("a,b,c\né,\"x\ny\",3\n\n4,\"q\"\"\",6\n".utf8), capacity: capacity)
    #expect(table?.position(row: 0, column: 0) == SourcePosition(file: "data/t.csv", line: 2, column: 1))
    #expect(table?.position(row: 0, column: 1) == SourcePosition(file: "data/t.csv", line: 2, column: 3))
    #expect(table?.position(row: 0, column: 2) == SourcePosition(file: "data/t.csv", line: 3, column: 4))
    #expect(table?.position(row: 1, column: "b") == SourcePosition(file: "data/t.csv", line: 5, column: 3))
    #expect(table?.position(row: 1, column: "c") == SourcePosition(file: "data/t.csv", line: 5, column: 9))
    #expect(table?.position(row: 1, column: "none") == SourcePosition(file: "data/t.csv", line: 5))
    #expect(table?.position(row: 9, column: 0).column == 0)
  }

  @Test(arguments: [32, 1 << 20]) func columnNamesAreFound(_ capacity: Int) {
    let table = table(Array("\u{FEFF}sep=;\n\na;\"b\nb\";\"c\"\n1;2;3\n".utf8), capacity: capacity)
    #expect(table?.headerPosition(column: 0) == SourcePosition(file: "data/t.csv", line: 3, column: 1))
    #expect(table?.headerPosition(column: 1) == SourcePosition(file: "data/t.csv", line: 3, column: 3))
    #expect(table?.headerPosition(column: "c") == SourcePosition(file: "data/t.csv", line: 4, column: 4))
    #expect(table?.headerPosition(column: "none") == SourcePosition(file: "data/t.csv", line: 3))
    let made = Table(name: "t", file: "t.csv", columns: [])
    #expect(made.headerPosition(column: 0) == SourcePosition(file: "t.csv"))
  }

  @Test func withoutTheBytesTheLineRemains() {
    var stream = MemoryStream("a,b\n1,2\n3,4\n")
    let table = TableReader(name: "t", file: "t.csv").read(&stream).table
    #expect(table?.position(row: 1, column: 1) == SourcePosition(file: "t.csv", line: 3))
  }

  /// A file with everything that moves lines and columns, in every encoding that has the characters.
  @Test(arguments: ["utf-8", "utf-16le", "utf-16be", "windows-1252"], [33, 1 << 20])
  func longFiles(_ encoding: String, _ capacity: Int) {
    var generator = SeededGenerator(state: 3)
    var text = "id,note,value\r\n"
    var expected: [(Int, Int)] = []
    var line = 2
    for row in 0..<1500 {
      if row % 7 == 3 {
        text += "\r\n"
        line += 1
      }
      let note = ["é", "\"a,b\"", "\"u\r\nv\"", "", "\"\"\"q\"", "€uro"].randomElement(using: &generator) ?? ""
      text += "\(row),\(note),\(row)\r\n"
      let lead = String(row).count + 1
      if note.contains("\r\n") {
        expected.append((line + 1, 4))
        line += 2
      } else {
        expected.append((line, lead + note.unicodeScalars.count + 2))
        line += 1
      }
    }
    let bytes: [UInt8]
    switch encoding {
    case "utf-16le": bytes = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case "utf-16be": bytes = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    case "windows-1252": bytes = text.unicodeScalars.map { $0 == "€" ? 0x80 : UInt8($0.value) }
    default: bytes = Array(text.utf8)
    }
    let table = table(bytes, TableOptions(encoding: encoding), capacity: capacity)
    #expect(table?.rowCount == 1500)
    for row in [0, 1, 2, 3, 4, 254, 255, 256, 257, 511, 512, 1000, 1279, 1280, 1499] {
      let position = table?.position(row: row, column: 2)
      #expect(position?.line == expected[row].0 && position?.column == expected[row].1, "row \(row)")
    }
  }

  @Test func aFileThatChangedKeepsTheLine() {
    var stream = MemoryStream("a,b\n1,2\n3,4\n")
    let table = TableReader(name: "t", file: "t.csv").read(&stream, reread: { _, _ in [0x22, 0x22] }).table
    #expect(table?.position(row: 1, column: 1) == SourcePosition(file: "t.csv", line: 3))
  }
}
