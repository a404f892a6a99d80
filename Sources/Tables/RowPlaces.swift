/// Where the rows of a table begin in its file.
///
/// Lines are kept as changes only: in a file without line breaks in fields and without blank lines there is one entry.
/// Bytes are kept for every 256th row; what lies between is read again when a place is asked for.
struct RowPlaces: Sendable {
  /// Rows between two kept offsets.
  static let stride = 256

  private var changedRows: [UInt32] = []
  /// Line − row from the row of the same index on.
  private var shifts: [UInt32] = []
  /// The place in the file of every 256th row.
  private(set) var offsets: [Int] = []
  /// Where the row of column names begins, and its line; nil for a table made in memory.
  var header: (offset: Int, line: Int)?
  /// The end of the last row in the file.
  var fileEnd = 0

  mutating func add(row: Int, line: Int) {
    let shift = UInt32(clamping: line - row)
    if shifts.last != shift {
      changedRows.append(UInt32(clamping: row))
      shifts.append(shift)
    }
  }

  mutating func addOffset(_ offset: Int) { offsets.append(offset) }

  /// The line, counted from 1, on which a row begins; 0 where nothing is known.
  func line(ofRow row: Int) -> Int {
    var low = 0
    var high = changedRows.count
    while low < high {
      let middle = (low + high) / 2
      if changedRows[middle] <= row { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 0 : row + Int(shifts[low - 1])
  }

  /// The kept row before `row`, and the bytes of the file from it up to the next kept row or the end.
  func stretch(around row: Int) -> (firstRow: Int, offset: Int, count: Int)? {
    let index = row / Self.stride
    guard offsets.indices.contains(index) else { return nil }
    let end = index + 1 < offsets.count ? offsets[index + 1] : fileEnd
    return (index * Self.stride, offsets[index], max(0, end - offsets[index]))
  }
}
