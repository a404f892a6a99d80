import Glibc

/// Removes a folder and all in it, or a file; links are removed, not followed. Names are taken as bytes: one that is no UTF-8 goes, too.
func removeTree(_ path: String) { path.withCString { removeEntry(AT_FDCWD, $0) } }

private func removeEntry(_ parent: Int32, _ name: UnsafePointer<CChar>) {
  if unlinkat(parent, name, 0) == 0 { return }
  let descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  guard let folder = fdopendir(descriptor) else {
    close(descriptor)
    return
  }
  var names: [[CChar]] = []
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) {
        Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1))
      }
    }
    let dot = CChar(bitPattern: UInt8(ascii: "."))
    if name != [dot, 0], name != [dot, dot, 0] { names.append(name) }
  }
  for name in names { name.withUnsafeBufferPointer { if let base = $0.baseAddress { removeEntry(descriptor, base) } } }
  closedir(folder)
  unlinkat(parent, name, AT_REMOVEDIR)
}
