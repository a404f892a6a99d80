import Glibc
import Testing

@testable import Publishing

@Suite struct PublishedSiteTests {
  private func published(_ scratch: Scratch) throws -> SiteFiles {
    var files = SiteFiles()
    files.add("first", at: "index.html")
    files.add("second", at: "a/index.html")
    _ = try SitePublisher(output: scratch.path + "/public").publish(files)
    return files
  }

  @Test func givesOutWhatABuildLeft() throws {
    let scratch = try Scratch()
    let files = try published(scratch)
    let site = try #require(PublishedSite(output: scratch.path + "/public"))
    #expect(site.paths == files.paths)
    for path in files.paths { #expect(site[path] == files[path]) }
    #expect(site.digest == Digest(of: files.paths.flatMap { [$0, Digest(files[$0] ?? []).hex] }))
    #expect(site["nothing.html"] == nil)
    #expect(site[SitePublisher.manifestName] == nil)
  }

  @Test func nothingElse() throws {
    let scratch = try Scratch(("secret.txt", "first"), ("b/index.html", "second"))
    _ = try published(scratch)
    let site = try #require(PublishedSite(output: scratch.path + "/public"))
    unlink(scratch.path + "/public/index.html")
    symlink(scratch.path + "/secret.txt", scratch.path + "/public/index.html")
    #expect(site["index.html"] == nil)
    unlink(scratch.path + "/public/index.html")
    mkfifo(scratch.path + "/public/index.html", 0o600)
    #expect(site["index.html"] == nil)
    rename(scratch.path + "/public/a", scratch.path + "/public/c")
    symlink(scratch.path + "/b", scratch.path + "/public/a")
    #expect(site["a/index.html"] == nil)
    unlink(scratch.path + "/public/a")
    try scratch.write("SECOND", to: "public/a/index.html")
    #expect(site["a/index.html"] == nil)
  }

  @Test(arguments: ["", "noise", "valuemap manifest 1\n", "valuemap manifest 1\n0 5 ../secret.txt\n"])
  func aManifestThatIsNoneIsNoSite(text: String) throws {
    let scratch = try Scratch(("public/.valuemap-manifest", text), ("secret.txt", "first"))
    #expect(PublishedSite(output: scratch.path + "/public") == nil)
    #expect(PublishedSite(output: scratch.path + "/nowhere") == nil)
  }
}
