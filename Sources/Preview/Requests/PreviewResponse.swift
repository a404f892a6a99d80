/// What is sent back.
package struct PreviewResponse: Sendable {
  package var status: Int
  /// Without those that every response carries.
  package var headers: [(name: String, value: String)]
  /// The whole of what was asked for; `sent` says which bytes of it go out.
  package var body: [UInt8]
  package var sent: Range<Int>
  /// True for HEAD and 304: the head speaks of a body that does not follow.
  package var isHeadOnly = false
  /// For the stream of events: the build of the page that listens. Its body never ends.
  package var listener: String?

  init(_ status: Int, type: String, headers: [(name: String, value: String)] = [], body: [UInt8]) {
    self.status = status
    self.headers = [("Content-Type", type)] + headers
    self.body = body
    sent = 0..<body.count
  }

  /// A short answer in words.
  init(_ status: Int, text: String, headers: [(name: String, value: String)] = []) {
    self.init(
      status, type: "text/plain; charset=utf-8", headers: [("Cache-Control", "no-store")] + headers,
      body: Array((text + "\n").utf8))
  }

  package func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }

  /// The status line and all headers, up to the empty line.
  package var head: [UInt8] {
    var text = "HTTP/1.1 \(status) \(reasonPhrase(status))\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    let isSVG = header("Content-Type") == "image/svg+xml"
    text += "Content-Security-Policy: default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'self'"
    // A drawing carries its styles inside.
    if isSVG { text += "; style-src 'self' 'unsafe-inline'" }
    text += "\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
    text += "Cross-Origin-Resource-Policy: same-origin\r\nCross-Origin-Opener-Policy: same-origin\r\n"
    if listener == nil && status != 304 { text += "Content-Length: \(sent.count)\r\n" }
    return Array((text + "Connection: close\r\n\r\n").utf8)
  }
}

/// What a status means, in the words of RFC 9110.
func reasonPhrase(_ status: Int) -> String {
  switch status {
  case 200: "OK"
  case 206: "Partial Content"
  case 301: "Moved Permanently"
  case 302: "Found"
  case 304: "Not Modified"
  case 400: "Bad Request"
  case 403: "Forbidden"
  case 404: "Not Found"
  case 405: "Method Not Allowed"
  case 408: "Request Timeout"
  case 411: "Length Required"
  case 413: "Content Too Large"
  case 414: "URI Too Long"
  case 416: "Range Not Satisfiable"
  case 421: "Misdirected Request"
  case 431: "Request Header Fields Too Large"
  case 500: "Internal Server Error"
  case 501: "Not Implemented"
  case 503: "Service Unavailable"
  case 505: "HTTP Version Not Supported"
  default: status < 400 ? "OK" : status < 500 ? "Refused" : "Failed"
  }
}
