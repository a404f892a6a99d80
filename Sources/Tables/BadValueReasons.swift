extension BadValueReason {
  /// Looks for the reason why a trimmed cell is not of its declared type.
  init(_ cell: UnsafeBufferPointer<UInt8>, _ type: ColumnType, decimal: UInt8) {
    switch type {
    case .number, .integer: self = Self.number(cell, type, decimal: decimal)
    case .date: self = Self.isDayShaped(cell) ? .noSuchDay : .plain
    case .truth, .category, .text: self = .plain
    }
  }

  private static func number(_ cell: UnsafeBufferPointer<UInt8>, _ type: ColumnType, decimal: UInt8) -> BadValueReason {
    if parseNumber(cell, decimal: decimal, lenient: true).kind == .decimal { return .fraction }
    if isGrouped(cell) { return .thousands }
    let other: UInt8 = decimal == 0x2C ? 0x2E : 0x2C
    if parseNumber(cell, decimal: other, lenient: true).kind == .decimal {
      return .decimalSign(other == 0x2C ? "," : ".")
    }
    let text = String(decoding: cell, as: UTF8.self).lowercased()
    if let value = Double(text), !value.isFinite { return .notFinite }
    return .plain
  }

  /// Groups of exactly three digits behind the first, with at least two separators or another sign after them:
  /// `1,234,567`, `1.234,50`; also `1 234` and `1'234`. (`1,234` alone may as well be a decimal comma.)
  private static func isGrouped(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    var separators: [UInt8] = []
    var run = 0
    for byte in cell {
      if byte &- 0x30 < 10 {
        run += 1
      } else if [0x2C, 0x2E, 0x20, 0x27].contains(byte) {
        if run == 0 || run > 3 || (!separators.isEmpty && run != 3) { return false }
        separators.append(byte)
        run = 0
      } else if byte != 0x2D || run > 0 {
        return false
      }
    }
    guard let first = separators.first else { return false }
    if separators.count == 1 { return run == 3 && (first == 0x20 || first == 0x27) }
    return true
  }

  /// Four, two and two digits with hyphens.
  private static func isDayShaped(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    cell.count >= 10
      && (0..<10).allSatisfy { $0 == 4 || $0 == 7 ? cell[$0] == 0x2D : cell[$0] &- 0x30 < 10 }
  }
}
