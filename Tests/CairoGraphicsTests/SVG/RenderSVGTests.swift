import CairoGraphics
import Graphics
import Testing

@Suite struct RenderSVGTests {
  private func svg(_ drawing: Drawing, prefix: String = "fig", title: String = "T", description: String = "D") throws
    -> String
  {
    String(decoding: try renderSVG(drawing, idPrefix: prefix, title: title, description: description), as: UTF8.self)
  }

  /// The values of an attribute, in order.
  private func values(_ name: String, in text: String) -> [String] {
    text.split(separator: " \(name)=\"", omittingEmptySubsequences: false).dropFirst().map {
      String($0.prefix { $0 != "\"" })
    }
  }

  @Test func tagsBalanceAndTextIsEscaped() throws {
    let nasty = "</title><script>alert(1)</script>&'\"\u{1}\u{FFFE}"
    let text = try svg(Sample.map(), prefix: "\"><x", title: nasty, description: nasty)
    var open: [Substring] = []
    for piece in text.split(separator: "<").dropFirst(0) {
      let tag = piece.prefix { $0 != ">" }
      if tag.hasPrefix("/") {
        #expect(open.popLast() == tag.dropFirst())
      } else if !tag.hasSuffix("/") {
        open.append(tag.prefix { $0 != " " })
      }
    }
    #expect(open.isEmpty)
    #expect(!text.contains("<script"))
    #expect(text.contains("&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#39;&quot;  </title>"))
  }

  @Test func rootSaysWhatItIs() throws {
    let text = try svg(Sample.drawing(width: 200.5))
    #expect(text.contains("width=\"200.5\" height=\"100\" viewBox=\"0 0 200.5 100\" role=\"img\""))
    #expect(text.contains("aria-labelledby=\"fig-title\"") && text.contains("<title id=\"fig-title\">T</title>"))
    #expect(text.contains("<desc id=\"fig-desc\">D</desc>"))
    #expect(try !svg(Sample.drawing(), description: "").contains("desc"))
  }

  @Test func idsAreTheFiguresOwnAndAllLeadSomewhere() throws {
    let text = try svg(Sample.map(), prefix: "figure 1")
    let ids = values("id", in: text)
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.hasPrefix("figure-1-") })
    let links = values("xlink:href", in: text)
    #expect(!links.isEmpty && links.allSatisfy { $0.hasPrefix("#") && ids.contains(String($0.dropFirst())) })
    #expect(values("class", in: text).allSatisfy { $0.split(separator: " ").allSatisfy { $0.hasPrefix("figure-1-") } })
    #expect(try svg(Sample.map(), prefix: "1").contains("id=\"f1-svg\""))
    #expect(try svg(Sample.map(), prefix: "").contains("id=\"f-svg\""))
  }

  @Test func neitherStyleAttributesNorScriptsNorAddresses() throws {
    let text = try svg(Sample.map())
    #expect(!text.contains(" style=") && !text.contains("<image") && !text.contains("url("))
    #expect(text.split(separator: "http").count == 3)
  }

  @Test func coloursFollowThePage() throws {
    let text = try svg(Sample.map())
    #expect(text.contains("@media screen and (prefers-color-scheme:dark){#fig-svg{"))
    #expect(text.contains("fill:var(--vm-accent,#0b5fff)") && text.contains("--vm-accent:#6fa0ff;"))
    #expect(text.contains("color-scheme:light dark"))
    // The light colour stands beside the class for those who read no style sheet.
    #expect(text.contains("fill=\"#0b5fff\""))
  }

  @Test func coloursThatLookAlikeByDayStayApart() throws {
    let square = Path.rectangle(Rect(x: 0, y: 0, width: 5, height: 5))
    let text = try svg(
      Sample.drawing([
        Sample.fill(square, Colour("ours", 0x112233, 0x445566)),
        Sample.fill(square, Colour("theirs", 0x112233, 0x778899)),
        Sample.fill(square, Colour("ours", 0x112233, 0xAABBCC)), Sample.fill(square, Colour("a}b", 0x112233, 0xDDEEFF)),
      ]))
    for rule in ["--vm-ours:#445566;", "--vm-theirs:#778899;", "--vm-ours-2:#aabbcc;", "--vm-a-b:#ddeeff;"] {
      #expect(text.contains(rule))
    }
  }

  @Test func strokesCarryWhatDiffersFromTheDefault() throws {
    let stroke = Stroke(Paint(Sample.accent, opacity: 0.25), width: 1.5, dash: [4, 2.5], cap: .round)
    let path = Path([.move(Point(1, 2)), .line(Point(11.25, 2)), .curve(Point(12, 2), Point(13, 3), Point(13, 4.004))])
    let text = try svg(Sample.drawing([.path(path, fill: nil, stroke: stroke, role: .line)]))
    // To a tenth: 11.25 is 11.3.
    #expect(text.contains("d=\"m1 2h10.3c.7 0 1.7 1 1.7 2\""))
    #expect(
      text.contains(
        "fill=\"none\" stroke=\"#0b5fff\" stroke-opacity=\".25\" stroke-width=\"1.5\" stroke-linecap=\"round\" "
          + "stroke-dasharray=\"4 2.5\""))
  }

  @Test func marksThatShowNothingAreLeftOut() throws {
    let path = Path.circle(Point(5, 5), 3)
    let bare = try svg(Sample.drawing())
    for mark: Mark in [
      .path(path, fill: nil, stroke: nil, role: .point),
      .path(path, fill: nil, stroke: Stroke(Sample.ink, width: -1), role: .point),
      .path(path, fill: Paint(Sample.ink, opacity: 0), stroke: nil, role: .point),
      .path(Path(), fill: Paint(Sample.paper), stroke: nil, role: .point), Sample.text(" \n", at: .zero),
    ] {
      #expect(try svg(Sample.drawing([mark])).filter { $0 != "\n" } == bare.filter { $0 != "\n" })
    }
  }

  @Test func anOutlineIsWrittenOnceForAllSizes() throws {
    let text = try svg(
      Sample.drawing([
        Sample.text("nnn", at: Point(10, 20), size: 12), Sample.text("n", at: Point(10, 60), size: 31),
        Sample.text("n", at: Point(60, 60), size: 13, halo: true),
      ]))
    #expect(text.split(separator: "<path").count == 2)
    #expect(values("id", in: text).filter { $0.hasPrefix("fig-t") && $0 != "fig-title" } == ["fig-t0"])
    #expect(text.contains("stroke-linejoin=\"round\"><g id=\"fig-t0\">"))
  }

  @Test(arguments: ["Kestrel Wafer", "العربية", "שלום, world!"])
  func textStandsWhereItWasMeasured(name: String) throws {
    let width = PangoTextMeasurer().measure(name, Font(16)).width
    for (anchor, left) in [(TextRun.Anchor.start, 100.0), (.middle, 100 - width / 2), (.end, 100 - width)] {
      let text = try svg(Sample.drawing([Sample.text(name, at: Point(100, 50), anchor: anchor)]))
      let transform = try #require(values("transform", in: text).first)
      let x = try #require(Double(transform.dropFirst("translate(".count).prefix { $0 != " " }))
      // Texts stand on tenths.
      #expect(abs(x - left) <= 0.051)
      // Advances are at 250 units an em.
      let last = values("x", in: text).compactMap(Double.init).max() ?? 0
      #expect(last * 0.064 < width && last * 0.064 > width * 0.6)
    }
  }

  @Test func aMapIsSmall() throws {
    #expect(try svg(Sample.map()).utf8.count < 40_000)
  }
}
