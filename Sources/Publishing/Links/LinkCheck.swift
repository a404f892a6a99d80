import Diagnostics

/// Whether the links of a study that lead out of it lead somewhere. Each address is asked once, wherever it stands.
package struct LinkCheck: Sendable {
  let links: [ExternalLink]
  var asking = LinkAsking()

  package init(_ links: [ExternalLink]) { self.links = links }

  /// Asks the network.
  ///
  /// - Parameter told: Called with the number of addresses done and of all.
  /// - Returns: What is wrong or doubtful, by place.
  package func run(told: (_ done: Int, _ all: Int) -> Void = { _, _ in }) -> [Diagnostic] {
    var places: [WebAddress: [ExternalLink]] = [:]
    var addresses: [WebAddress] = []
    var diagnostics: [Diagnostic] = []
    var seen: Set<ExternalLink> = []
    for link in links where seen.insert(link).inserted {
      guard let address = WebAddress(link.url) else {
        diagnostics.append(malformed(link))
        continue
      }
      if places[address] == nil { addresses.append(address) }
      places[address, default: []].append(link)
    }
    guard !addresses.isEmpty else { return diagnostics }
    let outcomes: [LinkOutcome]
    do {
      outcomes = try asking.ask(addresses) { told($0, addresses.count) }
    } catch {
      return diagnostics + [
        Diagnostic(
          .error, "link.no-curl", "addresses are asked with libcurl, and \(error.why)",
          hint: "install Debian's package libcurl4")
      ]
    }
    // A machine without a network finds no host at all: that is one fault, and not of the study.
    let asked = outcomes.filter { $0 != .isPrivate && $0 != .malformed }
    if asked.count > 1, asked.allSatisfy({ $0 == .noHost }) {
      return diagnostics + [
        Diagnostic(
          .error, "link.no-network",
          "addresses are asked over the network, and none of \(asked.count) addresses has a host that is found",
          hint: "is this machine connected?")
      ]
    }
    for (address, outcome) in zip(addresses, outcomes) {
      for link in places[address] ?? [] {
        if let diagnostic = diagnostic(outcome, link) { diagnostics.append(diagnostic) }
      }
    }
    return diagnostics.sorted(by: Diagnostic.inReadingOrder)
  }

  private func malformed(_ link: ExternalLink) -> Diagnostic {
    Diagnostic(
      .error, "link.malformed", at: link.position, "a link that leads out is an address, and '\(link.url)' is none")
  }

  private func diagnostic(_ outcome: LinkOutcome, _ link: ExternalLink) -> Diagnostic? {
    switch outcome {
    case .there: return nil
    case .malformed: return malformed(link)
    case .gone(let status):
      return Diagnostic(
        .error, "link.gone", at: link.position,
        "a link leads to a page that is there, and '\(link.url)' answers \(status)")
    case .noHost:
      return Diagnostic(
        .error, "link.no-host", at: link.position,
        "a link leads to a host that is there, and that of '\(link.url)' is not found")
    case .moved(let target):
      return Diagnostic(
        .note, "link.moved", at: link.position, "'\(link.url)' has moved for good", hint: "now at '\(target)'")
    case .isPrivate:
      return Diagnostic(
        .caution, "link.private", at: link.position,
        "a link leads to the public internet, and '\(link.url)' lies on this machine or in a private network",
        hint: "it was not asked; a reader elsewhere will not reach it")
    case .unsure(let words):
      return Diagnostic(
        .caution, "link.unsure", at: link.position, "a link leads to a page that is there, and '\(link.url)' \(words)",
        hint: "open it in a browser")
    }
  }
}
