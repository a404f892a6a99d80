/// Bytes in order, as a table is read: a file, an answer from the network, an array.
///
/// This room opens nothing itself; whoever hands over the stream owns the file behind it.
package protocol ByteStream {
  /// How many bytes there are in all, where that is known; only used to reserve memory.
  var byteCount: Int? { get }

  /// Fills the front of the buffer and returns how many bytes were written, 0 only at the end.
  ///
  /// - Throws: a `Diagnostic` where the cause is known, else any error.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int

  /// Goes back to the first byte. Reading again must give the same bytes.
  mutating func rewind() throws
}

/// Bytes already in memory.
package struct MemoryStream: ByteStream, Sendable {
  private let bytes: [UInt8]
  private var position = 0
  /// The most bytes one call of `read` hands over; small values exercise the seams between chunks.
  private let most: Int

  package init(_ bytes: [UInt8], most: Int = .max) {
    self.bytes = bytes
    self.most = max(1, most)
  }

  package init(_ text: String) { self.init(Array(text.utf8)) }

  package var byteCount: Int? { bytes.count }

  package mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, most, bytes.count - position)
    buffer.copyBytes(from: bytes[position..<position + count])
    position += count
    return count
  }

  package mutating func rewind() { position = 0 }
}
