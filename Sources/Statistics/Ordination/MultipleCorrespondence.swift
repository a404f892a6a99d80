/// A multiple correspondence analysis: which answers to several questions with categories go together.
///
/// Greenacre, *Correspondence Analysis in Practice*, 2nd ed. (2007), chapters 18–19. With *Q* variables of *J* levels in
/// all, the Burt table B (J × J cross counts) holds everything: with P = B / nQ², masses c, the eigenvalues of
/// D_c^-½ (P − ccᵀ) D_c^-½ are the principal inertias λ of the indicator matrix, and its vectors give the levels' standard
/// coordinates. The rules of inertia differ only in how far apart they draw the levels and in the percentages.
package struct MultipleCorrespondence: Sendable {
  /// What the inertia of an axis is taken to be.
  package enum Inertia: String, Sendable, CaseIterable {
    /// Greenacre: (Q/(Q−1))² (λ − 1/Q)² for λ > 1/Q, as a share of the inertia between different variables.
    case adjusted
    /// Benzécri (1979): the same as a share of its own sum.
    case benzecri
    /// λ: of the indicator matrix.
    case indicator
    /// λ²: of the Burt table.
    case burt
  }

  /// Why a table cannot be analysed; indices are those of the Burt table given.
  package enum Failure: Error, Equatable, Sendable {
    /// Fewer than 2 variables.
    case tooFewVariables(Int)
    /// A variable with fewer than 2 levels.
    case tooFewLevels(variable: Int)
    /// A level that nobody chose.
    case emptyLevel(Int)
    /// A supplementary level that nobody chose.
    case emptySupplementary(Int)
    /// A negative, infinite or missing count.
    case badCount(row: Int, column: Int)
    /// Answers to different variables go together no more than chance would have it: no axis is left.
    case noAssociation
    /// LAPACK did not converge.
    case notConverged
  }

  /// Active levels in the order of the Burt table, then supplementary ones.
  package private(set) var levels: OrdinationPoints
  /// The variable of each active level.
  package let variableOf: [Int]
  /// Principal inertias λ of the indicator matrix, one an axis kept, from the largest.
  package let eigenvalues: [Double]
  /// The inertia of each axis by the rule chosen.
  package let inertias: [Double]
  /// What `percentages` are shares of.
  package let totalInertia: Double
  /// η²: the share of the variance of cases on an axis that lies between the levels of a variable, variables × axes, 0–1.
  package let correlationRatios: Matrix

  package var axes: Int { inertias.count }
  package var percentages: [Double] { inertias.map { 100 * $0 / totalInertia } }
  /// Axes whose inertia equals the next one's to 1 part in 10⁸: the two may turn freely in their plane.
  package var interchangeableAxes: [Int] { interchangeable(inertias) }

  /// Analyses a Burt table.
  ///
  /// Axes of inertia at most 10⁻¹² are dropped, with the adjusted rules all up to λ = 1/Q. Each axis is turned so that the
  /// active level with the largest absolute coordinate is positive. Supplementary levels stand where their profile over
  /// the active levels lies: with `indicator` at the mean of their cases divided by √λ, else at that mean.
  ///
  /// - Parameters:
  ///   - burt: J × J weighted counts of cases with both levels, J levels of the variables one after the other.
  ///   - sizes: Levels of each variable, in that order; they sum to J.
  ///   - supplementary: Counts of cases with a supplementary and an active level, supplementary levels × J.
  ///   - inertia: The rule.
  package static func fit(
    burt: Matrix, sizes: [Int], supplementary: Matrix, inertia: Inertia = .adjusted
  ) throws(Failure) -> MultipleCorrespondence {
    try check(burt, sizes, supplementary)
    return try MultipleCorrespondence(burt, sizes, supplementary, inertia)
  }

  private static func check(_ burt: Matrix, _ sizes: [Int], _ supplementary: Matrix) throws(Failure) {
    precondition(burt.rows == burt.columns && sizes.reduce(0, +) == burt.rows, "the sizes fit the table")
    precondition(supplementary.rows == 0 || supplementary.columns == burt.columns, "supplementary levels fit the table")
    if sizes.count < 2 { throw .tooFewVariables(sizes.count) }
    if let variable = sizes.firstIndex(where: { $0 < 2 }) { throw .tooFewLevels(variable: variable) }
    for (table, first) in [(burt, 0), (supplementary, burt.rows)] {
      for (at, count) in table.storage.enumerated() where !(count >= 0 && count.isFinite) {
        throw .badCount(row: first + at / table.columns, column: at % table.columns)
      }
    }
    if let level = (0..<burt.rows).first(where: { !(burt[$0, $0] > 0) }) { throw .emptyLevel(level) }
    if let level = (0..<supplementary.rows).first(where: { !(supplementary.row($0).reduce(0, +) > 0) }) {
      throw .emptySupplementary(level)
    }
  }

  private init(_ burt: Matrix, _ sizes: [Int], _ supplementary: Matrix, _ rule: Inertia) throws(Failure) {
    let (J, Q) = (burt.rows, Double(sizes.count))
    let owner = sizes.indices.flatMap { [Int](repeating: $0, count: sizes[$0]) }
    variableOf = owner
    let total = burt.storage.reduce(0, +)
    let masses = burt.rowSums.map { $0 / total }
    var residuals = Matrix(rows: J, columns: J)
    for i in 0..<J {
      for j in 0..<J {
        // Symmetric to the last bit, so that the axes do not hang on which half is read.
        let share = (burt[i, j] + burt[j, i]) / (2 * total)
        let expected = masses[i] * masses[j]
        residuals[i, j] = (share - expected) / expected.squareRoot()
      }
    }
    let decomposition: SymmetricEigen
    do { decomposition = try residuals.symmetricEigen() } catch { throw .notConverged }
    let isAdjusted = rule == .adjusted || rule == .benzecri
    let least = isAdjusted ? 1 / Q * (1 + 1e-9) : 1e-12
    let rank = J - sizes.count
    let all = decomposition.values.prefix(rank).map { max(0, $0) }
    let kept = all.prefix { $0 > least }
    guard !kept.isEmpty else { throw .noAssociation }
    eigenvalues = Array(kept)
    let roots = kept.map { lambda -> Double in
      switch rule {
      case .indicator: lambda.squareRoot()
      case .burt: lambda
      case .adjusted, .benzecri: Q / (Q - 1) * (lambda - 1 / Q)
      }
    }
    inertias = roots.map { $0 * $0 }
    let squares = all.reduce(0) { $0 + $1 * $1 }
    totalInertia =
      switch rule {
      case .indicator: Double(rank) / Q
      case .burt: squares
      case .adjusted: Q / (Q - 1) * (squares - Double(rank) / (Q * Q))
      case .benzecri: roots.reduce(0) { $0 + $1 * $1 }
      }
    guard totalInertia > 0 else { throw .noAssociation }

    let axes = roots.count
    var points = OrdinationPoints(count: J + supplementary.rows, axes: axes)
    var ratios = Matrix(rows: sizes.count, columns: axes)
    for level in 0..<J {
      points.masses[level] = masses[level]
      for axis in 0..<axes {
        let vector = decomposition.vectors[level, axis]
        points.standard[level, axis] = vector / masses[level].squareRoot()
        points.principal[level, axis] = points.standard[level, axis] * roots[axis]
        points.contributions[level, axis] = 100 * vector * vector
        ratios[owner[level], axis] += min(1, Q * kept[axis] * vector * vector)
      }
      switch rule {
      case .indicator: points.inertias[level] = (1 - Q * masses[level]) / Q
      case .burt:
        points.inertias[level] = (0..<J).reduce(0) { $0 + residuals[level, $1] * residuals[level, $1] }
      case .adjusted:
        points.inertias[level] =
          Q / (Q - 1)
          * (0..<J).reduce(0) {
            owner[$1] == owner[level] ? $0 : $0 + residuals[level, $1] * residuals[level, $1]
          }
      case .benzecri:
        points.inertias[level] = (0..<axes).reduce(0) {
          $0 + masses[level] * points.principal[level, $1] * points.principal[level, $1]
        }
      }
      points.squaredDistances[level] = points.inertias[level] / masses[level]
      points.setSquaredCosines(level, negligible: 1e-20)
    }
    let cases = total / (Q * Q)
    for row in 0..<supplementary.rows {
      let point = J + row
      let sum = supplementary.row(row).reduce(0, +)
      points.isSupplementary[point] = true
      for level in 0..<J {
        let difference = supplementary[row, level] / sum - masses[level]
        points.squaredDistances[point] += difference * difference / masses[level]
        for axis in 0..<axes { points.principal[point, axis] += difference * points.standard[level, axis] }
      }
      for axis in 0..<axes {
        let mean = points.principal[point, axis]
        points.standard[point, axis] = mean / kept[axis]
        if rule == .indicator { points.principal[point, axis] = mean / kept[axis].squareRoot() }
      }
      // Of a column of the indicator matrix.
      if rule == .indicator { points.squaredDistances[point] = max(0, cases * Q / sum - 1) }
      points.setSquaredCosines(point, negligible: 1e-20)
    }
    correlationRatios = ratios
    let active = points.principal.selecting(rows: Array(0..<J))
    levels = points.turned(axisSigns(columns: active, rows: active))
  }

  /// The same analysis with axes turned so that each target level has a coordinate ≥ 0; `nil` leaves an axis as it is.
  package func turned(toward targets: [Int?]) -> MultipleCorrespondence {
    let turns = signs(toward: targets.map { $0.map { .column($0) } }, rows: levels, columns: levels)
    var result = self
    result.levels = levels.turned(turns)
    return result
  }
}
