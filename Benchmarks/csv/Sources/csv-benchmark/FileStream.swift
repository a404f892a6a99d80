import Glibc
import Tables

/// A file as a byte stream.
struct FileStream: ByteStream {
  struct Failure: Error { var code: Int32 }

  let descriptor: Int32
  let byteCount: Int?

  init(path: String) throws {
    descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw Failure(code: errno) }
    var status = stat()
    byteCount = fstat(descriptor, &status) == 0 ? Int(status.st_size) : nil
  }

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    guard count >= 0 else { throw Failure(code: errno) }
    return count
  }

  mutating func rewind() throws {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw Failure(code: errno) }
  }
}
