import Glibc

/// A table as text, written cell by cell.
struct CSVFile {
  private let separator: String
  private let decimal: String
  private var text = ""

  init(_ header: [String], separator: String = ",", decimal: String = ".") {
    self.separator = separator
    self.decimal = decimal
    add(header)
  }

  mutating func add(_ cells: [String]) {
    text += cells.map(quoted).joined(separator: separator) + "\n"
  }

  /// A number with so many decimals, halves away from zero.
  func number(_ value: Double, decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1) { power, _ in power * 10 }
    let units = Int((value * Double(scale)).rounded())
    guard decimals > 0 else { return String(units) }
    let rest = String(units.magnitude % UInt(scale))
    let zeros = String(repeating: "0", count: decimals - rest.utf8.count)
    return (units < 0 ? "-" : "") + "\(units.magnitude / UInt(scale))" + decimal + zeros + rest
  }

  private func quoted(_ cell: String) -> String {
    let needsQuotes = cell.contains(separator) || cell.contains("\"") || cell.contains("\n")
    return needsQuotes ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
  }

  /// Writes the file; says so where it cannot.
  func write(_ name: String, to folder: String) -> Bool {
    let path = folder + "/" + name
    guard let file = fopen(path, "wb") else {
      print("cannot write \(path)")
      return false
    }
    let bytes = Array(text.utf8)
    let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
    guard fclose(file) == 0, isWritten else {
      print("cannot write \(path)")
      return false
    }
    print("\(name): \(bytes.count) bytes")
    return true
  }
}
