import ArgumentParser

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Preview on 127.0.0.1 with live reload.")
  @OptionGroup var study: StudyOptions
  func run() async throws {}
}

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Make a study to start from.")
  func run() throws {}
}
