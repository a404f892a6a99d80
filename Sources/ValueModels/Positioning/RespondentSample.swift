import Statistics

/// What each respondent adds to the numbers of a map, so that respondents can be drawn again without the table.
///
/// Where there are more respondents than `mostUnits` they are first put together at random into that many groups, and
/// groups are drawn (Wolter, *Introduction to Variance Estimation*, 2007, chapter 2): the same variances, at a cost that
/// does not grow with the survey.
struct RespondentSample {
  /// What the map is computed from.
  enum Content {
    /// Sums by brand and attribute: correspondence.
    case sums
    /// Means of brands: sums, and one weight a brand.
    case means
    /// The same with a weight a brand and attribute: the long form, where answers may be missing one by one.
    case cellMeans
    /// Discriminant analysis: as means, and squares and products of active brands' answers about a shift.
    case moments
  }

  static let mostUnits = 2_000
  /// Numbers held for the draws, 32 MB.
  static let mostCells = 4_000_000

  let content: Content
  let brands: Int
  let attributes: Int
  let respondents: Int
  /// What each unit adds: units × (sums brand by brand, weights, products of attribute pairs).
  var contributions: Matrix
  /// The unit of each respondent.
  let unitOf: [Int32]
  /// Whether units are groups of respondents.
  var isGrouped: Bool { contributions.rows < respondents }
  /// Runs of units that are drawn apart: respondents of the same waves; empty where all are drawn together.
  let strata: [Range<Int>]
  /// Subtracted from the answers, one an attribute, so that squares keep their digits.
  let shift: [Double]
  /// Whole rows added.
  private(set) var cases = 0.0
  /// What changes place in a permutation.
  var blocks: PermutationBlocks

  var sumWidth: Int { brands * attributes }
  var weightWidth: Int {
    switch content {
    case .sums: 0
    case .means, .moments: brands
    case .cellMeans: brands * attributes
    }
  }

  /// - Parameters:
  ///   - respondentOf: Respondent of each row from 0.
  ///   - brandOf: Brand of each row; −1 for a row that counts nowhere.
  ///   - stratumOf: The waves of each respondent as bits; empty where all are drawn together.
  init(
    _ content: Content, brands: Int, attributes: Int, respondents: Int, respondentOf: [Int32], brandOf: [Int32],
    shift: [Double], seed: UInt64, stratumOf: [UInt32] = []
  ) {
    self.content = content
    self.brands = brands
    self.attributes = attributes
    self.respondents = respondents
    self.shift = shift
    let weights =
      switch content {
      case .sums: 0
      case .means, .moments: brands
      case .cellMeans: brands * attributes
      }
    let products = content == .moments ? attributes * (attributes + 1) / 2 : 0
    let width = brands * attributes + weights + products
    let units = min(respondents, Self.mostUnits, max(200, Self.mostCells / max(1, width)))
    var order = Array(0..<respondents)
    if units < respondents {
      var generator = SeededGenerator(seed: seed, stream: UInt64.max)
      generator.shuffle(&order)
    }
    var unitOf = [Int32](repeating: 0, count: respondents)
    var strata: [Range<Int>] = []
    if stratumOf.isEmpty {
      for (at, respondent) in order.enumerated() {
        unitOf[respondent] = Int32(clamping: at * units / max(1, respondents))
      }
    } else {
      let places = order.indices.sorted { (stratumOf[order[$0]], $0) < (stratumOf[order[$1]], $1) }
      var first = 0
      while first < places.count {
        let stratum = stratumOf[order[places[first]]]
        let members = places[first...].prefix { stratumOf[order[$0]] == stratum }
        // Each run keeps its share of the units, and no run of many people is left with a handful.
        let share = max(members.count * units / max(1, respondents), min(members.count, 50))
        let run = min(share, members.count)
        let start = strata.last?.upperBound ?? 0
        for (at, place) in members.enumerated() {
          unitOf[order[place]] = Int32(clamping: start + at * run / members.count)
        }
        strata.append(start..<start + run)
        first += members.count
      }
    }
    self.unitOf = unitOf
    self.strata = strata
    contributions = Matrix(rows: strata.last?.upperBound ?? units, columns: width)
    blocks = PermutationBlocks(
      order: order, respondentOf: respondentOf, brandOf: brandOf, brands: brands,
      width: attributes + (content == .cellMeans ? attributes : content == .sums ? 0 : 1))
  }

  /// Adds a whole row of answers: values one an attribute, all present.
  mutating func add(_ values: UnsafeBufferPointer<Double>, weight: Double, brand: Int, respondent: Int, block: Int) {
    cases += 1
    let base = Int(unitOf[respondent]) * contributions.columns
    let (p, sums, own) = (attributes, sumWidth, brand * attributes)
    let (content, row) = (content, block * blocks.width)
    contributions.storage.withUnsafeMutableBufferPointer { cells in
      for j in 0..<p { cells[base + own + j] += weight * values[j] }
      if content == .sums { return }
      cells[base + sums + brand] += weight
      // A supplementary brand, in no block, has no say in what varies within brands.
      guard content == .moments, block >= 0 else { return }
      var at = base + sums + brands
      for a in 0..<p {
        let value = weight * values[a]
        let count = p - a
        for b in 0..<count { cells[at + b] += value * values[a + b] }
        at += count
      }
    }
    guard block >= 0 else { return }
    blocks.values.withUnsafeMutableBufferPointer { cells in
      for j in 0..<p { cells[row + j] += weight * values[j] }
      if content != .sums { cells[row + p] += weight }
    }
  }

  /// Adds one answer of the long form.
  mutating func add(_ value: Double, weight: Double, brand: Int, attribute: Int, respondent: Int, block: Int) {
    let base = Int(unitOf[respondent]) * contributions.columns
    let cell = brand * attributes + attribute
    contributions.storage[base + cell] += weight * value
    if content == .cellMeans { contributions.storage[base + sumWidth + cell] += weight }
    guard block >= 0 else { return }
    blocks.values[block * blocks.width + attribute] += weight * value
    if content == .cellMeans { blocks.values[block * blocks.width + attributes + attribute] += weight }
  }
}
