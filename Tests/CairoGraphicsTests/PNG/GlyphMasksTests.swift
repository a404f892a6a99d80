import CairoGraphics
import Graphics
import Testing

@Suite struct GlyphMasksTests {
  /// A full turn changes nothing of the picture, but its letters are painted from their outlines.
  private func images(_ run: TextRun, scale: Double) throws -> (masked: PNGReader, outlined: PNGReader) {
    var turned = run
    turned.rotation = 360
    let drawings = [run, turned].map {
      Sample.drawing([.text($0, box: Rect(x: 0, y: 0, width: 1, height: 1), role: .label)])
    }
    return (
      try PNGReader(renderPNG(drawings[0], scale: scale)), try PNGReader(renderPNG(drawings[1], scale: scale))
    )
  }

  private func run(_ text: String, at: Point, halo: Paint? = nil) -> TextRun {
    TextRun(text, Font(14), Paint(Sample.ink), at: at, halo: halo, haloWidth: 3)
  }

  private func ink(_ image: PNGReader) -> Double {
    image.pixels.reduce(0) { $0 + Double(255 - $1 & 0xFF) }
  }

  @Test(arguments: [0.35, 1, 2])
  func lettersCoverWhatTheirOutlinesCover(scale: Double) throws {
    let (masked, outlined) = try images(run("Kestrow & Quillhaul, 17 %", at: Point(10.3, 50.4)), scale: scale)
    #expect(masked.width == outlined.width)
    #expect(abs(ink(masked) - ink(outlined)) < 0.05 * ink(outlined))
    // Nowhere another letter: blurred by a pixel they are nearly the same.
    func coarse(_ image: PNGReader) -> [Double] {
      (0..<image.height / 4).flatMap { y in
        (0..<image.width / 4).map { x in
          (0..<16).reduce(0.0) { $0 + Double(255 - image[4 * x + $1 % 4, 4 * y + $1 / 4] & 0xFF) / 16 }
        }
      }
    }
    let far = zip(coarse(masked), coarse(outlined)).map { abs($0 - $1) }.max() ?? 0
    #expect(far < 64)
  }

  @Test func wholePixelsAreTheSame() throws {
    let (masked, outlined) = try images(run("I", at: Point(10, 50)), scale: 2)
    #expect(zip(masked.pixels, outlined.pixels).allSatisfy { abs(Int($0 & 0xFF) - Int($1 & 0xFF)) <= 48 })
  }

  @Test func theEdgeOfTheImageCutsLetters() throws {
    for at in [Point(-4, 4), Point(196, 102), Point(-500, 50), Point(50, -3)] {
      let (masked, outlined) = try images(run("Wide", at: at, halo: Paint(Sample.accent)), scale: 2)
      #expect(abs(ink(masked) - ink(outlined)) <= 0.1 * ink(outlined) + 500)
    }
  }

  @Test func aHaloThatLetsTheGroundThroughStaysOne() throws {
    let (masked, outlined) = try images(
      run("oo", at: Point(20, 50), halo: Paint(Sample.accent, opacity: 0.5)), scale: 2)
    #expect(masked.pixels == outlined.pixels)
  }

  @Test func lettersTooLargeForAMaskArePainted() throws {
    var large = run("W", at: Point(0, 90))
    large.font = Font(160)
    let (masked, outlined) = try images(large, scale: 2)
    #expect(masked.pixels == outlined.pixels)
  }
}
