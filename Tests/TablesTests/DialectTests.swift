import Diagnostics
import Testing

@testable import Tables

@Suite struct DialectTests {
  @Test(arguments: ["\n", "\r\n", "\r"]) func lineEnds(_ end: String) {
    let outcome = read(["a,b", "1,x", "2,y", ""].joined(separator: end))
    #expect(outcome.cells == [["1", "x"], ["2", "y"]])
    #expect(outcome.lines == [2, 3])
    #expect(outcome.format?.lineEnd == (end == "\n" ? .lf : end == "\r" ? .cr : .crlf))
    #expect(outcome.diagnostics.isEmpty)
  }

  @Test func theLastLineMayLackItsEnd() {
    #expect(read("a,b\n1,2").cells == [["1", "2"]])
    #expect(read("a,b\n1,").cells == [["1", "·"]])
    #expect(read("a,b\n1,\"\"").cells == [["1", "·"]])
    #expect(read("a\n7").cells == [["7"]])
  }

  @Test func quotes() {
    let outcome = read("a,b\n\"x, y\",\"say \"\"hi\"\"\"\n\"two\nlines\",\"\"\"\"\nq\"q,\"z\"\n")
    #expect(outcome.cells == [["x, y", "say \"hi\""], ["two\nlines", "\""], ["q\"q", "z"]])
    #expect(outcome.lines == [2, 3, 5])
  }

  @Test func quotedLineEndsOfAllKindsAreCounted() {
    let outcome = read("a,b\r\n\"1\r\n2\r3\n4\",x\r\n5,y\r\n")
    #expect(outcome.cells == [["1\r\n2\r3\n4", "x"], ["5", "y"]])
    #expect(outcome.lines == [2, 6])
  }

  @Test func aSpaceBeforeAQuoteIsText() {
    #expect(read("a,b\nx, \"y\"\nx,z\n").cells == [["x", " \"y\""], ["x", "z"]])
  }

  @Test func spacesAfterAClosingQuoteAreNot() {
    let outcome = read("a,b\n\"x\" ,\"y\"  \n")
    #expect(outcome.cells == [["x", "y"]])
  }

  @Test(arguments: [",", ";", "\t", "|"]) func delimitersAreFound(_ delimiter: String) {
    let text = ["name,x;y|z\tw", "Ann,1", "Bob,2"].joined(separator: "\n")
      .replacing(",", with: "\u{0}").replacing(";", with: " ").replacing("|", with: " ").replacing("\t", with: " ")
      .replacing("\u{0}", with: delimiter)
    let outcome = read(text)
    #expect(outcome.cells == [["Ann", "1"], ["Bob", "2"]])
    #expect(outcome.format?.delimiter == delimiter.utf8.first)
    #expect(outcome.ids == (delimiter == "," ? [] : ["table.dialect"]))
    #expect(outcome.errors.isEmpty)
  }

  @Test func otherDelimitersInsideFieldsDoNotMislead() {
    #expect(read("id,note\n1,a;b;c\n2,d;e;f\n3,|\n").cells[0] == ["1", "a;b;c"])
    #expect(read("id;note\n1;\"a,b\"\n2;\"c,d,e\"\n").cells[1] == ["2", "c,d,e"])
    #expect(read("a;b\n1,5;2,5\n3,25;4\n").cells == [["1.5", "2.5"], ["3.25", "4"]])
    #expect(read("x\tsaid\n1\ta, b; c\n2\td, e\n").cells[0] == ["1", "a, b; c"])
  }

  @Test func decimalCommas() {
    let outcome = read("a;b\n1,5;-0,25\n2;1e2\n")
    #expect(outcome["a"]?.numbers() == [1.5, 2])
    #expect(outcome["b"]?.numbers() == [-0.25, 100])
    #expect(outcome.format?.decimal == 0x2C)
    #expect(outcome.diagnostics.first?.message.contains("';', decimal commas") == true)
  }

  @Test func semicolonsWithDecimalPoints() {
    let outcome = read("a;b\n1.5;x\n2.5;y\n")
    #expect(outcome["a"]?.numbers() == [1.5, 2.5])
    #expect(outcome.format?.decimal == 0x2E)
  }

  @Test func declaredDialectsAreNotReported() {
    let outcome = read("a;b\n1,5;2\n", TableOptions(delimiter: 0x3B, decimal: 0x2C))
    #expect(outcome["a"]?.numbers() == [1.5])
    #expect(outcome.diagnostics.isEmpty)
    let quoted = read("a,b\n\"1,5\",2\n", TableOptions(decimal: 0x2C))
    #expect(quoted["a"]?.numbers() == [1.5])
  }

  @Test func aSeparatorLineOfExcel() {
    for end in ["\n", "\r\n"] {
      let outcome = read("sep=;\(end)a;b\(end)1;2\(end)")
      #expect(outcome.cells == [["1", "2"]])
      #expect(outcome.lines == [3])
    }
  }

  @Test func unusableDialectsAreRefused() {
    for delimiter in [UInt8(0x22), 0x0A, 0x61, 0x35, 0xE9, 0] {
      #expect(read("a,b\n1,2\n", TableOptions(delimiter: delimiter)).ids == ["table.delimiter"])
    }
    #expect(read("a,b\n1,2\n", TableOptions(decimal: 0x3B)).ids == ["table.decimal"])
    #expect(read("a.b\n1.2\n", TableOptions(delimiter: 0x2E)).ids == ["table.decimal"])
  }

  @Test func aDeclaredDelimiterThatDoesNotOccurIsDoubtful() {
    let place = SourcePosition(file: "valuemap.yaml", line: 4, column: 7)
    var options = TableOptions(delimiter: 0x3B)
    options.delimiterPosition = place
    let outcome = read("a,b\n1,2\n", options)
    #expect(outcome.ids == ["table.delimiter"])
    #expect(outcome.diagnostics.first?.severity == .caution)
    #expect(outcome.diagnostics.first?.position == place)
    #expect(read("a\nx\n", options).diagnostics.isEmpty)
  }

  @Test func delimitersAsAStudyWritesThem() {
    #expect(TableOptions.byte(of: ";") == 0x3B)
    #expect(TableOptions.byte(of: "tab") == 0x09)
    #expect(TableOptions.byte(of: "\t") == 0x09)
    #expect(TableOptions.byte(of: ";;") == nil)
    #expect(TableOptions.byte(of: "é") == nil)
  }

  @Test func blankLinesAreNoRows() {
    let outcome = read("\n\na,b\n\n1,2\n   \n\n3,4\n\n\n")
    #expect(outcome.cells == [["1", "2"], ["3", "4"]])
    #expect(outcome.lines == [5, 8])
    // In a file of one column a missing value is written as a pair of quotes.
    #expect(read("a\n1\n\n\"\"\n2\n").cells == [["1"], ["·"], ["2"]])
    #expect(read("a,b\n,\n1,2\n").cells == [["·", "·"], ["1", "2"]])
  }

  @Test func aRowOfOneIsEnough() {
    #expect(read("a\n1").cells == [["1"]])
    #expect(read("a,b,c\nx,y,z").cells == [["x", "y", "z"]])
  }

  @Test func namesAreTrimmed() {
    #expect(read(" a ,\" b\t\",c\n1,2,3\n").columns?.map(\.name) == ["a", "b", "c"])
  }

  @Test func columnsAreRenamedAndTyped() {
    let options = TableOptions(
      columns: [.init(ours: "customer", theirs: "client_no"), .init(ours: "client_no", theirs: "day")],
      types: [.init("customer", .text), .init("day", .category)])
    let outcome = read("client_no,day\n1,2\n", options)
    #expect(outcome.columns?.map(\.name) == ["customer", "client_no"])
    #expect(outcome.columns?.map(\.type) == [.text, .category])
    #expect(outcome.diagnostics.isEmpty)
  }
}
