import CLinux
import Diagnostics
import Glibc

extension SitePublisher {
  /// Puts the staged tree in place of the one that is there.
  ///
  /// - Parameter foreign: Files carried over already; nil where what is not ours goes.
  func exchange(_ site: SiteFiles, old: Manifest?, foreign: [String]?) throws(Rejection) {
    var status = stat()
    if lstat(output, &status) != 0 {
      guard rename(stage, output) == 0 else {
        throw failure("the finished site can be put in place, and it cannot", errno)
      }
      return
    }
    if canExchange, exchange_paths(stage, output) == 0 {
      if let foreign { keepLatecomers(old: old, foreign: foreign) }
      removeTree(stage)
      return
    }
    let code = canExchange ? errno : EINVAL
    guard code == EINVAL || code == ENOSYS || code == EXDEV || code == EBUSY || code == EOPNOTSUPP else {
      throw failure("the finished site can be put in place, and it cannot", code)
    }
    try moveOneByOne(site, old: old)
  }

  /// What somebody put into the old tree while the new one was staged moves over, too, before the old one goes.
  private func keepLatecomers(old: Manifest?, foreign: [String]) {
    let known = Set(foreign + (old?.entries.map(\.path) ?? []) + [Self.manifestName])
    var pending = [""]
    while let prefix = pending.popLast() {
      for (name, isFolder) in entries(of: prefix.isEmpty ? stage : stage + "/" + prefix) {
        let path = prefix.isEmpty ? name : prefix + "/" + name
        if isFolder {
          pending.append(path)
        } else if !known.contains(path), prefix.isEmpty || makeFolder(output + "/" + prefix) {
          link(stage + "/" + path, output + "/" + path)
        }
      }
    }
  }

  /// For file systems without exchange (and mount points): what pages need first, pages next, the manifest, then what is no longer
  /// ours. Each file is the old or the new one; for a moment the site is some of both.
  private func moveOneByOne(_ site: SiteFiles, old: Manifest?) throws(Rejection) {
    let gone = (old?.entries ?? []).map(\.path).filter { !site.contains($0) }
    let paths =
      site.paths.filter { !$0.hasSuffix(".html") } + site.paths.filter { $0.hasSuffix(".html") } + [Self.manifestName]
    for path in paths {
      if let slash = path.lastIndex(of: "/") {
        let folder = String(path[..<slash])
        // A file of the old site may stand where the new one has a folder.
        for file in gone where folder == file || folder.hasPrefix(file + "/") { unlink(output + "/" + file) }
        _ = makeFolder(output + "/" + folder)
      }
      if rename(stage + "/" + path, output + "/" + path) == 0 { continue }
      // And a folder of the old site where the new one has a file.
      for file in gone where file.hasPrefix(path + "/") { removeOurs(file) }
      guard rename(stage + "/" + path, output + "/" + path) == 0 else {
        throw failure("a file can be put in place, and '\(path)' cannot", errno)
      }
    }
    for file in gone { removeOurs(file) }
    removeTree(stage)
  }

  /// A file of the old site, and the folders above it that are empty then.
  private func removeOurs(_ path: String) {
    unlink(output + "/" + path)
    var rest = path[...]
    while let slash = rest.lastIndex(of: "/") {
      rest = rest[..<slash]
      if rmdir(output + "/" + rest) != 0 { return }
    }
  }
}
