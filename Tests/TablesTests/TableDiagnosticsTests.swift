import Diagnostics
import Testing

@testable import Tables

@Suite struct TableDiagnosticsTests {
  @Test(arguments: ["", "\n", "\n\n  \n", "\u{FEFF}", "\r\n"]) func emptyFiles(_ text: String) {
    #expect(read(text).ids == ["table.empty"])
  }

  @Test func aHeaderAlone() {
    let outcome = read("\na,b\n\n")
    #expect(outcome.places == ["2:1 table.no-rows"])
    #expect(read("a,b").ids == ["table.no-rows"])
  }

  @Test func raggedRows() {
    let outcome = read("a,b,c\n1,2\n1,2,3\n1,\"x\ny\",3,4,5\n9\n1,2,3,\n")
    #expect(
      outcome.places == [
        "2:4 table.ragged-row", "5:6 table.ragged-row", "6:2 table.ragged-row", "7:7 table.ragged-row",
      ])
    #expect(outcome.diagnostics[0].message.contains("expected 3, found 2"))
    #expect(outcome.diagnostics[1].message.contains("expected 3, found 5"))
    #expect(outcome.columns == nil)
  }

  @Test func aPageOfErrorsIsEnough() {
    let outcome = read("a,b\n" + String(repeating: "1\n", count: 1224))
    #expect(outcome.diagnostics.count == 21)
    #expect(outcome.diagnostics.last?.message.hasPrefix("and 1,204 more") == true)
    let bad = read("a\n" + String(repeating: "x\n", count: 50), TableOptions(types: [.init("a", .number)]))
    #expect(bad.diagnostics.count == 21)
    #expect(bad.diagnostics.last?.message.hasPrefix("and 30 more") == true)
  }

  @Test func headers() {
    let outcome = read("é,b,é,,b\n1,2,3,4,5\n")
    #expect(outcome.places == ["1:5 table.duplicate-header", "1:7 table.blank-header", "1:8 table.duplicate-header"])
    #expect(outcome.diagnostics[0].message.contains("data/t.csv:1:1"))
    #expect(outcome.diagnostics[2].message.contains("data/t.csv:1:3"))
    #expect(read("a,b,\n1,2,\n").diagnostics.first?.hint?.contains("remove the delimiter") == true)
    #expect(read(",a,b\n1,2,3\n").ids == ["table.blank-header"])
    #expect(read(",a\n1,2\n").ids == ["table.blank-header"])
    #expect(read("\" \",a\n1,2\n").ids == ["table.blank-header"])
  }

  @Test func theCornerOfASquareTableMayBeBlank() {
    let outcome = read(",x,y\nx,,2\ny,2,\n")
    #expect(outcome.errors.isEmpty)
    #expect(outcome.diagnostics.map(\.severity) == [.note])
    #expect(outcome.columns?.map(\.name) == ["name", "x", "y"])
    #expect(read(",name,y\nname,,2\ny,2,\n").columns?.first?.name == "row")
  }

  @Test func quotesGoneWrong() {
    let open = read("a,b\n1,2\nx,\"no end\n3,4\n5,6\n")
    #expect(open.places == ["3:3 table.unterminated-quote"])
    let text = read("a,b\n\"x\"y,2\n1,\"p\" q\"\n\"é\nz\",\"w\"!\n1,2\n")
    #expect(text.places == ["2:4 table.text-after-quote", "3:7 table.text-after-quote", "5:7 table.text-after-quote"])
    #expect(read("a,\"b\n1,2\n").places == ["1:3 table.unterminated-quote"])
  }

  @Test func bytesThatAreNoUTF8() {
    let outcome = read(
      Array("a,b\né,".utf8) + [0xE9, 0x2C] + Array("\nok,1\n".utf8) + [0xFF, 0xC3] + Array(",2\n".utf8))
    #expect(
      outcome.places == [
        "2:3 table.invalid-encoding", "2:5 table.ragged-row", "4:1 table.invalid-encoding",
        "4:2 table.invalid-encoding",
      ])
    #expect(outcome.diagnostics[0].message.contains("0xE9"))
    #expect(outcome.diagnostics[0].hint?.contains("encoding: windows-1252") == true)
  }

  @Test(
    arguments: [
      [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80], [0xF0, 0x9F, 0x98],
      [0xE0, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
    ] as [[UInt8]]) func malformedSequences(_ bytes: [UInt8])
  {
    let inside = read(Array("a,b\n1,x".utf8) + bytes + Array("y\n".utf8))
    #expect(inside.places.first == "2:4 table.invalid-encoding")
    let last = read(Array("a,b\n1,x".utf8) + bytes)
    #expect(last.places.first == "2:4 table.invalid-encoding")
  }

  @Test func zeroBytesAndBinaryFiles() {
    var text = Array("a,b\n".utf8) + Array(String(repeating: "1,2\n", count: 100).utf8)
    text[4 + 4 * 50] = 0
    #expect(read(text).places == ["52:1 table.zero-byte"])
    #expect(read([0, 0, 0, 1, 2, 3]).ids == ["table.binary"])
    #expect(read([0x50, 0x4B, 3, 4, 9]).diagnostics.first?.hint?.contains("spreadsheet") == true)
    #expect(read([0x1F, 0x8B, 8, 0]).ids == ["table.binary"])
    let utf16 = "a,b\n1,2\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(read(utf16).diagnostics.first?.hint?.contains("utf-16le") == true)
  }

  @Test func settingsThatNameNothing() {
    let place = SourcePosition(file: "valuemap.yaml", line: 7, column: 5)
    let options = TableOptions(
      columns: [.init(ours: "x", theirs: "custmer", position: place)], types: [.init("amnt", .number, position: place)])
    let outcome = read("customer,amount\n1,2\n", options)
    #expect(outcome.ids == ["table.unknown-column", "table.unknown-column"])
    #expect(Set(outcome.diagnostics.map(\.hint)) == ["did you mean 'customer'?", "did you mean 'amount'?"])
    #expect(outcome.diagnostics.allSatisfy { $0.position == place })
    let taken = TableOptions(columns: [.init(ours: "amount", theirs: "customer")])
    #expect(read("customer,amount\n1,2\n", taken).ids == ["table.column-taken"])
    let twice = TableOptions(
      columns: [.init(ours: "a", theirs: "customer"), .init(ours: "b", theirs: "customer")],
      types: [.init("amount", .text), .init("amount", .number)])
    #expect(read("customer,amount\n1,2\n", twice).ids == ["table.named-twice", "table.named-twice"])
  }

  @Test func limits() {
    let wide = (0...10_000).map { "c\($0)" }.joined(separator: ",")
    let wideRead = TableReader(name: "t", file: "t").read(bytes: Array("\(wide)\n1\n".utf8))
    #expect(wideRead.diagnostics.map(\.id) == ["table.too-many-columns"])
    let long = "a,b\n1,2\nx," + String(repeating: "y", count: 3000) + "\n1,2\n"
    #expect(read(long, limit: 2048).places == ["3:1 table.row-too-long"])
    #expect(read(long).errors.isEmpty)
    let open = "a,b\n1,2\nx,\"" + String(repeating: "y", count: 3000) + "\n1,2\n"
    #expect(read(open, limit: 2048).places == ["3:3 table.row-too-long"])
    // A quote that opens late in a long row is not to blame.
    let late = "a,b\n1,2\nx," + String(repeating: "y,\"z\",", count: 1000) + "\n"
    #expect(read(late, limit: 2048).places == ["3:1 table.row-too-long"])
  }

  @Test func everythingAtOnce() {
    let text = "a,a,n\n1,2\n1,\"x\"y,3\n1,2,z\n1,\"open,3\n"
    let outcome = read(text, TableOptions(types: [.init("n", .number), .init("m", .text)]))
    #expect(
      outcome.places == [
        "0:0 table.unknown-column", "1:3 table.duplicate-header", "2:4 table.ragged-row", "3:6 table.text-after-quote",
        "4:5 table.bad-value", "5:3 table.unterminated-quote",
      ])
  }

  @Test func everyFaultHasAListedRule() {
    let faults: [TableFault] = [
      .empty, .noRows, .binary(hint: nil), .zeroByte, .invalidText(0xFF, .utf8), .invalidText(0xFF, .utf16BigEndian),
      .unknownEncoding("x"), .badDelimiter(0x61), .unusedDelimiter(0x3B, better: 0x2C),
      .badDecimal(0x2E, delimiter: 0x2E), .encodingMark(declared: "utf-8", found: .utf16BigEndian),
      .ragged(expected: 1, found: 2, delimiter: 0x09), .tooManyColumns(20_000, limit: 10_000),
      .recordTooLong(limit: 1 << 24, openQuote: true), .unterminatedQuote, .textAfterQuote,
      .blankHeader(column: 2, isLast: false), .cornerHeader(name: "name"), .duplicateHeader("a", first: nil),
      .unknownColumn("a", known: []), .columnTaken(ours: "a", theirs: "b"), .renamedTwice(theirs: "a"),
      .typedTwice("a"), .badValue(column: "a", type: .date, found: "x", reason: .plain), .textTooLarge(column: "a"),
      .changed, .unreadable("x"), .dialect("x"),
    ]
    let ids = tableDiagnosticRules.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(Set(faults.map { $0.diagnostic(at: nil).id }) == Set(ids))
    #expect(!faults.contains { $0.diagnostic(at: nil).message.isEmpty })
  }

  struct Broken: Error {}
  struct BrokenStream: ByteStream {
    var byteCount: Int? { nil }
    var cause: any Error
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int { throw cause }
    mutating func rewind() throws {}
  }

  @Test func errorsOfTheStreamAreKept() {
    var broken = BrokenStream(cause: Broken())
    #expect(TableReader(name: "t", file: "t").read(&broken).diagnostics.map(\.id) == ["table.unreadable"])
    let cause = Diagnostic(.error, "data.missing", "files exist, and this one does not")
    var missing = BrokenStream(cause: cause)
    #expect(TableReader(name: "t", file: "t").read(&missing).diagnostics == [cause])
  }
}
