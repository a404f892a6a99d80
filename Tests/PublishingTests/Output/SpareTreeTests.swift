import Diagnostics
import Glibc
import Testing

@testable import Pages
@testable import Publishing

/// A large site is changed by the files that differ, in one step as ever.
@Suite struct SpareTreeTests {
  private func publisher(_ scratch: Scratch) -> SitePublisher {
    var publisher = SitePublisher(
      output: scratch.path + "/out", study: scratch.path + "/study", spares: scratch.path + "/spares")
    publisher.smallestSpared = 0
    return publisher
  }

  private func site(_ files: [String: String]) -> SiteFiles {
    var site = SiteFiles()
    for (path, text) in files { site.add(text, at: path) }
    return site
  }

  /// What the next build finds, as from its cache.
  ///
  /// - Returns: nil where the folder is not as it was left.
  private func earlier(_ left: FolderState?, _ scratch: Scratch) async throws -> EarlierBuild? {
    let store = Store(folder: nil)
    let key = Digest("site")
    let pages = RememberedPages(sources: [], record: .empty).save(in: store, key: key.second)
    try unwrap(left, "nothing known").save(in: store, key: key, pages: pages)
    return await EarlierBuild.load(store, key: key, output: scratch.path + "/out")
  }

  private func inode(_ path: String) -> UInt64 {
    var status = stat()
    return lstat(path, &status) == 0 ? UInt64(status.st_ino) : 0
  }

  @Test func aChangeGoesTheShortWay() async throws {
    let scratch = try Scratch()
    let publisher = publisher(scratch)
    var files = ["index.html": "1", "a/x.html": "2", "a/b/y.html": "3", "gone/z.html": "4"]
    var (result, left) = try publisher.publish(site(files), after: nil)
    let spare = try unwrap(publisher.spare, "no spare")
    let tree = inode(spare)
    #expect(tree != 0)
    files["a/x.html"] = "changed"
    files["new/deep/n.html"] = "5"
    files["gone/z.html"] = nil
    (result, left) = try publisher.publish(site(files), after: await earlier(left, scratch))
    #expect(result == .init(written: 2, kept: 2, removed: 1))
    // The tree that lay apart is the site now.
    #expect(inode(scratch.path + "/out") == tree)
    #expect(scratch.text("out/a/x.html") == "changed")
    #expect(!scratch.exists("out/gone"))
    #expect(
      scratch.tree("out").map { $0.dropFirst(4) }
        == scratch.tree(String(spare.dropFirst(scratch.path.count + 1))).map {
          $0.dropFirst(spare.count - scratch.path.count)
        })
    // And back again.
    files["a/x.html"] = "2"
    (result, left) = try publisher.publish(site(files), after: await earlier(left, scratch))
    #expect(result == .init(written: 1, kept: 3, removed: 0))
    #expect(inode(scratch.path + "/out") != tree)
    #expect(scratch.text("out/a/x.html") == "2")
    #expect(try publisher.publish(site(files), after: await earlier(left, scratch)).result.written == 0)
    #expect(Manifest.read(scratch.path + "/out/" + SitePublisher.manifestName) == Manifest(site(files)))
  }

  /// Whatever somebody did to either tree: the site is whole, and what is not ours is kept.
  @Test func aTreeThatWasTouchedIsNotUsed() async throws {
    let scratch = try Scratch()
    let publisher = publisher(scratch)
    var files = ["index.html": "1", "a/x.html": "2", "a/y.html": "3"]
    var left = try publisher.publish(site(files), after: nil).left
    let spare = try unwrap(publisher.spare, "no spare")
    unlink(spare + "/a/y.html")
    files["index.html"] = "2"
    left = try publisher.publish(site(files), after: await earlier(left, scratch)).left
    #expect(scratch.text("out/a/y.html") == "3")

    try scratch.write("mine", to: "out/notes.txt")
    files["index.html"] = "3"
    left = try publisher.publish(site(files), after: await earlier(left, scratch)).left
    #expect(scratch.text("out/notes.txt") == "mine")
    #expect(left?.spare == nil)
    unlink(scratch.path + "/out/notes.txt")
    files["index.html"] = "4"
    left = try publisher.publish(site(files), after: await earlier(left, scratch)).left
    #expect(left?.spare != nil)

    // Through its second name: what stands in the site changed with it.
    #expect(writeWhole(Array("scribble".utf8), to: spare + "/a/x.html") == 0)
    left = try publisher.publish(site(files), after: await earlier(left, scratch)).left
    #expect(scratch.text("out/a/x.html") == "2")
    removeTree(spare)
    files["index.html"] = "5"
    left = try publisher.publish(site(files), after: await earlier(left, scratch)).left
    #expect(scratch.text("out/index.html") == "5")
    #expect(left?.spare != nil)
  }

  @Test func aFileBecomesAFolderAndBack() async throws {
    let scratch = try Scratch()
    let publisher = publisher(scratch)
    var left = try publisher.publish(site(["a": "1", "b/c": "2"]), after: nil).left
    left = try publisher.publish(site(["a/x": "1", "b": "2"]), after: await earlier(left, scratch)).left
    #expect(scratch.text("out/a/x") == "1")
    #expect(scratch.text("out/b") == "2")
    left = try publisher.publish(site(["a": "1", "b/c": "2"]), after: await earlier(left, scratch)).left
    #expect(scratch.text("out/b/c") == "2")
    #expect(left?.spare != nil)
  }

  @Test func anotherBuildCameBetween() async throws {
    let scratch = try Scratch()
    let publisher = publisher(scratch)
    let left = try publisher.publish(site(["index.html": "1"]), after: nil).left
    let earlier = try unwrap(await earlier(left, scratch), "not as it was left")
    _ = try publisher.publish(site(["index.html": "2"]))
    #expect(throws: Rejection.self) { try publisher.publish(site(["index.html": "3"]), after: earlier) }
    #expect(scratch.text("out/index.html") == "2")
  }

  @Test func aLinkInTheSparesPlaceIsLeftAlone() async throws {
    let scratch = try Scratch()
    try scratch.makeFolder("theirs")
    symlink(scratch.path + "/theirs", scratch.path + "/spares")
    let left = try publisher(scratch).publish(site(["index.html": "1"]), after: nil).left
    #expect(left?.spare == nil)
    #expect(entries(of: scratch.path + "/theirs").isEmpty)
  }

  @Test func anythingButItsOwnBytesIsForgotten() async throws {
    let scratch = try Scratch()
    let left = try unwrap(try publisher(scratch).publish(site(["index.html": "1"]), after: nil).left, "nothing known")
    let store = Store(folder: nil)
    let key = Digest("site")
    let pages = RememberedPages(sources: [], record: .empty).save(in: store, key: key.second)
    left.save(in: store, key: key, pages: pages)
    let bytes = try unwrap(store.load(key), "nothing kept")
    #expect(await EarlierBuild.load(store, key: key, output: scratch.path + "/out") != nil)
    for count in 0..<bytes.count {
      store.save(Array(bytes.prefix(count)), under: key)
      #expect(await EarlierBuild.load(store, key: key, output: scratch.path + "/out") == nil)
    }
    // Pages of another build than the folder's.
    left.save(in: store, key: key, pages: Digest("other"))
    #expect(await EarlierBuild.load(store, key: key, output: scratch.path + "/out") == nil)
  }
}
