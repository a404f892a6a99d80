import CairoGraphics
import Glibc
import Graphics
import Testing

/// The same drawing gives the same bytes, whatever was drawn before or is being drawn at the same time.
@Suite struct DeterminismTests {
  private struct Output: Equatable, Sendable {
    var png: [UInt8]
    var svg: [UInt8]

    init(_ drawing: Drawing) throws {
      png = try renderPNG(drawing, scale: 1)
      svg = try renderSVG(drawing, idPrefix: "f", title: "t", description: "d")
    }
  }

  @Test func orderDoesNotMatter() throws {
    let (a, b) = (Sample.map(1), Sample.map(2))
    let forwards = [try Output(a), try Output(b)]
    let backwards = [try Output(b), try Output(a)]
    #expect(forwards[0] == backwards[1] && forwards[1] == backwards[0])
    #expect(forwards[0] != forwards[1])
  }

  @Test func tasksDoNotMatter() async throws {
    let expected = try (0..<4).map { try Output(Sample.map($0)) }
    try await withThrowingTaskGroup(of: (Int, Output).self) { group in
      for task in 0..<24 {
        group.addTask { (task % 4, try Output(Sample.map(task % 4))) }
      }
      for try await (index, output) in group { #expect(output == expected[index]) }
    }
  }

  @Test func memoryStaysFlat() throws {
    for index in 0..<40 { _ = try Output(Sample.map(index)) }
    let before = residentPages()
    for index in 0..<200 {
      _ = try Output(Sample.map(index))
      if index % 10 == 0 { _ = try renderPDF(Sample.map(index)) }
    }
    // 4 KB each. Other tests run at the same time and take memory, too; a leak of one image a figure would be 2 GB.
    #expect(residentPages() - before < 100_000)
  }

  private func residentPages() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return 0 }
    let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  }
}
