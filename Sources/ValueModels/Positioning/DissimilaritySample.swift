import Glibc
import Statistics

/// What each respondent adds to the dissimilarities of brands, so that respondents can be drawn again without the table.
struct DissimilaritySample: Sendable {
  /// What a respondent said of a pair, the first brand not after the second.
  struct Answer {
    var respondent: Int32
    var first: Int
    var second: Int
    var value: Double
    var weight: Double
  }

  private enum Making: Sendable {
    /// Distances over standardised means of attributes.
    case attributes(MapFit, brands: [Int], attributes: [Int])
    /// Means of these pairs; similarities are turned round.
    case pairs([Int], brands: Int, ScalingSettings.Conversion?)
  }

  /// Units × what they add.
  let contributions: Matrix
  private let making: Making

  init(_ sample: RespondentSample, _ table: BrandTable, _ settings: PerceptualMapSettings) {
    contributions = sample.contributions
    making = .attributes(
      MapFit(sample, table, settings), brands: table.activeBrands, attributes: table.activeAttributes)
  }

  /// - Parameter known: Brands × brands; what is NaN there stays unknown.
  init(_ answers: [Answer], known: Matrix, _ conversion: ScalingSettings.Conversion?, seed: UInt64) {
    let n = known.rows
    let cells = known.storage.indices.filter { !known.storage[$0].isNaN }
    var place = [Int](repeating: -1, count: n * n)
    for (at, cell) in cells.enumerated() { place[cell] = at }
    // Respondents in order of their first answer; many are put together at random, as `RespondentSample` does.
    var numbers: [Int32: Int] = [:]
    for answer in answers where numbers[answer.respondent] == nil { numbers[answer.respondent] = numbers.count }
    var order = Array(0..<numbers.count)
    let width = max(1, 2 * cells.count)
    let units = min(
      order.count, RespondentSample.mostUnits, max(200, RespondentSample.mostCells / width))
    if units < order.count {
      var generator = SeededGenerator(seed: seed, stream: UInt64.max)
      generator.shuffle(&order)
    }
    var contributions = Matrix(rows: units, columns: width)
    for answer in answers {
      let at = place[answer.first * n + answer.second]
      guard at >= 0, let who = numbers[answer.respondent] else { continue }
      let unit = order[who] * units / order.count
      contributions[unit, at] += answer.weight * answer.value
      contributions[unit, cells.count + at] += answer.weight
    }
    self.contributions = contributions
    making = .pairs(cells, brands: n, conversion)
  }

  /// The square table of dissimilarities that totals make, NaN where a pair has no answer; nil where they make none.
  func table(_ totals: ArraySlice<Double>) -> Matrix? {
    switch making {
    case .attributes(let fit, let brands, let attributes):
      return fit.table(totals).map { DissimilarityTable.distances($0, brands: brands, attributes: attributes) }
    case .pairs(let cells, let n, let conversion):
      var table = Matrix(rows: n, columns: n, repeating: .nan)
      let start = totals.startIndex
      var largest = -Double.infinity
      for (at, cell) in cells.enumerated() {
        let weight = totals[start + cells.count + at]
        guard weight > 0 else { continue }
        let mean = totals[start + at] / weight
        largest = max(largest, mean)
        table[cell / n, cell % n] = mean
        table[cell % n, cell / n] = mean
      }
      switch conversion {
      case .maxMinus: table = table.map { largest - $0 }
      case .minusLog:
        guard table.storage.allSatisfy({ $0.isNaN || $0 > 0 }) else { return nil }
        table = table.map { log(largest) - log($0) }
      case nil: break
      }
      for i in 0..<n { table[i, i] = 0 }
      return table
    }
  }
}
