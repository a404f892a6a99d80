import Testing

@testable import Statistics

@Suite struct SeededGeneratorTests {
  /// The sequence is part of the contract: findings with a seed must not change.
  @Test func theSequenceIsFixed() {
    var generator = SeededGenerator(seed: 1)
    #expect(
      (0..<3).map { _ in generator.next() } == [
        12_966_619_160_104_079_557, 9_600_361_134_598_540_522, 10_590_380_919_521_690_900,
      ])
  }

  @Test func streamsDiffer() {
    var a = SeededGenerator(seed: 1, stream: 1)
    var b = SeededGenerator(seed: 1, stream: 2)
    var c = SeededGenerator(seed: 2, stream: 1)
    var d = SeededGenerator(seed: 1)
    let firsts = [a.next(), b.next(), c.next(), d.next()]
    #expect(Set(firsts).count == 4)
  }

  @Test func momentsAreRight() {
    var generator = SeededGenerator(seed: 5)
    let n = 100_000
    let uniform = (0..<n).map { _ in generator.uniform() }
    #expect(abs(uniform.reduce(0, +) / Double(n) - 0.5) < 0.005 && uniform.allSatisfy { $0 >= 0 && $0 < 1 })
    let normal = (0..<n).map { _ in generator.normal() }
    #expect(abs(normal.reduce(0, +) / Double(n)) < 0.02)
    #expect(abs(normal.reduce(0) { $0 + $1 * $1 } / Double(n) - 1) < 0.03)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[generator.index(below: 7)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 500 })
    #expect(generator.index(below: 1) == 0 && generator.index(below: 0) == 0 && generator.index(below: -4) == 0)
    var order = Array(0..<50)
    generator.shuffle(&order)
    #expect(order.sorted() == Array(0..<50) && order != Array(0..<50))
  }
}
