import Diagnostics
import Pages

/// A build that was to be written, and what came of it.
package struct PublishedBuild: Sendable {
  package var built: BuiltSite
  /// nil where nothing was written.
  package var result: SitePublisher.Result?
  /// Everything there is to say, what the writing met included.
  package var diagnostics: [Diagnostic]
}

extension StudyBuilder {
  /// Builds the study and writes it to the output folder of the options.
  ///
  /// - Parameter clean: Also removes what is in that folder and not ours.
  package func publish(clean: Bool = false) async -> PublishedBuild {
    let output = options.output ?? folder.root + "/public"
    let publisher = SitePublisher(output: output, study: folder.root, spares: spares)
    var built = await build()
    for attempt in 0..<2 {
      guard let site = built.site else { break }
      do throws(Rejection) {
        let result = try await publishAndRemember(built, site, by: publisher, clean: clean)
        return PublishedBuild(
          built: built, result: result, diagnostics: built.diagnostics + PrivateFiles(self, output: output).write())
      } catch {
        guard attempt == 0, error.diagnostics.contains(where: { $0.id == "output.overtaken" }) else {
          return PublishedBuild(built: built, result: nil, diagnostics: built.diagnostics + error.diagnostics)
        }
      }
      // Another build wrote the folder meanwhile: what was to be kept of it may be gone.
      built = await build(keepingNothing: true)
    }
    return PublishedBuild(built: built, result: nil, diagnostics: built.diagnostics)
  }
}
