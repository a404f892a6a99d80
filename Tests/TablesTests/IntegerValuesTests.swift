import Testing

@testable import Tables

@Suite struct IntegerValuesTests {
  @Test(
    "Values come back whatever the width they end in, and so do gaps",
    arguments: [
      [0, 1, 127, -127], [3, -128], [128], [32_767, -32_767, 4], [1, -32_768], [5, 2_147_483_647], [-2_147_483_648, 7],
      [1, Int64.max, -Int64.max],
    ])
  func keepsValues(_ wanted: [Int64]) {
    var values = IntegerValues()
    values.appendMissing(count: 2)
    for value in wanted { values.append(value) }
    values.append(missingInteger)
    #expect(values.count == wanted.count + 3)
    #expect(values.values() == [missingInteger, missingInteger] + wanted + [missingInteger])
    #expect((0..<values.count).map { values[$0] } == values.values())
    #expect((0..<values.count).map { values.isMissing($0) } == values.values().map { $0 == missingInteger })
    let numbers = values.numbers()
    #expect(numbers[0].isNaN && numbers[numbers.count - 1].isNaN)
    #expect(Array(numbers[2..<wanted.count + 2]) == wanted.map { Double($0) })
  }

  @Test("A survey's answers take a byte each; equal values are equal in either order of arrival")
  func isNarrow() {
    #expect(IntegerValues((0..<1_000).map { Int64($0 % 10) }).byteCount == 1_000)
    #expect(IntegerValues([1, 300]).byteCount == 4)
    #expect(IntegerValues([1, 70_000]).byteCount == 8)
    #expect(IntegerValues([1, Int64(Int32.max) + 1]).byteCount == 16)
    #expect(IntegerValues([300, 1]) != IntegerValues([1, 300]))
    #expect(IntegerValues([1, 300]) == IntegerValues([1, 300].map { Int64($0) }))
  }

  @Test("Rows are written as numbers into every third place, less a shift")
  func writesRows() {
    var buffer = [Double](repeating: 0, count: 6)
    IntegerValues([10, 200, missingInteger, 4]).write([3, 1], to: &buffer, first: 1, stride: 3, less: 1)
    #expect(buffer == [0, 3, 0, 0, 199, 0])
  }
}
