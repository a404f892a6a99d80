import Diagnostics
import Pages

/// What a report of one file takes in: the figures just painted, and files of the study, read when they are needed.
struct ReportFiles: PrintFiles {
  private let figures: [String: [UInt8]]
  let styles: String
  let icon: String
  private let folder: StudyFolder

  /// - Parameter figures: Painted files by their path in the site; all but the SVG are passed over.
  init(figures: [(path: String, bytes: [UInt8])], styles: String, iconText: String, folder: StudyFolder) {
    let drawings = figures.filter { $0.path.hasSuffix(".svg") }
    self.figures = Dictionary(drawings.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    self.styles = styles
    self.folder = folder
    icon = dataAddress(Array(iconText.utf8), type: "image/svg+xml")
  }

  func figure(_ path: String) -> [UInt8]? { figures[path] }

  func address(ofAsset path: String) -> String? {
    let ending = path.split(separator: ".").last?.lowercased() ?? ""
    guard let type = Self.types[ending], let bytes = try? folder.read("content/" + path, limit: 64 << 20) else {
      return nil
    }
    return dataAddress(bytes, type: type)
  }

  /// Kinds of images that browsers show.
  private static let types = [
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "avif": "image/avif", "svg": "image/svg+xml",
  ]
}

/// `data:image/png;base64,…`
private func dataAddress(_ bytes: [UInt8], type: String) -> String {
  "data:\(type);base64," + base64(bytes)
}

/// RFC 4648, with padding.
func base64(_ bytes: [UInt8]) -> String {
  let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var out: [UInt8] = []
  out.reserveCapacity((bytes.count + 2) / 3 * 4)
  var at = 0
  while at < bytes.count {
    let rest = bytes.count - at
    let (a, b, c) = (bytes[at], rest > 1 ? bytes[at + 1] : 0, rest > 2 ? bytes[at + 2] : 0)
    out.append(letters[Int(a >> 2)])
    out.append(letters[Int((a & 3) << 4 | b >> 4)])
    out.append(rest > 1 ? letters[Int((b & 15) << 2 | c >> 6)] : UInt8(ascii: "="))
    out.append(rest > 2 ? letters[Int(c & 63)] : UInt8(ascii: "="))
    at += 3
  }
  return String(decoding: out, as: UTF8.self)
}

/// The rules of the whole report, built in or the study's.
func printRules(_ overrides: [(path: String, text: String)]) -> String {
  let files = templateFiles(below: "print/", overrides: overrides)
  return trimmedRules(files.keys.sorted().compactMap { $0.hasSuffix(".css") ? files[$0] : nil }.joined(separator: "\n"))
}

extension StudyBuilder {
  /// Many mail servers refuse what is larger.
  private static let largestByMail = 20 << 20

  /// The site that is one file.
  func reportAlone(_ composed: ComposedSite, _ counts: BuildCounts, _ list: inout DiagnosticList) -> BuiltSite {
    var site = SiteFiles()
    for file in composed.report { site.add(file.bytes ?? [], at: file.path) }
    let size = site.files.values.reduce(0) { $0 + $1.count }
    if size > Self.largestByMail {
      list.add(
        Diagnostic(
          .caution, "output.large",
          "a report in one file is sent by mail, where about 20 MB are the most, and this one has \(size >> 20) MB",
          hint: "send the site: 'valuemap pack'"))
    }
    var counts = counts
    counts.cautions = list.count(of: .caution)
    let failed = list.hasErrors || (options.isStrict && counts.cautions > 0)
    if !failed { store.prune() }
    return BuiltSite(site: failed ? nil : site, diagnostics: list.all, counts: counts)
  }
}
