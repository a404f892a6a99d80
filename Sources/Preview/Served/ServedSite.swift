import Publishing

/// The site as it is shown: the one just built, or before that the one in the output folder.
enum ServedSite: Sendable {
  case built(SiteFiles)
  case published(PublishedSite)

  subscript(path: String) -> [UInt8]? {
    switch self {
    case .built(let files): files[path]
    case .published(let site): site[path]
    }
  }

  /// Sorted by their bytes.
  var paths: [String] {
    switch self {
    case .built(let files): files.paths
    case .published(let site): site.paths
    }
  }

  /// The same for the same files, wherever they come from: a page out of the output folder that the first build makes again is not
  /// loaded twice.
  var digest: Digest {
    switch self {
    case .built(let files): Digest(of: files.paths.flatMap { [$0, Digest(files[$0] ?? []).hex] })
    case .published(let site): site.digest
    }
  }
}
