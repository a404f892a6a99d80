import Diagnostics
import Pages

/// What a build reads of a study besides its tables: pages, templates and the files they show.
extension StudyBuilder {
  struct Contents {
    var pages: [PageSource] = []
    var assets: [String] = []
    var templates: [(path: String, text: String)] = []
    /// How the sources stood, for the next build.
    var sources: [(String, KnownSource)] = []
  }

  struct Listing: Sendable {
    var files: [StudyFolder.Listed]
    var unreadable: [(path: String, code: Int32)]
    /// When it was made, by the clock of the files.
    var moment: Int64
  }

  func listContents() async -> Listing {
    let moment = fileClock()
    let (files, unreadable) = folder.stampedListing(below: "content", skip: ["data"])
    return Listing(files: files, unreadable: unreadable, moment: moment)
  }

  func readContents(_ listing: Listing, _ list: inout DiagnosticList, after earlier: EarlierBuild?) -> Contents {
    var contents = Contents()
    report(listing.unreadable, &list)
    for file in listing.files {
      guard file.path.hasSuffix(".md") else {
        contents.assets.append(file.path)
        continue
      }
      if let source = source(file, after: earlier, &list) {
        contents.pages.append(source)
        if let stamp = file.stamp, stamp.isSettled(at: listing.moment) {
          contents.sources.append((file.path, KnownSource(stamp: stamp, fingerprint: source.fingerprint)))
        }
      }
    }
    let known = Set(builtInTemplatePaths)
    for path in files(below: "templates", &list) {
      let isTemplate = [".mustache", ".css", ".js", ".md"].contains { path.hasSuffix($0) }
      guard isTemplate, let text = readText("templates/" + path, &list) else { continue }
      if !path.hasSuffix(".mustache"), !known.contains(path) {
        list.add(
          Diagnostic(
            .caution, "template.unused", at: SourcePosition(file: "templates/" + path),
            "a file in templates/ replaces the built-in one of its name, and none is named '\(path)'",
            hint: nearestName(to: path, among: builtInTemplatePaths).map { "did you mean '\($0)'?" }))
      }
      contents.templates.append((path, text))
    }
    return contents
  }

  /// A page's source; one that stands as an earlier build read it is not read again.
  private func source(_ file: StudyFolder.Listed, after earlier: EarlierBuild?, _ list: inout DiagnosticList)
    -> PageSource?
  {
    if let earlier, let stamp = file.stamp, let known = earlier.sources[file.path], known.stamp == stamp,
      earlier.record.knows(file: "content/" + file.path)
    {
      return PageSource(unread: file.path, fingerprint: known.fingerprint)
    }
    return readText("content/" + file.path, &list).map { PageSource(path: file.path, text: $0) }
  }

  private func report(_ unreadable: [(path: String, code: Int32)], _ list: inout DiagnosticList) {
    for (path, code) in unreadable {
      list.add(StudyFolder.Refusal.unreadable(code: code).diagnostic(path, at: SourcePosition(file: path)))
    }
  }

  /// A page's source that was left unread at first.
  func reread(_ path: String) throws(Rejection) -> String {
    var list = DiagnosticList(limit: 50)
    guard let text = readText("content/" + path, &list) else { throw Rejection(list.all) }
    return text
  }

  private func files(below place: String, skip: Set<String> = [], _ list: inout DiagnosticList) -> [String] {
    let (files, unreadable) = folder.listing(below: place, skip: skip)
    report(unreadable, &list)
    return files
  }

  private func readText(_ path: String, _ list: inout DiagnosticList) -> String? {
    do throws(StudyFolder.Refusal) {
      let bytes = try folder.read(path, limit: 8 << 20)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        list.add(invalidText(path, bytes))
        return nil
      }
      // Noncharacters mark lines while templates are expanded; no text may bring its own.
      if bytes.contains(0xEF),
        let place = text.unicodeScalars.firstIndex(where: { (0xFDD0...0xFDEF).contains($0.value) })
      {
        let line = text.unicodeScalars[..<place].reduce(1) { $1 == "\n" ? $0 + 1 : $0 }
        list.add(
          Diagnostic(
            .error, "file.bad-text", at: SourcePosition(file: path, line: line),
            "a text holds characters, and this one holds noncharacters (U+FDD0 to U+FDEF)"))
        return nil
      }
      return text
    } catch {
      list.add(error.diagnostic(path, at: SourcePosition(file: path)))
      return nil
    }
  }

  func invalidText(_ path: String, _ bytes: [UInt8]) -> Diagnostic {
    var line = 1
    var start = 0
    for (offset, byte) in bytes.enumerated() where byte == 0x0A {
      if String(validating: bytes[start..<offset], as: UTF8.self) == nil { break }
      line += 1
      start = offset + 1
    }
    var rest = bytes[start...].makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var column = 1
    while case .valid = parser.parseScalar(from: &rest) { column += 1 }
    return Diagnostic(
      .error, "file.not-utf8", at: SourcePosition(file: path, line: line, column: column),
      "pages, templates and valuemap.yaml are UTF-8, and this character is not",
      hint: "save the file as UTF-8")
  }

  func addAssets(_ paths: [String], to site: inout SiteFiles, _ list: inout DiagnosticList) {
    for path in Set(paths).sorted() {
      do throws(StudyFolder.Refusal) {
        let bytes = try folder.read("content/" + path, limit: 256 << 20)
        if !site.add(bytes, at: path) {
          list.add(
            Diagnostic(
              .error, "output.same-path", at: SourcePosition(file: "content/" + path),
              "a file has a place of its own in the site, and '\(path)' is taken by a page"))
        }
      } catch {
        list.add(error.diagnostic(path, at: SourcePosition(file: "content/" + path)))
      }
    }
  }
}
