import Diagnostics
import Testing

@testable import Tables

/// What reading gave, in a form that can be compared.
struct Outcome: Equatable {
  var columns: [Column]?
  var lines: [Int]
  var format: TableFormat?
  var diagnostics: [Diagnostic]

  var ids: [String] { diagnostics.map(\.id) }
  /// `line:column id` of every diagnostic.
  var places: [String] {
    diagnostics.map { "\($0.position?.line ?? 0):\($0.position?.column ?? 0) \($0.id)" }
  }
  var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }

  subscript(name: String) -> Column? { columns?.first { $0.name == name } }
  /// All cells as text, `·` where missing.
  var cells: [[String]] {
    guard let columns else { return [] }
    return (0..<(columns.first?.count ?? 0)).map { row in columns.map { $0.text(row) ?? "·" } }
  }
}

/// Reads the bytes in pieces of 1, 2, 7, 64 bytes through windows of 32 and 64 bytes and of the usual size, and demands
/// the same outcome of all.
func read(
  _ bytes: [UInt8], _ options: TableOptions = TableOptions(), limit: Int = 16 << 20,
  at location: Testing.SourceLocation = #_sourceLocation
) -> Outcome {
  func read(most: Int, capacity: Int) -> Outcome {
    var reader = TableReader(name: "t", file: "data/t.csv", options: options)
    reader.capacity = capacity
    reader.limit = limit
    var stream = MemoryStream(bytes, most: most)
    let (table, diagnostics) = reader.read(&stream)
    return Outcome(
      columns: table?.columns, lines: (0..<(table?.rowCount ?? 0)).map { table?.line(ofRow: $0) ?? 0 },
      format: table?.format, diagnostics: diagnostics)
  }
  let whole = read(most: .max, capacity: 1 << 20)
  for (most, capacity) in [(1, 1), (2, 1), (7, 32), (64, 64), (.max, 33), (.max, 1000)] {
    let pieces = read(most: most, capacity: capacity)
    #expect(pieces == whole, "pieces of \(most), window of \(capacity)", sourceLocation: location)
  }
  return whole
}

func read(
  _ text: String, _ options: TableOptions = TableOptions(), limit: Int = 16 << 20,
  at location: Testing.SourceLocation = #_sourceLocation
) -> Outcome {
  read(Array(text.utf8), options, limit: limit, at: location)
}

/// A small generator with a seed (SplitMix64), so that random tests are the same each time.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
