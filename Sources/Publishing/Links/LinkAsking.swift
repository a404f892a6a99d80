import CCurl
import Glibc

/// What came of asking an address.
enum LinkOutcome: Sendable, Hashable {
  case there
  /// It has moved for good, to this address.
  case moved(String)
  /// 404 or 410.
  case gone(status: Int)
  /// No host of that name.
  case noHost
  case malformed
  /// Of this machine or a private network: not asked.
  case isPrivate
  /// Neither there nor gone, as far as can be told from here; in words.
  case unsure(String)
}

/// Asks addresses, several at a time and never many of one host.
struct LinkAsking {
  static let mostAtOnce = 8
  static let mostOfOneHost = 2
  static let mostRedirects = 5

  /// For tests, which ask a server on this machine.
  var allowsPrivate = false
  var timeoutMilliseconds = 10_000
  var agent = "valuemap link check"

  private struct Step {
    /// Of the address asked, in the order given.
    var number: Int
    var address: WebAddress
    var isGet = false
    var redirects = 0
    /// Where only permanent redirects led so far.
    var movedTo: String?
    var isPermanent = true
  }

  struct Unavailable: Error {
    var why: String
  }

  /// - Returns: One outcome an address, in their order.
  func ask(_ addresses: [WebAddress], told: (Int) -> Void = { _ in }) throws(Unavailable) -> [LinkOutcome] {
    var why: UnsafePointer<CChar>?
    guard let requests = link_requests_open(allowsPrivate ? 1 : 0, &why) else {
      throw Unavailable(why: why.map { String(cString: $0) } ?? "it cannot be opened")
    }
    defer { link_requests_close(requests) }
    var outcomes = [LinkOutcome](repeating: .unsure("was not asked"), count: addresses.count)
    var waiting = addresses.enumerated().map { Step(number: $0, address: $1) }
    var running: [Int: Step] = [:]
    var ofHost: [String: Int] = [:]
    var started = 0
    var done = 0
    while !waiting.isEmpty || !running.isEmpty {
      var at = 0
      while at < waiting.count, running.count < Self.mostAtOnce {
        let step = waiting[at]
        guard ofHost[step.address.host, default: 0] < Self.mostOfOneHost else {
          at += 1
          continue
        }
        waiting.remove(at: at)
        if let refused = refusal(step) {
          outcomes[step.number] = refused
          done += 1
          continue
        }
        guard
          link_request_start(
            requests, Int32(truncatingIfNeeded: started), step.address.text, step.isGet ? 1 : 0, agent,
            proxy(step.address), timeoutMilliseconds) == 0
        else {
          outcomes[step.number] = .unsure("cannot be asked")
          done += 1
          continue
        }
        running[started] = step
        ofHost[step.address.host, default: 0] += 1
        started += 1
      }
      guard !running.isEmpty else { continue }
      var answer = LinkAnswer()
      guard link_request_next(requests, 250, &answer) == 1,
        let step = running.removeValue(forKey: Int(answer.identifier))
      else { continue }
      ofHost[step.address.host, default: 1] -= 1
      switch judge(answer, step) {
      case .outcome(let outcome):
        outcomes[step.number] = outcome
        done += 1
        told(done)
      case .again(let next): waiting.insert(next, at: 0)
      }
    }
    return outcomes
  }

  /// Addresses written as numbers are known before any request; behind a proxy nothing else would stop them.
  private func refusal(_ step: Step) -> LinkOutcome? {
    guard !allowsPrivate else { return nil }
    let host = step.address.host
    if host == "localhost" || host.hasSuffix(".localhost") || link_address_is_private(host) == 1 {
      return step.redirects == 0 ? .isPrivate : .unsure("sends on to an address of a private network")
    }
    return nil
  }

  private enum Judgement {
    case outcome(LinkOutcome)
    case again(Step)
  }

  private func judge(_ answer: LinkAnswer, _ step: Step) -> Judgement {
    let status = Int(answer.status)
    // 23: the body that was refused.
    guard answer.code == 0 || (answer.code == 23 && status > 0) else {
      if answer.is_private == 1 {
        return .outcome(step.redirects == 0 ? .isPrivate : .unsure("sends on to an address of a private network"))
      }
      // Some servers hang up on HEAD: 52 no answer, 56 cut off, 92 a stream of HTTP/2 that was reset, 8 a strange answer.
      if !step.isGet, [8, 16, 52, 56, 92].contains(answer.code) { return .again(asGet(step)) }
      switch answer.code {
      case 6: return .outcome(step.redirects == 0 ? .noHost : .unsure("sends on to a host that is not found"))
      case 3: return .outcome(.malformed)
      case 28: return .outcome(.unsure("did not answer within \(timeoutMilliseconds / 1000) s"))
      case 67: return .outcome(.unsure("names a user and is not asked"))
      default:
        let words = answer.words.map { String(cString: $0) } ?? "error \(answer.code)"
        return .outcome(.unsure("could not be asked (\(words))"))
      }
    }
    switch status {
    case 200..<300: return .outcome(step.movedTo.map { .moved($0) } ?? .there)
    case 300..<400:
      guard let target = answer.redirect.map({ String(cString: $0) }) else {
        return .outcome(.unsure("answers \(status) without saying where to"))
      }
      guard let address = WebAddress(target) else { return .outcome(.unsure("sends on to '\(target)'")) }
      guard step.redirects < Self.mostRedirects else {
        return .outcome(.unsure("sends on more than \(Self.mostRedirects) times"))
      }
      var next = step
      next.address = address
      next.redirects += 1
      next.isPermanent = step.isPermanent && (status == 301 || status == 308)
      if next.isPermanent { next.movedTo = address.text }
      return .again(next)
    case 429: return .outcome(.unsure("answers 429: too many requests"))
    // Not every server knows HEAD, and some say so in strange ways.
    case 400... where !step.isGet: return .again(asGet(step))
    case 404, 410: return .outcome(.gone(status: status))
    default: return .outcome(.unsure("answers \(status)"))
    }
  }

  private func asGet(_ step: Step) -> Step {
    var next = step
    next.isGet = true
    return next
  }

  /// The proxy of this machine's network, if there is one.
  private func proxy(_ address: WebAddress) -> String? {
    guard !allowsPrivate else { return nil }
    let names = address.isSecure ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]
    for name in names + ["all_proxy", "ALL_PROXY"] {
      if let value = getenv(name), value.pointee != 0 { return String(cString: value) }
    }
    return nil
  }
}
