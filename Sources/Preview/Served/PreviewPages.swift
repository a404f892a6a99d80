import Diagnostics

/// Pages of the preview's own. They use no template of the study, which may be what is broken.
enum PreviewPages {
  /// Listing what is wrong while there is no good build to show.
  static func status(_ state: PreviewState) -> [UInt8] {
    guard !state.problems.isEmpty else {
      return page("Building…", "<p>The first build is not finished yet. This page reloads when it is.</p>", state)
    }
    var body = "<p>There is no good build to show yet. This page reloads when there is one.</p>\n<ol>\n"
    for problem in state.problems.prefix(200) {
      body += "<li><p class=\"place\">\(escaped(problem.position?.description ?? "valuemap.yaml"))</p>"
      body += "<p>\(escaped(problem.message)) <span class=\"id\">[\(escaped(problem.id))]</span></p>"
      if let hint = problem.hint { body += "<p class=\"hint\">hint: \(escaped(hint))</p>" }
      body += "</li>\n"
    }
    let count = state.problems.count
    return page(count == 1 ? "The study has an error" : "The study has \(count) errors", body + "</ol>", state)
  }

  /// - Parameter near: A path of the site that may have been meant.
  static func notFound(_ path: String, near: String?, _ state: PreviewState) -> [UInt8] {
    var body = "<p>The site has no <code>\(escaped(String(path.prefix(200))))</code>.</p>\n"
    if let near {
      body += "<p>Did you mean <a href=\"/\(escaped(escapedPath(near)))\">\(escaped(near))</a>?</p>\n"
    }
    return page("Not found", body + "<p><a href=\"/\">To the first page</a></p>", state)
  }

  private static func page(_ title: String, _ body: String, _ state: PreviewState) -> [UInt8] {
    withReload(
      Array(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>\(escaped(title))</title>
        <link rel="stylesheet" href="\(PreviewAssets.stylesheetPath)">
        </head>
        <body class="standalone">
        <main class="panel">
        <h1>\(escaped(title))</h1>
        \(body)
        </main>
        </body>
        </html>

        """.utf8), build: state.build)
  }

  /// A page with the script that reloads it, put before the end of its body. Only the preview does so: the built site has none.
  static func withReload(_ html: [UInt8], build: String) -> [UInt8] {
    let script = "<script src=\"\(PreviewAssets.scriptPath)\" data-build=\"\(build)\" defer></script>\n"
    let end = Array("</body".utf8)
    var place = html.count
    var start = html.count - end.count
    while start >= 0 {
      if html[start] == end[0], html[start + 1] == end[1],
        (2..<end.count).allSatisfy({ html[start + $0] | 0x20 == end[$0] })
      {
        place = start
        break
      }
      start -= 1
    }
    return html[..<place] + Array(script.utf8) + html[place...]
  }
}

/// Text as it stands in HTML, between tags or in a quoted attribute. Control characters are shown, not sent.
func escaped(_ text: String) -> String {
  var out = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": out += "&amp;"
    case "<": out += "&lt;"
    case ">": out += "&gt;"
    case "\"": out += "&quot;"
    case "'": out += "&#39;"
    default:
      if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
        out += "\u{FFFD}"
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
  }
  return out
}
