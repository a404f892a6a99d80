import Statistics

/// Answers whose brands may change places if buyers see no difference between brands: within a respondent, among the
/// brands that the respondent answered about.
///
/// Where every respondent answered about one brand only, nobody has brands to exchange: then brands change places between
/// respondents, all of whom make one block.
///
/// Respondents who answered about the same brands may change places together, which is as valid a test and far less work:
/// beyond `mostBlocks` they are put together at random. Every permutation kept is one of those allowed, so that the
/// probability stays exact.
struct PermutationBlocks {
  static let mostBlocks = 500

  /// Numbers a row: values, then weights.
  let width: Int
  /// The first row of each block, and the number of rows at the end.
  private(set) var starts: [Int] = []
  /// The brand of each row.
  private(set) var brandOf: [Int32] = []
  /// Rows × width.
  var values: [Double]
  /// Whether every respondent answered about one brand, so that brands change places between respondents.
  let isBetween: Bool
  private let blockOf: [Int32]
  private let brands: Int
  private let rowOf: [Int32]

  /// - Parameters:
  ///   - order: Respondents in random order where there are many.
  ///   - brandOf: Brand of each row of answers; rows below 0 stay out of it.
  init(order: [Int], respondentOf: [Int32], brandOf answers: [Int32], brands: Int, width: Int) {
    self.width = width
    self.brands = brands
    let respondents = order.count
    if let rows = Self.onlyBrands(respondents: respondents, respondentOf: respondentOf, brandOf: answers) {
      isBetween = true
      brandOf = rows.filter { $0 >= 0 }
      starts = [0, brandOf.count]
      var next: Int32 = 0
      blockOf = rows.map { brand in
        guard brand >= 0 else { return -1 }
        defer { next += 1 }
        return next
      }
      rowOf = []
      values = [Double](repeating: 0, count: brandOf.count * width)
      return
    }
    isBetween = false
    // Each respondent's set of brands, as a sum of random numbers one a brand; a repeated row makes a set of its own.
    var generator = SeededGenerator(seed: 0x5E7, stream: 1)
    let marks = (0..<brands).map { _ in generator.next() }
    var sets = [UInt64](repeating: 0, count: respondents)
    for (row, brand) in answers.enumerated() where brand >= 0 {
      sets[Int(respondentOf[row])] &+= marks[Int(brand)]
    }
    var sizes: [UInt64: Int] = [:]
    for set in sets { sizes[set, default: 0] += 1 }
    var blockOf = [Int32](repeating: 0, count: respondents)
    var blocks = 0
    var open: [UInt64: (first: Int, count: Int, next: Int)] = [:]
    for respondent in order {
      let set = sets[respondent]
      if open[set] == nil {
        let size = sizes[set] ?? 1
        let count = respondents <= Self.mostBlocks ? size : (size * Self.mostBlocks + respondents - 1) / respondents
        open[set] = (blocks, count, 0)
        blocks += count
      }
      guard let place = open[set] else { continue }
      blockOf[respondent] = Int32(clamping: place.first + place.next % place.count)
      open[set]?.next += 1
    }
    self.blockOf = blockOf
    // Rows of a block stand together, its brands in their order.
    var isThere = [Bool](repeating: false, count: blocks * brands)
    for (row, brand) in answers.enumerated() where brand >= 0 {
      isThere[Int(blockOf[Int(respondentOf[row])]) * brands + Int(brand)] = true
    }
    var rowOf = [Int32](repeating: -1, count: isThere.count)
    for block in 0..<blocks {
      starts.append(brandOf.count)
      for brand in 0..<brands where isThere[block * brands + brand] {
        rowOf[block * brands + brand] = Int32(clamping: brandOf.count)
        brandOf.append(Int32(clamping: brand))
      }
    }
    starts.append(brandOf.count)
    self.rowOf = rowOf
    values = [Double](repeating: 0, count: brandOf.count * width)
  }

  /// The one brand of each respondent, −1 for none; nil where some respondent answered about two, or all about the same.
  private static func onlyBrands(respondents: Int, respondentOf: [Int32], brandOf: [Int32]) -> [Int32]? {
    var only = [Int32](repeating: -1, count: respondents)
    var first: Int32 = -1
    var differ = false
    for (row, brand) in brandOf.enumerated() where brand >= 0 {
      let respondent = Int(respondentOf[row])
      if only[respondent] >= 0, only[respondent] != brand { return nil }
      only[respondent] = brand
      if first < 0 { first = brand }
      differ = differ || brand != first
    }
    return differ ? only : nil
  }

  /// The row that a respondent's answers about a brand belong to; −1 for none.
  func row(respondent: Int, brand: Int) -> Int {
    if brand < 0 { return -1 }
    return isBetween ? Int(blockOf[respondent]) : Int(rowOf[Int(blockOf[respondent]) * brands + brand])
  }

  /// Additions that one permutation takes.
  var work: Int { values.count }

  /// Whether any block has two brands to exchange.
  var canPermute: Bool { starts.indices.dropLast().contains { starts[$0 + 1] - starts[$0] > 1 } }

  /// Sums by brand (brands × width) after brands have changed places in every block.
  func permuted(_ generator: inout SeededGenerator) -> Matrix {
    var totals = Matrix(rows: brands, columns: width)
    var places = brandOf
    totals.storage.withUnsafeMutableBufferPointer { totals in
      values.withUnsafeBufferPointer { values in
        for block in starts.indices.dropLast() {
          let (first, end) = (starts[block], starts[block + 1])
          var last = end - 1
          while last > first {
            places.swapAt(last, first + generator.index(below: last - first + 1))
            last -= 1
          }
          for row in first..<end {
            let (to, from) = (Int(places[row]) * width, row * width)
            for j in 0..<width { totals[to + j] += values[from + j] }
          }
        }
      }
    }
    return totals
  }
}
