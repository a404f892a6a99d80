import Foundation
import Testing

@testable import Statistics

/// Reads results of independent software from `Reference/`.
func reference<Value: Decodable>(_ path: String, as type: Value.Type = Value.self) throws -> Value {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference")
  return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: path)))
}

/// The folder of real data, which is not part of the repository: tests that need it are skipped without it.
let sharedData: URL? = {
  let package = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  let shared =
    ProcessInfo.processInfo.environment["VALUEMAP_SHARED"].map { URL(filePath: $0) }
    ?? package.deletingLastPathComponent().appending(path: "shared")
  let data = shared.appending(path: "data")
  return FileManager.default.fileExists(atPath: data.path) ? data : nil
}()

/// The lines of a plain CSV file (no quotes), without its header.
func cells(_ name: String) throws -> [[Substring]] {
  let folder = try #require(sharedData)
  return try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n").dropFirst()
    .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
}

/// Whether two numbers agree to a share of the larger, or absolutely near 0.
func agree(_ a: Double, _ b: Double, _ tolerance: Double = 1e-8, floor: Double = 1e-10) -> Bool {
  abs(a - b) <= tolerance * max(abs(a), abs(b)) + floor
}

/// Whether two lists agree element by element.
func agree(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-8, floor: Double = 1e-10) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { agree($0, $1, tolerance, floor: floor) }
}

/// Whether two tables of points × axes agree, each axis up to its sign.
func agreeUpToSigns(_ a: Matrix, _ rows: [[Double]], _ tolerance: Double = 1e-8, floor: Double = 1e-10) -> Bool {
  let b = Matrix(rows)
  guard a.rows == b.rows, a.columns == b.columns else { return false }
  return (0..<a.columns).allSatisfy { axis in
    let (x, y) = (a.column(axis), b.column(axis))
    return agree(x, y, tolerance, floor: floor) || agree(x, y.map { -$0 }, tolerance, floor: floor)
  }
}

/// Whether two tables agree element by element.
func agree(_ a: Matrix, _ rows: [[Double]], _ tolerance: Double = 1e-8, floor: Double = 1e-10) -> Bool {
  let b = Matrix(rows)
  return a.rows == b.rows && a.columns == b.columns && agree(a.storage, b.storage, tolerance, floor: floor)
}

/// The error a call throws, if it does.
func thrown<Failure: Error>(_ call: () throws(Failure) -> Void) -> Failure? {
  do {
    try call()
    return nil
  } catch { return error }
}
