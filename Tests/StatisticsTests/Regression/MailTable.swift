import Foundation
import Testing

@testable import Statistics

/// The table of `Reference/logistic/mail.csv`, and its columns as a design: dummies against the level R was told.
struct MailTable {
  var rows: [[String: String]]

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Reference/logistic/mail.csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let header = try #require(lines.first).split(separator: ",").map(String.init)
    rows = lines.dropFirst().map {
      Dictionary(uniqueKeysWithValues: zip(header, $0.split(separator: ",").map(String.init)))
    }
  }

  func numbers(_ name: String) -> [Double] { rows.map { Double($0[name] ?? "") ?? .nan } }
  func truths(_ name: String) -> [Bool] { rows.map { $0[name] == "1" } }

  /// age, spend, town (Brill, Corby, Derwent), line (fibre, none), and where asked for backup (none, yes).
  func design(_ range: Range<Int>, withBackup: Bool = true) -> Matrix {
    Matrix(
      rows[range].map { row -> [Double] in
        let own = ["age", "spend"].map { Double(row[$0] ?? "") ?? .nan }
        let town = ["Brill", "Corby", "Derwent"].map { row["town"] == $0 ? 1.0 : 0 }
        let line = ["fibre", "none"].map { row["line"] == $0 ? 1.0 : 0 }
        let backup = withBackup ? ["none", "yes"].map { row["backup"] == $0 ? 1.0 : 0 } : []
        return own + town + line + backup
      })
  }
}

/// Results of `Reference/logistic/make.R`.
struct MailReference: Decodable {
  struct Fit: Decodable {
    var estimate: [Double?]
    var standard_error: [Double?]
    var z: [Double?]
    var p_value: [Double?]
    var deviance: Double
    var null_deviance: Double
  }
  struct Link: Decodable {
    var fit: [Double]
    var standard_error: [Double]
  }
  struct Ranks: Decodable {
    var area: Double
    var lower: Double
    var upper: Double
    var ks: Double
  }
  struct Calibrated: Decodable {
    var slope: Double
    var slope_se: Double
    var level: Double
  }
  struct Ridge: Decodable {
    var intercept: Double
    var coefficients: [Double]
  }
  var plain: Fit
  var weighted: Fit
  var link: Link
  var roc: Ranks
  var calibration: Calibrated
  var ridge: Ridge

  static func read() throws -> Self { try reference("logistic/mail.expected.json") }
}
