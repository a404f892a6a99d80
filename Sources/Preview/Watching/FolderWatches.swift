import Glibc

/// The kernel's watches (inotify) on a study's folder, and on `content/` and `templates/` with all folders below.
final class FolderWatches {
  private let root: String
  private let descriptor: Int32
  /// The folder of each watch, by its path below the study; empty for the study's own.
  private var folders: [Int32: String] = [:]
  /// Set where a folder could not be watched for want of watches.
  private var ranOut = false

  private static let events = UInt32(
    IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ATTRIB | IN_EXCL_UNLINK | IN_ONLYDIR)

  /// - Returns: nil where the kernel has no watches to give.
  init?(root: String) {
    self.root = root
    descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    watchAll()
    guard !ranOut, folders.contains(where: { $0.value.isEmpty }) else { return nil }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Gives word of changes until `stop` can be read. Where watches run out on the way, looks from then on.
  func run(until stop: Int32, _ onChange: () -> Void) {
    var since: ContinuousClock.Instant?
    while true {
      let wait = since == nil ? -1 : StudyWatcher.quiet
      guard let isReadable = waitToRead(descriptor, unless: stop, milliseconds: wait) else { return }
      if isReadable, readEvents(), since == nil { since = .now }
      if ranOut {
        onChange()
        return FolderLooks(root: root).run(until: stop, every: StudyWatcher.interval, onChange)
      }
      guard let first = since, !isReadable || .now - first > .milliseconds(StudyWatcher.patience) else { continue }
      since = nil
      onChange()
    }
  }

  // MARK: Watches

  private func watchAll() {
    watch("")
    for folder in WatchedNames.folders { _ = watchTree(folder) }
  }

  /// - Returns: false where the folder is watched already, or cannot be.
  @discardableResult
  private func watch(_ folder: String) -> Bool {
    let path = folder.isEmpty ? root : root + "/" + folder
    let watch = inotify_add_watch(descriptor, path, Self.events)
    if watch < 0 {
      if errno == ENOSPC || errno == ENOMEM { ranOut = true }
      return false
    }
    // A folder reached by two ways, as through a link, is one watch: that also ends a walk in a circle.
    guard folders[watch] != folder else { return false }
    let isNew = folders[watch] == nil
    folders[watch] = folder
    return isNew
  }

  /// Watches a folder and all below. Each is watched before it is read, so that nothing slips in between.
  ///
  /// - Returns: whether there are files of interest.
  private func watchTree(_ top: String) -> Bool {
    var pending = [top]
    var hasFiles = false
    while let folder = pending.popLast() {
      guard watch(folder) else { continue }
      guard let directory = opendir(root + "/" + folder) else { continue }
      defer { closedir(directory) }
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard WatchedNames.isOfInterest(name) else { continue }
        var status = stat()
        guard stat(root + "/" + folder + "/" + name, &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR { pending.append(folder + "/" + name) } else { hasFiles = true }
      }
    }
    return hasFiles
  }

  /// Ends the watches of a folder that was moved away; their paths are no longer true.
  private func forget(_ folder: String) {
    for (watch, path) in folders where path == folder || path.hasPrefix(folder + "/") {
      inotify_rm_watch(descriptor, watch)
      folders[watch] = nil
    }
  }

  // MARK: Events

  /// - Returns: whether any of them can change the site.
  private func readEvents() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var concerns = false
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return concerns }
      var offset = 0
      let head = MemoryLayout<inotify_event>.size
      while offset + head <= count {
        let event = buffer.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: inotify_event.self) }
        let end = min(count, offset + head + Int(event.len))
        let name = String(decoding: buffer[offset + head..<end].prefix { $0 != 0 }, as: UTF8.self)
        if handle(event, name) { concerns = true }
        offset = end
      }
    }
  }

  private func handle(_ event: inotify_event, _ name: String) -> Bool {
    let mask = event.mask
    func says(_ flag: some BinaryInteger) -> Bool { mask & UInt32(truncatingIfNeeded: flag) != 0 }
    if says(IN_Q_OVERFLOW) {
      // What happened is lost: watch anew whatever there is now.
      for watch in folders.keys { inotify_rm_watch(descriptor, watch) }
      folders = [:]
      watchAll()
      return true
    }
    if says(IN_IGNORED) {
      folders[event.wd] = nil
      return false
    }
    guard let folder = folders[event.wd], WatchedNames.concerns(name, in: folder) else { return false }
    let path = folder.isEmpty ? name : folder + "/" + name
    let isTree = !folder.isEmpty || WatchedNames.folders.contains(name)
    if says(IN_ISDIR) {
      if says(IN_MOVED_FROM) { forget(path) }
      if says(IN_CREATE) { return isTree && watchTree(path) }
      if says(IN_MOVED_TO) { return isTree && (watchTree(path) || true) }
      return says(IN_MOVED_FROM) || says(IN_DELETE)
    }
    if says(IN_CREATE) {
      // A file just made is written next, and closing it tells; a link is never written.
      var status = stat()
      guard lstat(root + "/" + path, &status) == 0 else { return false }
      if status.st_mode & S_IFMT == S_IFLNK, isTree { _ = watchTree(path) }
      return status.st_mode & S_IFMT != S_IFREG || status.st_nlink > 1
    }
    return true
  }
}
