/// Which files make a study what it is, by their path below its folder.
enum WatchedNames {
  /// The folders watched with all below them.
  static let folders = ["content", "templates"]
  static let file = "valuemap.yaml"

  /// False for what programs leave lying about: hidden files, and what editors write for a moment while they save.
  static func isOfInterest(_ name: String) -> Bool {
    if name.isEmpty || name.hasPrefix(".") || name.hasPrefix("#") || name.hasSuffix("~") { return false }
    if [".tmp", ".swp", ".swx", ".swo", ".part", ".crdownload", "___jb_tmp___", "___jb_old___"].contains(
      where: name.hasSuffix)
    {
      return false
    }
    // Vim tries whether it may write into a folder with a file of this name.
    return name != "4913"
  }

  /// Whether a change of `name` in `folder` (empty for the study's own) can change the site.
  static func concerns(_ name: String, in folder: String) -> Bool {
    folder.isEmpty ? name == file || folders.contains(name) : isOfInterest(name)
  }
}
