import Pages

/// An earlier build whose files can be kept: in an output folder, or in memory while a study is previewed.
protocol EarlierFiles: EarlierSite {
  /// Pages' sources as it read them, by path below `content/`.
  var sources: [String: KnownSource] { get }
  /// A file as it stands; nil for one that does not.
  func known(_ path: String) -> (digest: Digest, size: Int)?
}

extension EarlierBuild: EarlierFiles {
  func known(_ path: String) -> (digest: Digest, size: Int)? { file(path).map { ($0.digest, $0.size) } }
}

/// The build that a preview shows, from which the next keeps what has not changed.
package final class ShownBuild: EarlierFiles {
  package let site: SiteFiles
  package let record: SiteRecord
  let sources: [String: KnownSource]

  init(_ site: SiteFiles, _ built: BuiltSite) {
    self.site = site
    record = built.record
    sources = Dictionary(built.sources, uniquingKeysWith: { first, _ in first })
  }

  package func stands(_ path: String) -> Bool { site.contains(path) }
  package func bytes(of path: String) -> [UInt8]? { site[path] }
  func known(_ path: String) -> (digest: Digest, size: Int)? { site[path].map { (Digest($0), $0.count) } }
}

extension StudyBuilder {
  /// Builds the study to be shown from memory, after the build that was shown before (or the one in the output folder).
  ///
  /// - Returns: The build, and what to show of it; nil where it failed.
  package func buildToShow() async -> (built: BuiltSite, shown: ShownBuild?) {
    let built = await build()
    guard let site = built.site else { return (built, nil) }
    if let whole = site.filled(from: built.earlier) { return (built, ShownBuild(whole, built)) }
    // What stood in the output folder went meanwhile.
    let again = await build(keepingNothing: true)
    return (again, again.site.map { ShownBuild($0, again) })
  }
}

extension SiteFiles {
  /// The site with the bytes of what it keeps; nil where they are gone.
  func filled(from earlier: (any EarlierSite)?) -> SiteFiles? {
    var whole = SiteFiles()
    for (path, content) in contents {
      switch content {
      case .bytes(let bytes): whole.add(bytes, at: path)
      case .kept:
        guard let bytes = earlier?.bytes(of: path) else { return nil }
        whole.add(bytes, at: path)
      }
    }
    return whole
  }
}
