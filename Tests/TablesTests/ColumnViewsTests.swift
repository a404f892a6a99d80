import Testing

@testable import Tables

@Suite struct ColumnViewsTests {
  @Test func numbers() {
    let outcome = read("i,n,b,c,d\n1,0.5,true,x,2026-01-01\n,,,,\n3,2.5,false,y,2026-01-02\n")
    #expect(outcome["i"]?.numbers().map { $0.isNaN ? -1 : $0 } == [1, -1, 3])
    #expect(outcome["n"]?.numbers().map { $0.isNaN ? -1 : $0 } == [0.5, -1, 2.5])
    #expect(outcome["b"]?.numbers().map { $0.isNaN ? -1 : $0 } == [1, -1, 0])
    #expect(outcome["c"]?.numbers().allSatisfy(\.isNaN) == true)
    #expect(outcome["c"]?.isNumeric == false)
    #expect(outcome["d"]?.days() == [20454, nil, 20455])
    #expect(outcome["i"]?.number(0) == 1)
    #expect(outcome["i"]?.number(1) == nil)
    #expect(outcome["c"]?.number(0) == nil)
    #expect(outcome["d"]?.day(2) == 20455)
  }

  @Test func codesStandInNaturalOrder() {
    let outcome = read("i,n,b,d,c\n10,2.5,true,2026-02-01,x\n9,-1,false,2026-01-01,y\n,,,,\n10,2.5,true,2026-02-01,x\n")
    #expect(outcome["i"]?.codes().levels == ["9", "10"])
    #expect(outcome["i"]?.codes().codes == [1, 0, -1, 1])
    #expect(outcome["n"]?.codes().levels == ["-1", "2.5"])
    #expect(outcome["b"]?.codes().levels == ["false", "true"])
    #expect(outcome["d"]?.codes().levels == ["2026-01-01", "2026-02-01"])
    #expect(outcome["c"]?.codes().levels == ["x", "y"])
    #expect(outcome["c"]?.codes().codes == [0, 1, -1, 0])
    #expect(read("n\n0.0\n-0.0\n1\n")["n"]?.codes().levels == ["0", "1"])
    let texts = Column(name: "t", texts: ["b", nil, "a", "b"])
    #expect(texts.codes().codes == [0, -1, 1, 0])
    #expect(texts.codes().levels == ["b", "a"])
  }

  @Test func texts() {
    let outcome = read("n,c\n3.0,x\n0.1,\n1e21,y\n")
    #expect(outcome["n"]?.texts == ["3", "0.1", "1e+21"])
    #expect(outcome["c"]?.texts == ["x", nil, "y"])
  }

  @Test func columnsMadeInMemory() {
    let table = Table(
      name: "t",
      columns: [
        Column(name: "n", numbers: [1, nil, .infinity]), Column(name: "i", integers: [nil, 2, 3]),
        Column(name: "c", categories: ["x", "", "x"]), Column(name: "d", days: [nil, 5, 3]),
        Column(name: "b", truths: [true, nil, false]),
      ])
    #expect(table.rowCount == 3)
    #expect(table.columns.map(\.missingCount) == [2, 1, 1, 1, 1])
    #expect(table["c"]?.firstNonNumeric == 0)
    #expect(table["d"]?.firstNonNumeric == 1)
    #expect(table["i"]?.firstNonNumeric == nil)
    #expect(table.newestDate == 5)
    #expect(table["none"] == nil)
    #expect(table.line(ofRow: 0) == 0)
  }

  @Test(arguments: [
    ("1\n2\nx\n3\ny\n", [2, 4]), ("a\nb\nc\n", [0]), ("1\n2\n", []), ("1\n007\n+5\n2,5\n", [1, 2, 3]),
    ("\n1\nno answer\n", [2]),
    ("x\n1\n", [0]),
  ])
  func rowsWithoutNumber(cells: String, rows: [Int]) throws {
    let outcome = read(
      "a,b\n"
        + cells.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { "\"\($0)\",1\n" }.joined())
    #expect(Table(name: "t", columns: outcome.columns ?? []).rowsWithoutNumber(in: try #require(outcome["a"])) == rows)
  }

  @Test func aColumnWithoutValues() {
    let column = read("a,b\n,1\n,2\n")["a"]
    #expect(column?.missingCount == 2)
    #expect(column?.isNumeric == true)
    #expect(column?.firstNonNumeric == nil)
    #expect(column?.numbers().allSatisfy(\.isNaN) == true)
  }
}
