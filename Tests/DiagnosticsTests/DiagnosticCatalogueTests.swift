import Diagnostics
import Foundation
import Testing

@Suite struct DiagnosticCatalogueTests {
  @Test func idsAreDistinct() {
    #expect(Set(DiagnosticCatalogue.rules.map(\.id)).count == DiagnosticCatalogue.rules.count)
  }

  @Test("every id written in the sources stands in the catalogue")
  func sourcesNameKnownIdsOnly() throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources").resolvingSymlinksInPath()
    let known = Set(DiagnosticCatalogue.rules.map(\.id))
    let areas = Set(known.compactMap { $0.split(separator: ".").first.map(String.init) })
    var written = 0
    for room in try FileManager.default.contentsOfDirectory(atPath: sources.path) {
      let folder = sources.appendingPathComponent(room).resolvingSymlinksInPath()
      let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      while let file = walker?.nextObject() as? URL {
        guard file.pathExtension == "swift" else { continue }
        let text = try String(contentsOf: file, encoding: .utf8)
        for piece in text.split(separator: "\"") {
          let parts = piece.split(separator: ".", omittingEmptySubsequences: false)
          guard parts.count == 2, areas.contains(String(parts[0])), !parts[1].isEmpty,
            parts[1].utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == 0x2D }), !["yaml", "csv"].contains(parts[1])
          else { continue }
          written += 1
          #expect(known.contains(String(piece)), "\(piece) in \(file.lastPathComponent)")
        }
      }
    }
    #expect(written > 100)
  }
}
