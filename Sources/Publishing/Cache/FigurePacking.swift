import Pages

extension FigureOutcome {
  /// As bytes for the cache; a failure is not kept.
  var packed: [UInt8]? {
    var packer = Packer()
    switch self {
    case .failed: return nil
    case .nothing(let reason):
      packer.add(false)
      packer.add(reason)
    case .painted(let figure, _):
      packer.add(true)
      let drawn = figure.drawn
      for text in [drawn.name, drawn.caption, drawn.title, drawn.alt, drawn.png] { packer.add(text) }
      packer.add(drawn.description) { $0.add($1) }
      packer.add(drawn.reading)
      packer.add(drawn.table)
      packer.add(drawn.thumbnail)
      packer.add(drawn.darkThumbnail)
      packer.add(drawn.pdf)
      for picture in [drawn.normal, drawn.narrow] {
        packer.add(picture.svg)
        packer.add(picture.width)
        packer.add(picture.height)
        packer.add(picture.areas) {
          for text in [$1.name, $1.detail, $1.shape] { $0.add(text) }
          $0.add($1.target)
        }
      }
      packer.add(figure.files) { $0.add($1) }
      packer.add(figure.missingGlyphs) { $0.add($1) }
    }
    return packer.bytes
  }

  init?(packed bytes: [UInt8]) {
    var reader = Unpacker(bytes)
    do throws(Unpacker.Damaged) {
      guard try reader.truth() else {
        self = .nothing(reason: try reader.text())
        return
      }
      self = .painted(try reader.figure(), wasDrawn: false)
    } catch {
      return nil
    }
    guard reader.isAtEnd else { return nil }
  }
}

extension FigureOutcome {
  /// The outcome with its files completed; nil where they cannot be.
  func with(_ complete: ([StoredFile]) -> [StoredFile]?) -> FigureOutcome? {
    guard case .painted(var figure, let wasDrawn) = self else { return self }
    guard let files = complete(figure.files) else { return nil }
    figure.files = files
    return .painted(figure, wasDrawn: wasDrawn)
  }
}

extension Unpacker {
  fileprivate mutating func figure() throws(Unpacker.Damaged) -> PaintedFigure {
    let (name, caption, title, alt, png) = (try text(), try text(), try text(), try text(), try text())
    let description = try list { (r) throws(Unpacker.Damaged) in try r.text() }
    let (reading, table) = (try optionalText(), try optionalText())
    let (thumbnail, darkThumbnail, pdf) = (try optionalText(), try optionalText(), try optionalText())
    let (normal, narrow) = (try picture(), try picture())
    let files = try list { (r) throws(Unpacker.Damaged) in try r.storedFile() }
    let glyphs = try list { (r) throws(Unpacker.Damaged) in try r.text() }
    var drawn = DrawnFigure(
      name: name, caption: caption, title: title, alt: alt, description: description, reading: reading, table: table,
      normal: normal, narrow: narrow, png: png)
    drawn.thumbnail = thumbnail
    drawn.darkThumbnail = darkThumbnail
    drawn.pdf = pdf
    return PaintedFigure(drawn: drawn, files: files, missingGlyphs: glyphs)
  }

  private mutating func picture() throws(Unpacker.Damaged) -> DrawnPicture {
    DrawnPicture(
      svg: try text(), width: try integer(), height: try integer(),
      areas: try list { (r) throws(Unpacker.Damaged) in
        FigureArea(name: try r.text(), detail: try r.text(), shape: try r.text(), target: try r.optionalText())
      })
  }
}
