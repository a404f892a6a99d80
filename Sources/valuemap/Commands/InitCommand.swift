import ArgumentParser
import Glibc
import Publishing

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a study to start from: valuemap.yaml, pages and example data.")

  @Argument(help: "The folder to write, made where it is missing.")
  var folder = "."

  func run() throws {
    do throws(StarterStudy.Refusal) {
      try StarterStudy.write(to: folder)
    } catch {
      switch error {
      case .exists(let paths):
        printError(
          "error: 'init' writes over nothing, and '\(folder)' has \(paths.joined(separator: ", ")) already; nothing was written"
            + "\n  hint: name another folder: valuemap init DIR")
        throw ExitCode.wrongUse
      case .notAFolder(let path):
        printError("error: a study is a folder, and '\(path)' is a file")
        throw ExitCode.wrongUse
      case .unwritable(let path, let code):
        printError("error: cannot write '\(path)': \(String(cString: strerror(code)))")
        throw ExitCode.wrongUse
      }
    }
    print("A study to start from, on invented data:")
    for (path, _) in StarterStudy.files { print("  \(folder == "." ? "" : folder + "/")\(path)") }
    print("\nNext:")
    if folder != "." { print("  cd \(shellQuoted(folder))") }
    print("  valuemap serve\n\nThen change valuemap.yaml and the files below content/; the preview follows.")
  }

  private func shellQuoted(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || "-_./".utf8.contains($0)
    }
    return isPlain
      ? path : "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
