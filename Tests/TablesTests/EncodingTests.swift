import Diagnostics
import Testing

@testable import Tables

@Suite struct EncodingTests {
  static let text = "näme,prix €\n\"Zoë\n😀\",1\nÑ,2\n"

  func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return bigEndian ? pair.reversed() : pair
    }
  }

  @Test func utf8WithAMark() {
    let outcome = read([0xEF, 0xBB, 0xBF] + Array(Self.text.utf8))
    #expect(outcome.columns?.map(\.name) == ["näme", "prix €"])
    #expect(outcome.cells == [["Zoë\n😀", "1"], ["Ñ", "2"]])
    #expect(outcome.format?.hasByteOrderMark == true)
    #expect(outcome.diagnostics.isEmpty)
    #expect(read([0xEF, 0xBB, 0xBF] + Array("\"a\",b\n1,2\n".utf8)).columns?.map(\.name) == ["a", "b"])
  }

  @Test(arguments: [true, false]) func utf16(_ bigEndian: Bool) {
    let plain = read(Self.text)
    let marked = read(utf16("\u{FEFF}" + Self.text, bigEndian: bigEndian))
    #expect(marked.columns == plain.columns)
    #expect(marked.lines == plain.lines)
    #expect(marked.format?.encoding == (bigEndian ? .utf16BigEndian : .utf16LittleEndian))
    #expect(marked.ids == ["table.dialect"])
    let both = read(utf16("\u{FEFF}" + Self.text, bigEndian: bigEndian), TableOptions(encoding: "utf-16"))
    #expect(both.columns == plain.columns)
    #expect(both.diagnostics.isEmpty)
    let name = bigEndian ? "UTF-16BE" : "utf-16le"
    let declared = read(utf16(Self.text, bigEndian: bigEndian), TableOptions(encoding: name))
    #expect(declared.columns == plain.columns)
    #expect(declared.diagnostics.isEmpty)
    let open = read(utf16("a,b\n1,2\n", bigEndian: bigEndian), TableOptions(encoding: "utf-16"))
    #expect(open.cells == [["1", "2"]])
  }

  @Test func halvesOfPairsAreFound() {
    func bytes(_ units: [UInt16]) -> [UInt8] { units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }
    let start: [UInt16] = [0xFEFF] + Array("a,b\n1,x".utf16)
    let end: [UInt16] = Array("\n2,y\n".utf16)
    #expect(read(bytes(start + [0xD83D] + end)).places.last == "2:4 table.invalid-encoding")
    #expect(read(bytes(start + [0xDE00] + end)).places.last == "2:4 table.invalid-encoding")
    #expect(read(bytes(start + [0xD83D])).places.last == "2:4 table.invalid-encoding")
    #expect(read(bytes(start) + [0x41]).places.last == "2:4 table.invalid-encoding")
  }

  @Test func singleByteEncodings() {
    let bytes =
      Array("n\u{E4}me,p\n".unicodeScalars.map { UInt8($0.value) }) + [0x80, 0x2C, 0x31, 0x0A, 0xFF, 0x2C, 0x32]
    let windows = read(bytes, TableOptions(encoding: "windows-1252"))
    #expect(windows.columns?.map(\.name) == ["näme", "p"])
    #expect(windows.cells == [["€", "1"], ["ÿ", "2"]])
    #expect(windows.diagnostics.isEmpty)
    let latin = read(bytes, TableOptions(encoding: "iso-8859-1"))
    #expect(latin.cells == [["\u{80}", "1"], ["ÿ", "2"]])
  }

  @Test func unknownEncodings() {
    let place = SourcePosition(file: "valuemap.yaml", line: 3, column: 1)
    let outcome = read("a\n1\n", TableOptions(encoding: "windows-125", encodingPosition: place))
    #expect(outcome.ids == ["table.unknown-encoding"])
    #expect(outcome.diagnostics.first?.hint == "did you mean 'windows-1252'?")
    #expect(outcome.diagnostics.first?.position == place)
  }

  @Test func theMarkOutranksTheDeclaration() {
    let outcome = read([0xEF, 0xBB, 0xBF] + Array("ä\nx\n".utf8), TableOptions(encoding: "windows-1252"))
    #expect(outcome.columns?.map(\.name) == ["ä"])
    #expect(outcome.ids == ["table.encoding-mark"])
    #expect(outcome.diagnostics.first?.severity == .caution)
  }

  @Test func everySequenceIsJudgedAsTheStandardLibraryDoes() {
    var generator = SeededGenerator(state: 7)
    let leads: [UInt8] = [
      0x41, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0x80, 0xBF, 0x9F, 0xA0, 0x90,
    ]
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 1...12, using: &generator)).map { _ in leads.randomElement(using: &generator) ?? 0
      }
      let good = bytes.withUnsafeBufferPointer { buffer -> Bool in
        guard let base = buffer.baseAddress else { return true }
        let (reached, clean) = checkText(base, from: 0, to: buffer.count)
        return clean && reached == buffer.count
      }
      #expect(good == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
    }
  }
}
