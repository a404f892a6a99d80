import Diagnostics
import Glibc
import Synchronization

/// Where a preview keeps its site: in the study's cache, so that what a change does not touch is not made again, and the next preview
/// has something to show before it has built anything. One preview at a time has it.
package final class PreviewFolder: Sendable {
  /// The site's folder.
  package let output: String
  fileprivate let spares: String
  private let lock: Int32
  fileprivate let last = Mutex<PublishedSite?>(nil)

  /// - Parameter study: The study's folder, absolute and without links.
  /// - Returns: nil where it cannot be written, is a link to elsewhere, or another preview has it: the site is kept in memory then.
  package init?(study: String) {
    let folder = study + "/.valuemap/preview"
    guard settledPath(folder) == folder, makeFolder(folder), access(folder, W_OK) == 0 else { return nil }
    let descriptor = open(folder + "/lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    lock = descriptor
    output = folder + "/site"
    spares = folder + "/spare"
  }

  deinit { close(lock) }
}

extension StudyBuilder {
  /// Builds the study and brings the preview's folder up to date. The options name that folder as their output.
  ///
  /// - Returns: The site as it lies there, a small one also in memory; nil after errors, and where it could not be written: then all its bytes are in the build.
  package func publish(to preview: PreviewFolder) async -> (built: BuiltSite, site: PublishedSite?) {
    let publisher = SitePublisher(output: preview.output, spares: preview.spares)
    var built = await build()
    for _ in 0..<2 {
      guard let site = built.site else { return (built, nil) }
      do throws(Rejection) {
        _ = try await publishAndRemember(built, site, by: publisher)
        if let found = PublishedSite(output: preview.output) {
          return (
            built,
            preview.last.withLock { last in
              let published = found.held(site, after: last)
              last = published
              return published
            }
          )
        }
      } catch {
        // A full disk, a folder somebody changed: made whole in memory, which needs nothing of it.
      }
      built = await build(keepingNothing: true)
    }
    return (built, nil)
  }
}
