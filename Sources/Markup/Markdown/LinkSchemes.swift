/// What a URL begins with, read as browsers do: leading blanks and control characters, and tabs and line ends anywhere,
/// do not count.
enum LinkScheme: Equatable {
  case relative
  case fragment
  /// `//host`, which takes its scheme from the page and so leads nowhere from a folder.
  case schemeless
  /// Lower case, without the colon.
  case named(String)

  init(_ url: some Collection<UInt8>) {
    var scheme: [UInt8] = []
    var slashes = 0
    for byte in url {
      if byte == 0x09 || byte == 0x0A || byte == 0x0D || (byte <= 0x20 && scheme.isEmpty && slashes == 0) { continue }
      if scheme.isEmpty {
        if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") {
          slashes += 1
          if slashes == 2 { break }
          continue
        }
        if slashes > 0 { break }
        if byte == UInt8(ascii: "#") {
          self = .fragment
          return
        }
        guard (0x61...0x7A).contains(byte | 0x20) else { break }
        scheme.append(byte | 0x20)
        continue
      }
      switch byte {
      case 0x61...0x7A, 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): scheme.append(byte)
      case 0x41...0x5A: scheme.append(byte | 0x20)
      case UInt8(ascii: ":"):
        self = .named(String(decoding: scheme, as: UTF8.self))
        return
      default:
        self = .relative
        return
      }
    }
    self = slashes == 2 ? .schemeless : .relative
  }

  /// Schemes that run nothing and read nothing of the reader's machine.
  var isSafeForLinks: Bool {
    switch self {
    case .relative, .fragment: true
    case .schemeless: false
    case .named(let name): ["http", "https", "mailto", "tel"].contains(name)
    }
  }

  var isSafeForImages: Bool {
    switch self {
    case .relative: true
    case .fragment, .schemeless: false
    case .named(let name): ["http", "https"].contains(name)
    }
  }
}
