/// Who may ask. A page elsewhere on the web can make a browser send requests to this computer, and can even have its own
/// name lead here; the study is confidential, so only names that mean this computer are answered.
struct Callers {
  let port: Int

  /// The hosts that are answered, as they stand in an address.
  var hosts: [String] { names.map { "\($0):\(port)" } + (port == 80 ? names : []) }

  private var names: [String] { ["127.0.0.1", "localhost", "[::1]"] }

  func isKnown(host: String) -> Bool { hosts.contains(host.lowercased()) }

  /// Why a request is not answered: the status and a sentence; nil where it is.
  func refusal(of request: PreviewRequest) -> (status: Int, reason: String)? {
    let given = request.values("host")
    guard given.count == 1 else { return (400, "A request names its host once.") }
    guard isKnown(host: given[0]) else {
      return (421, "This preview answers to \(hosts.joined(separator: ", ")) only.")
    }
    let origins = request.values("origin")
    guard origins.allSatisfy({ origin in hosts.contains { "http://" + $0 == origin.lowercased() } }) else {
      return (403, "This preview answers no other site.")
    }
    // A link from elsewhere may lead here; a picture, script or frame of another site may not be taken from here.
    let site = request.value("sec-fetch-site")
    if site == "cross-site" || site == "same-site",
      request.value("sec-fetch-mode") != "navigate" || request.value("sec-fetch-dest") != "document"
    {
      return (403, "This preview answers no other site.")
    }
    return nil
  }
}
