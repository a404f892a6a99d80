import Glibc
import Testing

@testable import Publishing

@Suite struct StudyFolderTests {
  private func refusal(_ folder: StudyFolder, _ path: String, limit: Int = 1 << 20) -> StudyFolder.Refusal? {
    do throws(StudyFolder.Refusal) {
      _ = try folder.read(path, limit: limit)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: ["../x", "/etc/passwd", "a/../../x", "", "a/./../../b", "..", "a\0b"])
  func pathsThatClimbAreRefusedByTheirSpelling(path: String) throws {
    let scratch = try Scratch(("study/a/b.txt", "x"), ("x", "secret"))
    let folder = try unwrap(StudyFolder(scratch.path + "/study"), "no folder")
    #expect(folder.absolute(path) == nil)
    #expect(refusal(folder, path) == .outside)
  }

  @Test func whatIsNoFileIsRefused() throws {
    let scratch = try Scratch(("a/b.txt", "text"), ("big", String(repeating: "x", count: 100)))
    let folder = try unwrap(StudyFolder(scratch.path), "no folder")
    mkfifo(scratch.path + "/pipe", 0o600)
    symlink("/dev/zero", scratch.path + "/zero")
    symlink("/etc/hostname", scratch.path + "/out")
    symlink("a/b.txt", scratch.path + "/in")
    symlink("loop", scratch.path + "/loop")
    symlink("/etc", scratch.path + "/etc")
    symlink("nowhere", scratch.path + "/dangling")
    #expect(refusal(folder, "a") == .notAFile)
    #expect(refusal(folder, "pipe") == .notAFile)
    #expect(refusal(folder, "zero") == .outside)
    #expect(refusal(folder, "out") == .outside)
    #expect(refusal(folder, "etc/hostname") == .outside)
    #expect(refusal(folder, "loop") == .unreadable(code: ELOOP))
    #expect(refusal(folder, "dangling") == .missing)
    #expect(refusal(folder, "nobody") == .missing)
    #expect(refusal(folder, "a/b.txt/c") == .missing)
    #expect(refusal(folder, "big", limit: 99) == .tooLarge(limit: 99))
    #expect(refusal(folder, "in") == nil)
    #expect(refusal(folder, "a/../a/b.txt") == nil)
  }

  /// A folder beside the study whose name begins like the study's.
  @Test func aNeighbourIsOutside() throws {
    let scratch = try Scratch(("study/a", "x"), ("study-two/secret", "x"))
    symlink("../study-two/secret", scratch.path + "/study/link")
    let folder = try unwrap(StudyFolder(scratch.path + "/study"), "no folder")
    #expect(refusal(folder, "link") == .outside)
  }

  @Test func filesAreListedInTheOrderOfTheirBytesWithoutHiddenOnesAndLinkedFolders() throws {
    let scratch = try Scratch(
      ("c/b.md", ""), ("c/a/z.md", ""), ("c/é.md", ""), ("c/.hidden/x.md", ""), ("c/.git", ""), ("c/data/x.csv", ""),
      ("c/Z.md", ""))
    symlink("..", scratch.path + "/c/round")
    let folder = try unwrap(StudyFolder(scratch.path), "no folder")
    #expect(folder.files(below: "c", skip: ["data"]) == ["Z.md", "a/z.md", "b.md", "round", "é.md"])
    #expect(folder.files(below: "nothing") == [])
    #expect(folder.files(below: "../..") == [])
  }

  /// Root reads any folder, so this one is made unreadable by its length: a path beyond PATH_MAX.
  @Test func foldersThatCannotBeReadAreTold() throws {
    let scratch = try Scratch(("c/a.md", ""))
    let folder = try unwrap(StudyFolder(scratch.path), "no folder")
    #expect(folder.listing(below: "c").unreadable.isEmpty)
    #expect(folder.listing(below: "missing").unreadable.isEmpty)
    #expect(folder.listing(below: "c/a.md").unreadable.map(\.code) == [ENOTDIR])
    let long = Array(repeating: String(repeating: "x", count: 200), count: 30).joined(separator: "/")
    #expect(folder.listing(below: long).unreadable.map(\.code) == [ENAMETOOLONG])
    guard getuid() != 0 else { return }
    chmod(scratch.path + "/c", 0)
    #expect(folder.listing(below: "c").unreadable.map(\.code) == [EACCES])
  }

  @Test func aStudyIsAFolder() throws {
    let scratch = try Scratch(("file", ""))
    #expect(StudyFolder(scratch.path + "/file") == nil)
    #expect(StudyFolder(scratch.path + "/none") == nil)
    #expect(StudyFolder(scratch.path + "/") != nil)
  }

  @Test func pathsAreSettled() throws {
    let scratch = try Scratch(("real/x", ""))
    symlink("real", scratch.path + "/link")
    let p = scratch.path
    #expect(settledPath(p + "/link/new/deep") == p + "/real/new/deep")
    #expect(settledPath(p + "/link/../y") == p + "/y")
    #expect(settledPath(p + "//real/./new/") == p + "/real/new")
    #expect(settledPath("/") == "/")
    #expect(settledPath("/..") == "/")
    #expect(settledPath("relative/new").hasPrefix("/") && settledPath("relative/new").hasSuffix("/relative/new"))
  }
}
