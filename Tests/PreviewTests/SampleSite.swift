import Diagnostics
import Publishing

@testable import Preview

/// A small site, and requests to it as a browser on this computer sends them.
enum SampleSite {
  static let port = 4321

  static let files: SiteFiles = {
    var files = SiteFiles()
    files.add("<!doctype html><html><body><p>First</p></body></html>\n", at: "index.html")
    files.add("<!doctype html><html><body><p>Segments</p></BODY></html>\n", at: "segments/index.html")
    files.add("<!doctype html><html><body><p>Über</p></body></html>\n", at: "über uns/index.html")
    files.add("0123456789", at: "findings/map.csv")
    files.add("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", at: "figures/map.svg")
    return files
  }()

  static let state: PreviewState = {
    var state = PreviewState()
    state.take(files, diagnostics: [])
    return state
  }()

  static func error(_ message: String, hint: String? = nil) -> Diagnostic {
    Diagnostic(
      .error, "page.wrong", at: SourcePosition(file: "content/a.md", line: 3, column: 7), message, hint: hint)
  }

  static func request(
    _ target: String, method: String = "GET", host: String? = "127.0.0.1:4321", _ headers: [(String, String)] = []
  ) -> PreviewRequest {
    PreviewRequest(
      method, target, headers: (host.map { [("Host", $0)] } ?? []) + headers.map { (name: $0.0, value: $0.1) },
      port: port)
  }

  static func answer(
    _ target: String, method: String = "GET", host: String? = "127.0.0.1:4321", _ headers: [(String, String)] = []
  ) -> PreviewResponse {
    state.answer(request(target, method: method, host: host, headers))
  }
}

extension PreviewResponse {
  var text: String { String(decoding: body[sent], as: UTF8.self) }
  var headText: String { String(decoding: head, as: UTF8.self) }
}
