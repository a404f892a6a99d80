/// What a `Range` header asks of a file (RFC 9110 §14): one range of bytes; several at once are answered with the whole file,
/// as the standard allows.
enum ByteRange: Hashable {
  case whole
  case part(Range<Int>)
  case unsatisfiable

  init(_ header: String?, count: Int) {
    self = .whole
    guard let header, header.lowercased().hasPrefix("bytes=") else { return }
    let ends = header.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let first = Self.number(ends[0]), let last = Self.number(ends[1]) else { return }
    switch (first, last) {
    case (nil, nil): return
    case (nil, .some(let length)):
      self = length == 0 || count == 0 ? .unsatisfiable : .part(max(0, count - length)..<count)
    case (.some(let start), nil): self = start < count ? .part(start..<count) : .unsatisfiable
    case (.some(let start), .some(let end)):
      guard start <= end else { return }
      self = start < count ? .part(start..<min(count, end + 1)) : .unsatisfiable
    }
  }

  /// A number of at most 15 digits, `.some(nil)` for none, nil for what is no number.
  private static func number(_ text: Substring) -> Int?? {
    if text.isEmpty { return .some(nil) }
    guard text.utf8.count <= 15, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
  }
}
