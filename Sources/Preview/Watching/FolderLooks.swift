import Glibc
import Publishing

/// Finds changes by looking at all files from time to time, where the kernel does not tell of them.
final class FolderLooks {
  private let root: String
  private var seen: [String: StudyFolder.Stamp]

  init(root: String) {
    self.root = root
    seen = Self.look(root)
  }

  /// Gives word of changes until `stop` can be read.
  func run(until stop: Int32, every milliseconds: Int, _ onChange: () -> Void) {
    // -1 is no descriptor: poll passes over it, and only waits.
    while waitToRead(-1, unless: stop, milliseconds: milliseconds) != nil {
      let now = Self.look(root)
      if now == seen { continue }
      seen = now
      onChange()
    }
  }

  private static func look(_ root: String) -> [String: StudyFolder.Stamp] {
    guard let folder = StudyFolder(root) else { return [:] }
    var paths = [WatchedNames.file]
    for top in WatchedNames.folders {
      for path in folder.files(below: top)
      where path.split(separator: "/").allSatisfy({ WatchedNames.isOfInterest(String($0)) }) {
        paths.append(top + "/" + path)
      }
    }
    var stamps: [String: StudyFolder.Stamp] = [:]
    for path in paths { stamps[path] = folder.stamp(path) }
    return stamps
  }
}
