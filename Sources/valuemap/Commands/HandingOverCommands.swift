import ArgumentParser
import Diagnostics
import Publishing

struct Pack: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Pack the built site into a zip for handing over, with a manifest of hashes.")

  @OptionGroup var study: StudyOptions
  @Option(help: "The site to pack; by default public/ in the study.")
  var site: String?
  @Option(
    name: .shortAndLong,
    help: "The zip to write; by default NAME.zip beside the site's folder, NAME being the study's folder.")
  var output: String?

  func run() async throws {
    let folder = try study.folder()
    let root = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let path = root == "." || root.isEmpty ? currentFolder() : root
    let name = path.split(separator: "/").last.map(String.init) ?? "site"
    let target = output ?? root + "/" + name + ".zip"
    let pack: SitePack
    do throws(Rejection) {
      pack = try SitePack(site: site ?? root + "/public")
    } catch {
      Terminal.print(error.diagnostics, format: .text)
      throw ExitCode.studyErrors
    }
    guard pack.write(to: target) else {
      printError("error: the zip can be written, and '\(target)' cannot")
      throw ExitCode.studyErrors
    }
    printError("\(target): \(pack.files) files, \(pack.bytes.count / 1024) KB")
  }
}

struct Diff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What moved between two builds' findings, with its uncertainty.")

  @Argument(help: "A site built earlier, or its findings folder.")
  var old: String
  @Argument(help: "A site built later.")
  var new: String
  @Option(help: "text or json.")
  var format = OutputFormat.text
  @Option(help: "text: changes shown of each analysis.")
  var limit = 20

  func run() async throws {
    let comparison: FindingsComparison
    do throws(Rejection) {
      comparison = try FindingsComparison(old: old, new: new)
    } catch {
      Terminal.print(error.diagnostics, format: format)
      throw ExitCode.wrongUse
    }
    switch format {
    case .text: print(text(comparison), terminator: "")
    case .json: print(comparison.json, terminator: "")
    }
  }

  private func text(_ comparison: FindingsComparison) -> String {
    var out = ""
    for analysis in comparison.analyses {
      out += "\(analysis.id): \(analysis.status)"
      out += analysis.changes.isEmpty ? "\n" : ", \(analysis.changes.count) values\n"
      for change in analysis.changes.prefix(max(0, limit)) {
        out += "  \(change.what): \(change.before) → \(change.after)"
        out += change.judgement.isEmpty ? "\n" : " (\(change.judgement))\n"
      }
      if analysis.changes.count > max(0, limit) {
        out += "  … and \(analysis.changes.count - max(0, limit)) more (--limit)\n"
      }
    }
    return out
  }
}
