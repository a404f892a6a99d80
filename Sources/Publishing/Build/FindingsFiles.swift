import Pages
import ValueModels

/// What is published of one analysis' findings: all as JSON, each table as CSV, the rows left out. Remembered by its content.
struct FindingsFiles: Sendable {
  let part: AnalysedStudyPart
  let store: Store
  let program: String

  /// - Returns: Path in the site and content.
  func run() -> [(path: String, bytes: [UInt8])] {
    let entries = part.figures.map {
      FigureEntry(
        name: $0.name, png: "../" + $0.png, svg: "../" + $0.normal.svg, pdf: $0.pdf.map { "../" + $0 }, alt: $0.alt)
    }
    let key = Digest(
      of: ["findings files", program, part.stamp]
        + entries.flatMap { [$0.name, $0.png, $0.svg, $0.pdf ?? "", $0.pdf == nil ? "0" : "1", $0.alt] })
    if !part.stamp.isEmpty, let bytes = store.load(key), let files = Self.files(packed: bytes) { return files }
    let files = written(entries)
    if !part.stamp.isEmpty {
      var packer = Packer()
      packer.add(files) {
        $0.add($1.path)
        $0.add($1.bytes)
      }
      store.save(packer.bytes, under: key)
    }
    return files
  }

  private func written(_ figures: [FigureEntry]) -> [(path: String, bytes: [UInt8])] {
    let findings = part.findings
    var files = [(path: "findings/\(findings.id).json", bytes: Array(findings.json(figures: figures).utf8))]
    for table in findings.tables {
      files.append((path: "findings/\(findings.id).\(table.name).csv", bytes: Array(table.csv.utf8)))
    }
    if !findings.dropped.isEmpty {
      files.append((path: "findings/\(findings.id).dropped.csv", bytes: Array(findings.droppedCSV.utf8)))
    }
    return files
  }

  private static func files(packed bytes: [UInt8]) -> [(path: String, bytes: [UInt8])]? {
    var reader = Unpacker(bytes)
    do throws(Unpacker.Damaged) {
      let files = try reader.list { (r) throws(Unpacker.Damaged) in (path: try r.text(), bytes: try r.data()) }
      return reader.isAtEnd ? files : nil
    } catch {
      return nil
    }
  }
}
