import Diagnostics

/// A link that leads out of the study, where it stands.
package struct ExternalLink: Sendable, Hashable {
  package var url: String
  package var position: SourcePosition

  package init(url: String, position: SourcePosition) {
    self.url = url
    self.position = position
  }
}

/// An address as it is asked: without the place on the page, signs that a request cannot hold written as `%XX`.
struct WebAddress: Sendable, Hashable {
  let text: String
  let isSecure: Bool
  /// Lower case, without port, name or brackets.
  let host: String

  /// - Returns: nil for what is no address of HTTP.
  init?(_ url: String) {
    let whole = url.prefix { $0 != "#" }
    guard let colon = whole.firstIndex(of: ":") else { return nil }
    let scheme = whole[..<colon].lowercased()
    guard scheme == "http" || scheme == "https" else { return nil }
    let rest = whole[whole.index(after: colon)...]
    guard rest.hasPrefix("//") else { return nil }
    let authority = rest.dropFirst(2).prefix { !["/", "?", "\\"].contains($0) }
    var host = authority.split(separator: "@", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    if host.hasPrefix("[") {
      host = String(host.dropFirst().prefix { $0 != "]" })
    } else {
      host = String(host.prefix { $0 != ":" })
    }
    guard !host.isEmpty else { return nil }
    self.host = host.lowercased()
    isSecure = scheme == "https"
    var text = "\(scheme)://\(authority)"
    for byte in rest[authority.endIndex...].utf8 {
      if (0x21...0x7E).contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += digits.utf8.count == 1 ? "%0" + digits : "%" + digits
      }
    }
    self.text = text
  }
}
