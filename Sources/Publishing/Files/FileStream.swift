import Diagnostics
import Glibc
import Tables

/// A file as a table reads it. The descriptor is open as long as the stream's owner keeps `FileHandleOwner`.
struct FileStream: ByteStream {
  let owner: OpenFile

  var byteCount: Int? { owner.size }

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = retrying { Glibc.read(owner.descriptor, buffer.baseAddress, buffer.count) }
    guard count >= 0 else {
      throw Diagnostic(.error, "file.unreadable", "a file can be read to its end: \(String(cString: strerror(errno)))")
    }
    return count
  }

  mutating func rewind() throws { lseek(owner.descriptor, 0, SEEK_SET) }
}

/// An open file, closed when nobody needs it any more.
final class OpenFile: Sendable {
  let descriptor: Int32
  let size: Int

  init(descriptor: Int32, size: Int) {
    self.descriptor = descriptor
    self.size = size
  }

  deinit { close(descriptor) }

  /// What the file looks like now; nil where that cannot be told.
  var stamp: StudyFolder.Stamp? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? StudyFolder.Stamp(status) : nil
  }

  /// Some bytes from the middle, or nil where they cannot be read.
  func bytes(at offset: Int, count: Int) -> [UInt8]? {
    guard offset >= 0, count >= 0, count <= 64 << 20 else { return nil }
    var bytes = [UInt8](repeating: 0, count: count)
    let read = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, count, off_t(offset)) }
    return read == count ? bytes : nil
  }
}
