import Testing

@testable import Statistics

@Suite struct MatrixTests {
  private let tall = Matrix([[1, 2], [3, 4], [5, 7]])

  @Test func shapesAndSums() {
    #expect(tall.transposed == Matrix([[1, 3, 5], [2, 4, 7]]))
    #expect(tall.rowSums == [3, 7, 12] && tall.columnSums == [9, 13] && tall.sum == 22)
    #expect(tall.selecting(rows: [2, 0], columns: [1]) == Matrix([[7], [2]]))
    #expect(tall.multiplied(by: tall, transposingSelf: true) == Matrix([[35, 49], [49, 69]]))
    #expect(tall.multiplied(by: Matrix([[1], [0]])) == Matrix([[1], [3], [5]]))
    #expect(tall.multiplied(by: tall, transposingOther: true)[2, 1] == 43)
    #expect(Matrix([]).transposed == Matrix(rows: 0, columns: 0))
    #expect(Matrix(rows: 2, columns: 0).multiplied(by: Matrix(rows: 0, columns: 3)) == Matrix(rows: 2, columns: 3))
    #expect(Matrix([[1, .nan]]).firstNonFinite?.column == 1 && tall.firstNonFinite == nil)
  }

  @Test(arguments: [(5, 3), (3, 5), (1, 1), (1, 4), (40, 2)])
  func singularValuesRebuild(rows: Int, columns: Int) throws {
    var generator = SeededGenerator(seed: 7)
    let a = Matrix(rows: rows, columns: columns, storage: (0..<rows * columns).map { _ in generator.normal() })
    let s = try a.singularValues()
    #expect(s.values == s.values.sorted(by: >))
    let back = s.left.scalingColumns(by: s.values).multiplied(by: s.right, transposingOther: true)
    #expect(agree(back.storage, a.storage))
    let gram = s.right.multiplied(by: s.right, transposingSelf: true)
    #expect(agree(gram[0, 0], 1))
  }

  @Test func symmetricEigenAndCholesky() throws {
    let a = Matrix([[4, 1, 0], [1, 3, -1], [0, -1, 2]])
    let e = try a.symmetricEigen()
    let back = e.vectors.scalingColumns(by: e.values).multiplied(by: e.vectors, transposingOther: true)
    #expect(agree(back.storage, a.storage) && e.values == e.values.sorted(by: >))
    let l = try a.cholesky()
    #expect(l[0, 1] == 0 && agree(l.multiplied(by: l, transposingOther: true).storage, a.storage))
    let x = try a.solvingPositiveDefinite(Matrix([[1, 0], [2, 1], [3, 5]]))
    #expect(agree(a.multiplied(by: x).storage, [1, 0, 2, 1, 3, 5]))
  }

  /// The same bits from many threads at once.
  @Test func decompositionsMayRunTogether() async throws {
    var generator = SeededGenerator(seed: 3)
    let a = Matrix(rows: 60, columns: 20, storage: (0..<1_200).map { _ in generator.normal() })
    let alone = try a.singularValues().left
    let same = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<64 { group.addTask { (try? a.singularValues().left) == alone } }
      return await group.reduce(true) { $0 && $1 }
    }
    #expect(same)
  }

  @Test func badMatricesAreRefused() {
    #expect(throws: DecompositionFailure.notFinite(row: 0, column: 1)) { try Matrix([[1, .nan]]).singularValues() }
    #expect(throws: DecompositionFailure.notPositiveDefinite(order: 2)) { try Matrix([[1, 2], [2, 1]]).cholesky() }
    #expect(throws: DecompositionFailure.notPositiveDefinite(order: 1)) {
      try Matrix([[0]]).solvingPositiveDefinite(Matrix([[1]]))
    }
    #expect(throws: DecompositionFailure.notFinite(row: 0, column: 0)) { try Matrix([[.infinity]]).symmetricEigen() }
    #expect((try? Matrix([]).singularValues())?.values == [])
    #expect((try? Matrix([[1e308, 1e308], [1e308, 1e308]]).singularValues()) != nil)
  }
}
