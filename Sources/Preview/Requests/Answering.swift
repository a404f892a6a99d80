import Diagnostics
import Publishing

extension PreviewState {
  /// The answer to a request: a pure function of both. The site is looked up in memory by its exact path, so that there is no
  /// file system a path could climb out into.
  package func answer(_ request: PreviewRequest) -> PreviewResponse {
    var response = answerWhole(request)
    if request.method == "HEAD" { response.isHeadOnly = true }
    return response
  }

  private func answerWhole(_ request: PreviewRequest) -> PreviewResponse {
    // The server reads no more than this many; what a further one says would go unheeded.
    guard request.headers.count < PreviewRequest.headerLimit else {
      return PreviewResponse(431, text: "A request has fewer than \(PreviewRequest.headerLimit) headers.")
    }
    let callers = Callers(port: request.port)
    if let refusal = callers.refusal(of: request) {
      return PreviewResponse(refusal.status, text: refusal.reason)
    }
    guard request.method == "GET" || request.method == "HEAD" else {
      return PreviewResponse(405, text: "A preview is read only: GET and HEAD.", headers: [("Allow", "GET, HEAD")])
    }
    // A body has no meaning with GET; what it would be read as by the next reader is not left open.
    guard request.values("content-length").allSatisfy({ $0 == "0" }), request.values("transfer-encoding").isEmpty else {
      return PreviewResponse(400, text: "A request that reads carries no body.")
    }
    do throws(RequestTarget.Refusal) {
      let target = try RequestTarget(request.target)
      if let authority = target.authority, !callers.isKnown(host: authority) {
        return PreviewResponse(421, text: "This preview answers to \(callers.hosts.joined(separator: ", ")) only.")
      }
      return answer(target, request)
    } catch {
      switch error {
      case .tooLong: return PreviewResponse(414, text: "An address has at most \(RequestTarget.limit) bytes.")
      case .notAPath: return PreviewResponse(400, text: "An address begins with a slash.")
      case .badEscape: return PreviewResponse(400, text: "In an address '%' is followed by two hexadecimal digits.")
      case .forbiddenCharacter: return PreviewResponse(400, text: "An address holds no such character.")
      case .notUTF8: return PreviewResponse(400, text: "An address is UTF-8.")
      }
    }
  }

  private func answer(_ target: RequestTarget, _ request: PreviewRequest) -> PreviewResponse {
    if target.path.hasPrefix(PreviewAssets.folder) { return answerOwn(target, request) }
    guard let site else {
      return PreviewResponse(
        503, type: "text/html; charset=utf-8", headers: [("Cache-Control", "no-store")],
        body: PreviewPages.status(self))
    }
    var path = String(target.path.dropFirst())
    if path.isEmpty || path.hasSuffix("/") { path += "index.html" }
    if let bytes = site[path] { return file(bytes, at: path, request) }
    if site[path + "/index.html"] != nil {
      let query = target.query.isEmpty ? "" : "?" + target.query
      return PreviewResponse(
        302, text: "The page is a folder.", headers: [("Location", "/" + escapedPath(path) + "/" + query)])
    }
    // Enough to be of help and not so many that a probe costs time.
    let pages = site.paths.filter { $0.hasSuffix(".html") }.prefix(3000)
    let near = nearestName(to: path, among: pages) ?? nearestName(to: path + "/index.html", among: pages)
    return PreviewResponse(
      404, type: "text/html; charset=utf-8", headers: [("Cache-Control", "no-store")],
      body: PreviewPages.notFound(target.path, near: near, self))
  }

  private func answerOwn(_ target: RequestTarget, _ request: PreviewRequest) -> PreviewResponse {
    switch target.path {
    case PreviewAssets.scriptPath: return file(Array(PreviewAssets.script.utf8), at: target.path, request)
    case PreviewAssets.stylesheetPath: return file(Array(PreviewAssets.stylesheet.utf8), at: target.path, request)
    case PreviewAssets.eventsPath:
      var response = PreviewResponse(200, type: "text/event-stream", headers: [("Cache-Control", "no-store")], body: [])
      response.listener = target.parameter("build") ?? ""
      return response
    default: return PreviewResponse(404, text: "The preview has no such file.")
    }
  }

  private func file(_ stored: [UInt8], at path: String, _ request: PreviewRequest) -> PreviewResponse {
    let type = contentType(of: path)
    let bytes = type.hasPrefix("text/html") ? PreviewPages.withReload(stored, build: build) : stored
    let tag = "\"\(Digest(bytes).hex)\""
    // To be asked for again each time, and then mostly answered with 304.
    let headers = [("Cache-Control", "no-cache"), ("ETag", tag), ("Accept-Ranges", "bytes")]
    var response = PreviewResponse(200, type: type, headers: headers, body: bytes)
    if matches(request.values("if-none-match"), tag) {
      response.status = 304
      response.isHeadOnly = true
      return response
    }
    guard request.method == "GET", request.values("if-range").allSatisfy({ $0 == tag }) else { return response }
    switch ByteRange(request.value("range"), count: bytes.count) {
    case .whole: break
    case .part(let range):
      response.status = 206
      response.sent = range
      response.headers.append(("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(bytes.count)"))
    case .unsatisfiable:
      return PreviewResponse(
        416, text: "The file has \(bytes.count) bytes.", headers: [("Content-Range", "bytes */\(bytes.count)")])
    }
    return response
  }

  private func matches(_ headers: [String], _ tag: String) -> Bool {
    headers.contains { header in
      header.split(separator: ",").contains { part in
        var text = part.drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text = text.dropLast() }
        if text.hasPrefix("W/") { text = text.dropFirst(2) }
        return text == "*" || text == tag
      }
    }
  }
}
