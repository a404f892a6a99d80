import Diagnostics
import FoundationEssentials
import Testing

@testable import ValueModels

/// Asks for an analysis of the table `data`, with the limits of privacy that a study has by itself.
func asking(_ kind: AnalysisKind, _ settings: String, _ csv: String, suppressBelow: Int = 10) -> Asking {
  var asking = Asking(kind, "data: data\n" + settings, ["data": csv])
  asking.privacy = Privacy(minimumBase: 30, suppressBelow: suppressBelow)
  asking.source = .survey
  return asking
}

/// A file beside the tests, `Tests/ValueModelsTests/Reference/…`.
func referenceText(_ path: String) throws -> String {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  let data = try Data(contentsOf: folder.appendingPathComponent("Reference/\(path)"))
  return String(decoding: data, as: UTF8.self)
}

/// The lines of a simple CSV (no quotes) as cells by name.
func cells(_ csv: String) -> [[String: String]] {
  let lines = csv.split(separator: "\n").map {
    $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
  guard let header = lines.first else { return [] }
  return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
}

extension FindingsTable {
  /// The rows that have these values, as cells by name.
  func rows(where wanted: [String: Value]) -> [[String: Value]] {
    rows.compactMap { row in
      let named = Dictionary(uniqueKeysWithValues: zip(columns.map(\.name), row))
      return wanted.allSatisfy { named[$0.key] == $0.value } ? named : nil
    }
  }
}

func isClose(_ a: Double?, _ b: Double?, _ tolerance: Double = 1e-8) -> Bool {
  guard let a, let b else { return false }
  return abs(a - b) <= tolerance * max(1, abs(b))
}
