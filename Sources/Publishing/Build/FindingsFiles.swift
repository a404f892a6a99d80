import Pages
import ValueModels

/// What is published of one analysis' findings: all as JSON, each table as CSV, the rows left out. Remembered by its content.
struct FindingsFiles: Sendable {
  let part: AnalysedStudyPart
  let store: Store
  let program: String
  /// The build whose files need not be read again.
  let earlier: EarlierBuild?

  func run() -> [StoredFile] {
    let entries = part.figures.map {
      FigureEntry(
        name: $0.name, png: "../" + $0.png, svg: "../" + $0.normal.svg, pdf: $0.pdf.map { "../" + $0 }, alt: $0.alt)
    }
    guard !part.stamp.isEmpty else { return written(entries) }
    let key = Digest(
      of: ["findings files", program, part.stamp]
        + entries.flatMap { [$0.name, $0.png, $0.svg, $0.pdf ?? "", $0.pdf == nil ? "0" : "1", $0.alt] })
    if let bytes = store.load(key), let known = Self.files(packed: bytes),
      let files = StoredFile.completed(known, under: key.second, in: store, earlier: earlier)
    {
      return files
    }
    let files = written(entries)
    var packer = Packer()
    packer.add(files) { $0.add($1) }
    store.save(packer.bytes, under: key)
    StoredFile.save(files, under: key.second, in: store)
    return files
  }

  private func written(_ figures: [FigureEntry]) -> [StoredFile] {
    let findings = part.findings
    var files = [StoredFile(path: "findings/\(findings.id).json", bytes: Array(findings.json(figures: figures).utf8))]
    for table in findings.tables {
      files.append(StoredFile(path: "findings/\(findings.id).\(table.name).csv", bytes: Array(table.csv.utf8)))
    }
    if !findings.dropped.isEmpty {
      files.append(
        StoredFile(path: "findings/\(findings.id).dropped.csv", bytes: Array(findings.droppedCSV.utf8)))
    }
    return files
  }

  private static func files(packed bytes: [UInt8]) -> [StoredFile]? {
    var reader = Unpacker(bytes)
    do throws(Unpacker.Damaged) {
      let files = try reader.list { (r) throws(Unpacker.Damaged) in try r.storedFile() }
      return reader.isAtEnd ? files : nil
    } catch {
      return nil
    }
  }
}
