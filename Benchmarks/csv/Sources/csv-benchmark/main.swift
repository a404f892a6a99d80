import Diagnostics
import Glibc
import Tables

/// CPU seconds of this process.
func cpuSeconds() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// The most memory this process has held, in bytes.
func peakMemory() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss * 1024
}

func rounded(_ value: Double, _ digits: Int = 3) -> String {
  let scale = pow(10, Double(digits))
  return "\((value * scale).rounded() / scale)"
}

/// A plain loop over the same bytes: what reading the file costs at least.
func plainLoop(_ path: String) throws -> (seconds: Double, lines: Int) {
  let start = cpuSeconds()
  var stream = try FileStream(path: path)
  defer { close(stream.descriptor) }
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
  defer { buffer.deallocate() }
  var lines = 0
  var commas = 0
  while true {
    let count = try stream.read(into: buffer)
    if count == 0 { break }
    for byte in buffer[..<count] {
      if byte == 0x0A { lines += 1 }
      if byte == 0x2C { commas += 1 }
    }
  }
  return (cpuSeconds() - start, lines &+ (commas & 0))
}

func measure(_ path: String) throws {
  let before = peakMemory()
  var best = Double.infinity
  var columnBytes = 0
  var peak = 0
  for round in 0..<5 {
    let start = cpuSeconds()
    var stream = try FileStream(path: path)
    defer { close(stream.descriptor) }
    let (table, diagnostics) = TableReader(name: "table", file: path).read(&stream)
    best = min(best, cpuSeconds() - start)
    if round == 0 {
      peak = peakMemory()
      for diagnostic in diagnostics { print(diagnostic.text()) }
      guard let table else { return }
      columnBytes = table.columns.reduce(0) { $0 + $1.storage.byteCount }
      print("\(path): \(grouped(table.rowCount)) rows")
      for column in table.columns {
        print("  \(column.name): \(column.type.rawValue), \(grouped(column.missingCount)) missing")
      }
    }
  }
  let plain = try (0..<3).map { _ in try plainLoop(path).seconds }.min() ?? 0
  print("CPU \(rounded(best)) s, a plain loop \(rounded(plain)) s, ratio \(rounded(best / plain, 1))")
  print(
    "columns \(rounded(Double(columnBytes) / 1e6, 1)) MB, peak memory \(rounded(Double(peak) / 1e6, 1)) MB "
      + "(\(rounded(Double(before) / 1e6, 1)) MB before), peak / columns "
      + rounded(Double(peak) / Double(max(columnBytes, 1)), 2))
}

let paths = Array(CommandLine.arguments.dropFirst())
if paths.isEmpty {
  let path = "/tmp/valuemap-benchmark.csv"
  generate(rows: 1_000_000, path: path)
  try measure(path)
  unlink(path)
} else {
  for path in paths { try measure(path) }
}
