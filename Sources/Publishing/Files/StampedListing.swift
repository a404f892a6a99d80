import Glibc

extension StudyFolder {
  /// A file below a folder of the study, and how it stands; no stamp for what is not a plain file in its place.
  struct Listed: Sendable {
    /// Relative to the folder.
    var path: String
    var stamp: Stamp?
  }

  /// The same files as `listing` finds, each with its stamp: ten thousand pages are looked at without being opened.
  func stampedListing(
    below folder: String, skip: Set<String> = [], limit: Int = 200_000
  ) -> (files: [Listed], unreadable: [(path: String, code: Int32)]) {
    var found: [Listed] = []
    var unreadable: [(String, Int32)] = []
    var pending = [""]
    while let prefix = pending.popLast(), found.count < limit {
      let place = prefix.isEmpty ? folder : folder + "/" + prefix
      guard let path = absolute(place) else { continue }
      let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard descriptor >= 0 else {
        if !(prefix.isEmpty && errno == ENOENT) { unreadable.append((place, errno)) }
        continue
      }
      let read = readEntries(of: path)
      if read.code != 0 { unreadable.append((place, read.code)) }
      for (name, isFolder) in read.found where !name.hasPrefix(".") {
        let relative = prefix.isEmpty ? name : prefix + "/" + name
        if skip.contains(relative) { continue }
        if isFolder {
          pending.append(relative)
        } else {
          found.append(Listed(path: relative, stamp: fileStamp(descriptor, name)))
        }
      }
      close(descriptor)
    }
    return (
      found.sorted { precedes($0.path, $1.path) }, unreadable.sorted { $0.0 < $1.0 }
    )
  }
}

/// Nanoseconds since 1970, by the clock that files are stamped with.
func fileClock() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
}

extension StudyFolder.Stamp {
  /// False for a file changed a moment before it was looked at: a change within the same tick of the clock would not show.
  func isSettled(at moment: Int64) -> Bool { max(modified, changed) < moment - 50_000_000 }
}
