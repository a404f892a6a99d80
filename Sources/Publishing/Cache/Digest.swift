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
  package var hex: String { digits(high) + digits(low) }

  /// 10 digits: enough to tell versions of one file apart in its name.
  package var short: String { String(hex.prefix(10)) }

  private func digits(_ value: UInt64) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
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
