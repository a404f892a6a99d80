import Foundation
import Testing

/// Compares a drawing's transcript with the one kept in `Goldens/NAME.txt`: words must be equal, numbers within 0.01.
/// `VALUEMAP_RECORD=1` in the environment writes the file instead, to be looked at and committed.
func expectGolden(_ name: String, _ transcript: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Goldens/\(name).txt")
  if ProcessInfo.processInfo.environment["VALUEMAP_RECORD"] == "1" {
    do { try transcript.write(to: file, atomically: true, encoding: .utf8) } catch {
      Testing.Issue.record("\(name) could not be recorded: \(error)", sourceLocation: sourceLocation)
    }
    return
  }
  guard let kept = try? String(contentsOf: file, encoding: .utf8) else {
    Testing.Issue.record(
      "There is no golden \(name); record it with VALUEMAP_RECORD=1", sourceLocation: sourceLocation)
    return
  }
  if let difference = firstDifference(kept, transcript) {
    Testing.Issue.record("\(name) differs from its golden. \(difference)", sourceLocation: sourceLocation)
  }
}

/// The first line that differs by more than rounding; nil where there is none.
func firstDifference(_ kept: String, _ found: String) -> String? {
  if kept == found { return nil }
  let (a, b) = (kept.split(separator: "\n"), found.split(separator: "\n"))
  for (number, pair) in zip(a, b).enumerated() where pair.0 != pair.1 {
    let (p, q) = (parts(pair.0), parts(pair.1))
    let agree =
      p.count == q.count
      && zip(p, q).allSatisfy { old, new in
        if old == new { return true }
        guard let x = Double(old), let y = Double(new) else { return false }
        return abs(x - y) < 0.0101
      }
    if !agree { return "Line \(number + 1) was\n\(pair.0)\nand is\n\(pair.1)" }
  }
  return a.count == b.count ? nil : "It had \(a.count) lines and has \(b.count)"
}

/// Numbers and what stands between them.
private func parts(_ line: Substring) -> [Substring] {
  var out: [Substring] = []
  var start = line.startIndex
  var inNumber = false
  for index in line.indices {
    let isNumber = line[index].isASCII && (line[index].isNumber || line[index] == "." || line[index] == "-")
    if isNumber != inNumber {
      if start < index { out.append(line[start..<index]) }
      start = index
      inNumber = isNumber
    }
  }
  if start < line.endIndex { out.append(line[start...]) }
  return out
}
