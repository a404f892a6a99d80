import Testing

@testable import CairoGraphics

@Suite struct FlatDeflateTests {
  private func expectRoundTrip(_ bytes: [UInt8], stride: Int) throws {
    let packed = deflateFlat(bytes, stride: stride)
    #expect(try inflated(packed) == bytes)
  }

  /// A small linear generator: the same bytes on every machine.
  private func noise(_ count: Int, below bound: UInt64) -> [UInt8] {
    var state: UInt64 = 42
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8((state >> 33) % bound)
    }
  }

  @Test(arguments: [1, 2, 3, 4, 7, 257, 258, 259, 300, 40_000])
  func oneColour(count: Int) throws { try expectRoundTrip([UInt8](repeating: 7, count: count), stride: 100) }

  @Test(arguments: [1, 2, 3, 16, 256]) func noiseOfSoManyColours(bound: UInt64) throws {
    // More than one block of tokens.
    try expectRoundTrip(noise(90_001, below: bound), stride: 1_001)
  }

  @Test func rowsThatRepeat() throws {
    let row = noise(900, below: 250)
    try expectRoundTrip((0..<200).flatMap { _ in row }, stride: 900)
    // Farther apart than a match may reach.
    let wide = noise(40_000, below: 250)
    try expectRoundTrip(wide + wide, stride: 40_000)
    try expectRoundTrip(noise(32_768, below: 3) + noise(32_768, below: 3), stride: 32_768)
  }

  @Test func rareColoursNeedLongCodes() throws {
    // Counts that grow as Fibonacci's numbers would take codes of more than 15 bits.
    var bytes: [UInt8] = []
    var (a, b) = (1, 1)
    for colour in 0..<22 {
      for place in 0..<a { bytes += [UInt8(colour), UInt8(100 + place * 7 % 97)] }
      (a, b) = (b, a + b)
    }
    try expectRoundTrip(bytes, stride: 500)
    let code = HuffmanCode((0..<30).map { 1 << $0 }, longest: 15)
    #expect(code.lengths.allSatisfy { (1...15).contains($0) })
    #expect(code.lengths.reduce(0.0) { $0 + 1 / Double(1 << Int($1)) } <= 1)
  }

  /// The tables of RFC 1951, 3.2.5, at their edges.
  @Test func symbolsAreThoseOfTheStandard() {
    for (length, symbol, bits) in [
      (3, 257, 0), (10, 264, 0), (11, 265, 1), (18, 268, 1), (19, 269, 2), (257, 284, 5), (258, 285, 0),
    ] {
      #expect(DeflateSymbols.ofLength[length - 3].symbol == symbol && DeflateSymbols.ofLength[length - 3].bits == bits)
    }
    for (distance, symbol, bits) in [
      (1, 0, 0), (4, 3, 0), (5, 4, 1), (24, 8, 3), (25, 9, 3), (24_577, 29, 13), (32_768, 29, 13),
    ] {
      #expect(DeflateSymbols.distance(distance).symbol == symbol && DeflateSymbols.distance(distance).bits == bits)
    }
  }
}
