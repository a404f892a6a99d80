/// Totals over respondents drawn again with replacement (Efron & Tibshirani, *An Introduction to the Bootstrap*, 1993).
///
/// What each unit adds to the totals is computed once; a resample is then a row of counts times those contributions.
package enum Resamples {
  /// Calls `body` with the totals of each resample, in the order of the draws. Draw *d* has its own random sequence, so
  /// the totals do not depend on how the work is divided.
  ///
  /// - Parameters:
  ///   - contributions: Units × whatever is summed, finite.
  ///   - draws: The range of draws to make.
  ///   - seed: Start of the random sequences.
  ///   - strata: Runs of units that are drawn apart, each as often as it has units; all in one run where none are given.
  ///   - body: Gets the number of the draw and the totals, one a column.
  package static func totals(
    _ contributions: Matrix, draws: Range<Int>, seed: UInt64, strata: [Range<Int>] = [],
    _ body: (Int, ArraySlice<Double>) -> Void
  ) {
    let units = contributions.rows
    guard units > 0, contributions.columns > 0 else { return }
    let runs = strata.isEmpty ? [0..<units] : strata
    let batch = 50
    for start in stride(from: draws.lowerBound, to: draws.upperBound, by: batch) {
      let part = start..<min(start + batch, draws.upperBound)
      var counts = Matrix(rows: part.count, columns: units)
      counts.storage.withUnsafeMutableBufferPointer { counts in
        for draw in part {
          var generator = SeededGenerator(seed: seed, stream: UInt64(draw) + 1)
          let base = (draw - start) * units
          for run in runs where !run.isEmpty {
            let first = base + run.lowerBound
            for _ in run { counts[first + generator.index(below: run.count)] += 1 }
          }
        }
      }
      let totals = counts.multiplied(by: contributions)
      for draw in part { body(draw, totals.row(draw - start)) }
    }
  }
}
