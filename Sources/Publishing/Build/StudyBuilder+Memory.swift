import Diagnostics
import Pages

/// From one build to the next.
extension StudyBuilder {
  /// Where what a build leaves for the next is kept: one entry for an output folder and a way of building.
  private var memoryKey: Digest? {
    // A report of one file keeps nothing of what stood there.
    guard !options.isSingleFile else { return nil }
    return options.output.map { output in
      Digest(of: [
        "site", program, settledPath(output), options.withDrafts ? "drafts" : "", options.withPDF ? "pdf" : "",
        options.audience ?? "", options.audience == nil ? "0" : "1",
      ])
    }
  }

  func earlierBuild() async -> EarlierBuild? {
    guard options.usesCache, let key = memoryKey, let output = options.output else { return nil }
    return await EarlierBuild.load(store, key: key, output: settledPath(output))
  }

  /// The folder for second trees of large sites; nil where the cache is not used.
  package var spares: String? { options.usesCache && options.writesCache ? folder.root + "/.valuemap/spare" : nil }

  /// Publishes a build and keeps what it left for the next. The pages are packed while files are written.
  ///
  /// - Throws: as `SitePublisher.publish`.
  func publishAndRemember(_ built: BuiltSite, _ site: SiteFiles, by publisher: SitePublisher, clean: Bool = false)
    async throws(Rejection) -> SitePublisher.Result
  {
    let pages = RememberedPages(sources: built.sources, record: built.record)
    let key = options.usesCache ? memoryKey : nil
    async let kept = key.map { pages.save(in: store, key: $0.second, there: built.earlier?.pages) }
    let outcome: Result<(result: SitePublisher.Result, left: FolderState?), Rejection>
    do throws(Rejection) {
      outcome = .success(try publisher.publish(site, clean: clean, after: built.earlier))
    } catch {
      outcome = .failure(error)
    }
    let digest = await kept
    let (result, left) = try outcome.get()
    if let key, let digest, let left { left.save(in: store, key: key, pages: digest) }
    return result
  }
}
