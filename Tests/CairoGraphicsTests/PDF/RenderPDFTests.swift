import CairoGraphics
import Graphics
import Testing

@Suite struct RenderPDFTests {
  @Test func isAPageOfFixedDate() throws {
    let bytes = try renderPDF(Sample.map(), title: "Map (1)\u{1}")
    // Byte by byte: much of it is compressed and no text.
    let text = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    let (starts, ends) = (text.hasPrefix("%PDF-"), text.contains("%%EOF"))
    let (dated, sized) = (text.contains("/CreationDate (20000101000000Z)"), text.contains("0 0 300 180"))
    #expect(starts && ends && dated && sized)
  }

  @Test func sameBytesEachTime() throws {
    let first = try renderPDF(Sample.map())
    _ = try renderPDF(Sample.map(3))
    let same = try renderPDF(Sample.map()) == first
    #expect(same)
  }
}
