import Diagnostics
import Testing

@testable import Tables

/// Files made by a seeded generator: what is written is read back, and nothing that can be in a file stops the program.
@Suite struct RandomFileTests {
  static let pieces = [
    "a", "Z", "7", "-", ".", ",", ";", "\t", "|", "\"", "\n", "\r\n", "\r", " ", "é", "😀", "true", "2026-01-31", "0",
  ]

  func cell(_ generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...4, using: &generator)).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }
      .joined()
  }

  func quoted(_ text: String, always: Bool) -> String {
    let needs = text.contains { "\",;\t|\n\r\r\n".contains($0) } || text.first == " " || text.isEmpty
    return needs || always ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  @Test(arguments: 0..<60) func whatIsWrittenIsReadBack(_ seed: UInt64) {
    var generator = SeededGenerator(state: seed)
    let width = Int.random(in: 1...5, using: &generator)
    let delimiter = [",", ";", "\t", "|"].randomElement(using: &generator) ?? ","
    let end = ["\n", "\r\n", "\r"].randomElement(using: &generator) ?? "\n"
    let rows = (0..<Int.random(in: 1...20, using: &generator)).map { _ in (0..<width).map { _ in cell(&generator) } }
    var text = (0..<width).map { "c\($0)" }.joined(separator: delimiter) + end
    for row in rows {
      let isQuoted = Bool.random(using: &generator) || width == 1
      text += row.map { quoted($0, always: isQuoted) }.joined(separator: delimiter) + end
    }
    let outcome = read(
      text,
      TableOptions(
        delimiter: delimiter.utf8.first, types: (0..<width).map { .init("c\($0)", $0 % 2 == 0 ? .text : .category) }))
    #expect(outcome.errors.isEmpty)
    let expected = rows.map { row in
      row.map { $0.allSatisfy { $0 == " " || $0 == "\t" } ? "·" : $0 }
    }
    #expect(outcome.cells.map { $0.map { Array($0.utf8) } } == expected.map { $0.map { Array($0.utf8) } })
  }

  /// Reading must end, with a table or with errors, and in the same way whatever the pieces.
  @Test(arguments: 0..<8) func noBytesCrash(_ seed: UInt64) {
    var generator = SeededGenerator(state: 1000 + seed)
    let starts = [
      "id,date,amount,who\n1,2026-01-01,2.50,\"Ann, B\"\n2,2026-01-02,3,Bob\n3,,4e2,\"x\"\"y\"\n",
      "a;b;c\r\n1,5;x;true\r\n2,25;\"y\r\nz\";false\r\n", "a\tb\n1\t2\n", "a\n1\n", "é,ü\nß,😀\n",
    ].map { Array($0.utf8) }
    let nasty: [UInt8] = [
      0x22, 0x2C, 0x3B, 0x0A, 0x0D, 0, 0xFF, 0xFE, 0xEF, 0xBB, 0xBF, 0xC3, 0xE2, 0xF0, 0x80, 0x20, 0x2D, 0x39,
    ]
    for round in 0..<400 {
      var bytes = starts[round % starts.count]
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let at = Int.random(in: 0...bytes.count, using: &generator)
        let byte =
          Bool.random(using: &generator)
          ? nasty.randomElement(using: &generator) ?? 0 : UInt8.random(in: 0...255, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes.insert(byte, at: at)
        case 1: if at < bytes.count { bytes[at] = byte }
        case 2: bytes.removeSubrange(at..<min(bytes.count, at + 3))
        default: bytes.insert(contentsOf: bytes.prefix(at).suffix(9), at: at)
        }
      }
      var options = TableOptions()
      if round % 3 == 0 { options.types = [.init("a", .number), .init("id", .integer), .init("date", .date)] }
      if round % 5 == 0 { options.encoding = TextEncoding.names[round / 5 % TextEncoding.names.count] }
      let outcome = read(bytes, options)
      #expect((outcome.columns == nil) == !outcome.errors.isEmpty, "\(bytes)")
      if let table = TableReader(name: "t", file: "t", options: options).read(bytes: bytes).table {
        for column in table.columns.indices {
          #expect(table.position(row: table.rowCount - 1, column: column).column > 0, "\(bytes)")
        }
      }
    }
  }
}
