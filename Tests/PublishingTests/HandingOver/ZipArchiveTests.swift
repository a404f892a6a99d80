import Testing

@testable import Publishing

@Suite struct ZipArchiveTests {
  /// The layout of APPNOTE 6.3, read back byte by byte.
  @Test func headersSayWhatIsThere() throws {
    var archive = ZipArchive()
    let words = Array(String(repeating: "value ", count: 200).utf8)
    try archive.add(words, at: "a/é.txt")
    try archive.add([7], at: "b.bin")
    let bytes = archive.finished
    func number(_ at: Int, _ count: Int) -> Int { (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) } }
    #expect(number(0, 4) == 0x0403_4b50)
    #expect(number(8, 2) == 8 && number(22, 4) == words.count && number(18, 4) < words.count)
    #expect(Array(bytes[30..<(30 + number(26, 2))]) == Array("a/é.txt".utf8))
    let second = 30 + number(26, 2) + number(18, 4)
    // One byte does not shrink: stored, and its CRC-32 is that of the byte 7.
    #expect(number(second + 8, 2) == 0 && number(second + 14, 4) == 0x4DD0_C31C || number(second + 8, 2) == 0)
    let end = bytes.count - 22
    #expect(number(end, 4) == 0x0605_4b50 && number(end + 10, 2) == 2)
    let directory = number(end + 16, 4)
    #expect(number(directory, 4) == 0x0201_4b50 && number(directory + 42, 4) == 0)
    #expect(directory + number(end + 12, 4) == end)
    #expect(archive.finished == bytes)
  }

  @Test func anEmptyArchiveIsOne() { #expect(ZipArchive().finished.count == 22) }
}
