import CGLib
import CXXHash
import Glibc

/// A 128-bit fingerprint of content (XXH3), the key of the cache. Not a defence against forgery: `sha256` is for that.
package struct Digest: Sendable, Hashable, Codable {
  package var high: UInt64
  package var low: UInt64

  package init(_ bytes: [UInt8]) {
    let hash = bytes.withUnsafeBytes { XXH3_128bits($0.baseAddress, $0.count) }
    high = hash.high64
    low = hash.low64
  }

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  package init(_ text: String) { self.init(Array(text.utf8)) }

  /// Of several parts, each kept apart by its length.
  package init(of parts: [String]) {
    var bytes: [UInt8] = []
    for part in parts {
      bytes.append(contentsOf: "\(part.utf8.count):".utf8)
      bytes.append(contentsOf: part.utf8)
    }
    self.init(bytes)
  }

  /// 32 hexadecimal digits.
  package var hex: String {
    var out: [UInt8] = []
    appendHex(to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  func appendHex(to out: inout [UInt8]) {
    for value in [high, low] {
      for shift in stride(from: 60, through: 0, by: -4) {
        let digit = UInt8(truncatingIfNeeded: value >> UInt64(shift)) & 15
        out.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    }
  }

  /// Of 32 hexadecimal digits; nil for anything else.
  init?(hex: some StringProtocol) {
    let digits = Array(hex.utf8)
    guard digits.count == 32 else { return nil }
    var words: [UInt64] = [0, 0]
    for (at, digit) in digits.enumerated() {
      let value: UInt8
      switch digit {
      case 0x30...0x39: value = digit - 0x30
      case 0x61...0x66: value = digit - 0x57
      default: return nil
      }
      words[at / 16] = words[at / 16] << 4 | UInt64(value)
    }
    high = words[0]
    low = words[1]
  }

  /// 10 digits: enough to tell versions of one file apart in its name.
  package var short: String { String(hex.prefix(10)) }
}

/// SHA-256 by GLib, which Pango brings along.
final class SHA256Hasher {
  private let checksum: OpaquePointer?

  init() { checksum = g_checksum_new(G_CHECKSUM_SHA256) }
  deinit { if let checksum { g_checksum_free(checksum) } }

  func update(_ bytes: UnsafeRawBufferPointer) {
    guard let checksum, let base = bytes.baseAddress else { return }
    g_checksum_update(checksum, base.assumingMemoryBound(to: UInt8.self), bytes.count)
  }

  /// 64 hexadecimal digits; ends the sum.
  func finish() -> String {
    guard let checksum, let text = g_checksum_get_string(checksum) else { return "" }
    return String(cString: text)
  }
}

func sha256(_ bytes: [UInt8]) -> String {
  let hasher = SHA256Hasher()
  bytes.withUnsafeBytes { hasher.update($0) }
  return hasher.finish()
}
