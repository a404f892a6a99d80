import Glibc

/// A million invented order lines, always the same: id, order, date, product, quantity, amount.
func generate(rows: Int, path: String) {
  guard let file = fopen(path, "w") else { return }
  defer { fclose(file) }
  var state: UInt64 = 20_260_504
  func random(_ below: UInt64) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % below)
  }
  func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
  var block = "id,order,date,product,quantity,amount\n"
  for row in 1...rows {
    let day = "20\(24 + random(2))-\(padded(1 + random(12), 2))-\(padded(1 + random(28), 2))"
    block += "\(row),\(100_000 + random(400_000)),\(day),product-\(random(500)),\(1 + random(9)),"
    block += "\(random(300)).\(padded(random(100), 2))\n"
    if row % 1000 == 0 || row == rows {
      fputs(block, file)
      block = ""
    }
  }
}
