import Statistics

/// Regions of a scaled map: dissimilarities of respondents drawn again, scaled from the map's own solution.
extension MapCredibility {
  init(
    _ map: ScalingMap, _ table: DissimilarityTable, _ settings: PerceptualMapSettings, _ scaling: ScalingSettings
  ) {
    self.init()
    confidence = settings.confidence
    guard let sample = table.sample, settings.bootstrap > 0 else { return }
    let rescaling = Rescaling(map, sample, scaling)
    // Many brands take long to scale: fewer resamples keep the time in bounds.
    let n = table.brands.count
    let work = scaling.algorithm == .classical ? n * n * n / 4 : 25 * n * n
    let wanted = min(settings.bootstrap, max(200, 100_000_000 / max(1, work)))
    let axes = min(2, map.configuration.columns)
    let base = map.configuration.firstColumns(axes)
    var places: [Double] = []
    var (done, asked) = (0, 0)
    // A resample can miss all answers about a pair or a brand; another takes its place, up to as many again.
    while done < wanted, asked < 2 * wanted {
      let next = asked..<min(2 * wanted, asked + min(100, wanted - done))
      var totals: [[Double]] = []
      Resamples.totals(sample.contributions, draws: next, seed: settings.seed) { totals.append(Array($1)) }
      for found in ParallelWork.map(totals.count, { [totals] in rescaling.places(totals[$0][...], axes: axes) }) {
        guard let found else { continue }
        places += found
        done += 1
      }
      asked = next.upperBound
    }
    replaced = asked - done
    guard done == wanted else { return }
    regions = PointRegions(base, resampled: Matrix(rows: done, columns: base.storage.count, storage: places))
    pairs = regions
  }
}

/// The same scaling as the map's, of other totals.
private struct Rescaling: Sendable {
  private let full: Matrix
  private let start: Matrix
  private let active: [Int]
  private let sample: DissimilaritySample
  private let level: ScalingLevel
  private let isClassical: Bool

  init(_ map: ScalingMap, _ sample: DissimilaritySample, _ scaling: ScalingSettings) {
    full = map.configuration
    start = map.configuration.selecting(rows: map.active)
    active = map.active
    self.sample = sample
    level = scaling.statistical
    isClassical = scaling.algorithm == .classical
  }

  /// Coordinates of all brands, turned onto the map's; nil where these totals cannot be scaled.
  func places(_ totals: ArraySlice<Double>, axes: Int) -> [Double]? {
    guard let table = sample.table(totals),
      let data = try? Dissimilarities(table.selecting(rows: active, columns: active))
    else { return nil }
    var classical: ClassicalScaling?
    var found = Matrix(rows: active.count, columns: full.columns)
    if isClassical {
      guard let fit = try? ClassicalScaling.fit(data) else { return nil }
      classical = fit
      for i in 0..<found.rows {
        for j in 0..<min(found.columns, fit.coordinates.columns) { found[i, j] = fit.coordinates[i, j] }
      }
      // A dimension that is not there holds nobody, the added brands neither.
      guard fit.coordinates.columns >= found.columns || active.count == full.rows else { return nil }
    } else {
      guard let near = try? MultidimensionalScaling.configuration(of: data, level: level, near: start) else {
        return nil
      }
      found = near
    }
    guard
      case .success(let all) = ScalingPlacing(table, active: active, level: level).all(
        found, data, classical, near: full),
      let turned = turnedOntoMap(all)
    else { return nil }
    let drawn = turned.firstColumns(axes).storage
    return drawn.allSatisfy(\.isFinite) ? drawn : nil
  }

  private func turnedOntoMap(_ all: Matrix) -> Matrix? {
    if full.columns <= 2 { return all.turnedOnto(full, deciding: active) }
    guard let fit = try? Procrustes.fit(all.selecting(rows: active), to: start) else { return nil }
    return all.multiplied(by: fit.rotation)
  }
}
