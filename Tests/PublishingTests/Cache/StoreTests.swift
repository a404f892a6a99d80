import Glibc
import Testing

@testable import Publishing

@Suite struct StoreTests {
  private let key = Digest("key")

  @Test func whatIsKeptComesBack() throws {
    let scratch = try Scratch()
    let folder = scratch.path + "/.valuemap/cache"
    for bytes in [[], [1], Array(repeating: UInt8(7), count: 100_000)] {
      Store(folder: folder).save(bytes, under: key)
      #expect(Store(folder: folder).load(key) == bytes)
    }
    #expect(Store(folder: folder).load(Digest("other")) == nil)
  }

  @Test func aDamagedEntryIsNoEntry() throws {
    let scratch = try Scratch()
    let store = Store(folder: scratch.path)
    store.save(Array("some bytes that matter".utf8), under: key)
    let whole = try unwrap(readWhole(scratch.path + "/" + key.hex), "no entry")
    for place in whole.indices {
      var broken = whole
      broken[place] ^= 0x10
      try scratch.write(broken, to: key.hex)
      #expect(Store(folder: scratch.path).load(key) == nil)
      try scratch.write(Array(whole[..<place]), to: key.hex)
      #expect(Store(folder: scratch.path).load(key) == nil)
    }
    try scratch.write(whole + [0], to: key.hex)
    #expect(Store(folder: scratch.path).load(key) == nil)
    // A folder, a pipe and a link in an entry's place.
    unlink(scratch.path + "/" + key.hex)
    try scratch.makeFolder(key.hex)
    #expect(store.load(key) == nil)
    store.save([1], under: key)
    #expect(store.load(key) == nil)
    rmdir(scratch.path + "/" + key.hex)
    mkfifo(scratch.path + "/" + key.hex, 0o600)
    #expect(store.load(key) == nil)
  }

  @Test func aReadOnlyStoreWritesNothing() throws {
    let scratch = try Scratch(("empty/x", ""))
    let store = Store(folder: scratch.path + "/empty", isWritable: false)
    store.save([1, 2], under: key)
    #expect(store.load(key) == [1, 2])
    #expect(scratch.tree("empty").count == 1)
    #expect(!scratch.exists("missing"))
    _ = Store(folder: scratch.path + "/missing", isWritable: false)
    #expect(!scratch.exists("missing"))
  }

  /// A study from elsewhere may bring a link where its cache goes.
  @Test func aLinkInPlaceOfTheCacheIsNotFollowed() throws {
    let scratch = try Scratch(("precious/a", "1"), ("study/x", ""))
    for number in 0..<100 { try scratch.write("x", to: "precious/file\(number)") }
    let before = scratch.tree("precious")
    for link in ["study/.valuemap", "study/cache"] { symlink("../precious", scratch.path + "/" + link) }
    for folder in ["study/.valuemap/cache", "study/cache"] {
      let store = Store(folder: scratch.path + "/" + folder)
      store.save([1], under: key)
      store.prune()
      #expect(store.load(key) == [1])
    }
    #expect(scratch.tree("precious") == before)
  }

  @Test func sweepingTakesOnlyEntries() throws {
    let scratch = try Scratch(("cache/notes.txt", "mine"), ("cache/" + String(repeating: "f", count: 40), "mine"))
    let folder = scratch.path + "/cache"
    for number in 0..<100 { Store(folder: folder).save([1], under: Digest("\(number)")) }
    try scratch.write("left", to: "cache/\(Digest("x").hex).77.new")
    let store = Store(folder: folder)
    #expect(store.load(Digest("5")) != nil)
    store.prune()
    #expect(
      Set(entries(of: folder).map(\.name)) == ["notes.txt", String(repeating: "f", count: 40), Digest("5").hex])
  }

  @Test func aFileInPlaceOfTheCacheMeansNoCache() throws {
    let scratch = try Scratch((".valuemap", "a file"))
    let store = Store(folder: scratch.path + "/.valuemap/cache")
    store.save([3], under: key)
    #expect(store.load(key) == [3])
    #expect(scratch.text(".valuemap") == "a file")
  }

  @Test func digestsTellPartsApart() {
    #expect(Digest(of: ["ab", "c"]) != Digest(of: ["a", "bc"]))
    #expect(Digest(of: ["a"]) != Digest(of: ["a", ""]))
    #expect(Digest("").hex.count == 32 && Digest("x").short.count == 10)
    // RFC 6234, the empty text and "abc".
    #expect(sha256([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(sha256(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
