import Glibc

/// Binds the port for a moment to say plainly why it cannot be had, or to learn of one that is free.
func bindable(_ port: Int) throws(PreviewServer.Refusal) -> Int {
  guard let wanted = UInt16(exactly: port) else { throw .failed("a port is a number from 0 to 65535") }
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
  guard descriptor >= 0 else { throw .failed(String(cString: strerror(errno))) }
  defer { close(descriptor) }
  // As civetweb does: what waits after a former preview does not hold the port.
  var yes: Int32 = 1
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
  var address = loopback(wanted)
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let (bound, code) = withUnsafeMutablePointer(to: &address) { address in
    address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
      let bound = bind(descriptor, address, length) == 0 && listen(descriptor, 1) == 0
      let code = errno
      if bound { getsockname(descriptor, address, &length) }
      return (bound, code)
    }
  }
  guard bound else {
    switch code {
    case EADDRINUSE: throw .portTaken
    case EACCES: throw .portForbidden
    default: throw .failed(String(cString: strerror(code)))
    }
  }
  return Int(UInt16(bigEndian: address.sin_port))
}

private func loopback(_ port: UInt16) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  return address
}

/// Connects and goes away at once. False where nobody listens any more.
func knock(on port: Int) -> Bool {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
  guard descriptor >= 0 else { return false }
  defer { close(descriptor) }
  var address = loopback(UInt16(truncatingIfNeeded: port))
  return withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
    }
  }
}
