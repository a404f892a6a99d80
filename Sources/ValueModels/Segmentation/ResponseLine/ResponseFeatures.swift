import Statistics
import Tables

/// The columns a response is foretold from, as the columns of a regression.
///
/// A number is one column. A category is a column a level but the commonest, which the others are compared with. Levels
/// that too few customers have are one level together.
struct ResponseFeatures: Sendable {
  /// One column of the design.
  struct Term: Sendable {
    /// `age`, `job: technician`
    var name: String
    var feature: String
    var level: String?
    /// The level it is compared with.
    var reference: String?
  }

  /// A column of the table as it enters.
  struct Feature: Sendable {
    enum Values: Sendable {
      case numbers([Double])
      /// Places among the levels kept, by row of the table; the reference is 0.
      case levels([Int32], names: [String])
    }
    var name: String
    var values: Values
    /// Levels that are one level together.
    var pooled: [String] = []
    /// Rows to be scored with a level that no row learnt from has.
    var unseen = 0
  }

  private(set) var features: [Feature] = []
  private(set) var terms: [Term] = []

  /// More levels than this are pooled, too: the rarest first.
  static let mostLevels = 100
  static let missingLevel = "(no value)"

  /// - Parameters:
  ///   - columns: numbers without missing values in the rows used, categories and texts with or without.
  ///   - train: rows learnt from, of the table.
  ///   - held: rows to be scored.
  ///   - fewest: customers a level has at the least.
  init(_ columns: [Column], train: [Int], held: [Int], fewest: Int) {
    for column in columns {
      if column.isNumeric {
        features.append(Feature(name: column.name, values: .numbers(column.numbers())))
        terms.append(Term(name: column.name, feature: column.name))
        continue
      }
      guard let feature = Self.category(column, train: train, held: held, fewest: max(1, fewest)) else { continue }
      features.append(feature)
      guard case .levels(_, let names) = feature.values else { continue }
      for name in names.dropFirst() {
        terms.append(
          Term(name: "\(column.name): \(name)", feature: column.name, level: name, reference: names[0]))
      }
    }
  }

  private static func category(_ column: Column, train: [Int], held: [Int], fewest: Int) -> Feature? {
    var (codes, levels) = column.codes()
    if column.missingCount > 0 {
      let none = Int32(clamping: levels.count)
      levels.append(missingLevel)
      codes = codes.map { $0 < 0 ? none : $0 }
    }
    var counts = [Int](repeating: 0, count: levels.count)
    for row in train { counts[Int(codes[row])] += 1 }
    // From the commonest; of equals the one that comes first.
    let order = levels.indices.filter { counts[$0] > 0 }.sorted { (-counts[$0], $0) < (-counts[$1], $1) }
    var kept = order.prefix(mostLevels).filter { counts[$0] >= fewest }
    var pooled = order.filter { !kept.contains($0) }
    // One level alone, or few customers together, would still show them.
    while !pooled.isEmpty, pooled.count < 2 || pooled.reduce(0, { $0 + counts[$1] }) < fewest, kept.count > 1 {
      pooled.insert(kept.removeLast(), at: 0)
    }
    if kept.isEmpty || (!pooled.isEmpty && pooled.reduce(0, { $0 + counts[$1] }) < fewest) { return nil }
    var names = kept.map { levels[$0] }
    var place = [Int32](repeating: -1, count: levels.count)
    for (at, level) in kept.enumerated() { place[level] = Int32(clamping: at) }
    if !pooled.isEmpty {
      for level in pooled { place[level] = Int32(clamping: names.count) }
      names.append("(\(pooled.count) rare levels)")
    }
    let elsewhere = pooled.isEmpty ? 0 : Int32(clamping: names.count - 1)
    var feature = Feature(
      name: column.name, values: .levels([], names: names), pooled: pooled.map { levels[$0] })
    for row in held where place[Int(codes[row])] < 0 { feature.unseen += 1 }
    feature.values = .levels(codes.map { place[Int($0)] < 0 ? elsewhere : place[Int($0)] }, names: names)
    return feature
  }

  /// The design of rows of the table: rows × terms.
  func design(_ rows: [Int]) -> Matrix {
    let width = terms.count
    var design = Matrix(rows: rows.count, columns: width)
    var at = 0
    design.storage.withUnsafeMutableBufferPointer { out in
      for feature in features {
        switch feature.values {
        case .numbers(let numbers):
          for (i, row) in rows.enumerated() { out[i * width + at] = numbers[row] }
          at += 1
        case .levels(let places, let names):
          for (i, row) in rows.enumerated() where places[row] > 0 { out[i * width + at + Int(places[row]) - 1] = 1 }
          at += names.count - 1
        }
      }
    }
    return design
  }
}

/// How well a feature alone tells who responds.
struct LoneFeature: Sendable {
  let name: String
  /// 0.5–1: of a number in whichever direction is better, of a category by the shares of its levels where learnt.
  let area: Double

  /// - Parameters:
  ///   - train: rows the levels' shares are taken from.
  ///   - held: rows they are tried on; a number is tried on both, since nothing is learnt from it.
  init?(_ feature: ResponseFeatures.Feature, responded: [Bool], train: [Int], held: [Int]) {
    name = feature.name
    switch feature.values {
    case .numbers(let numbers):
      let rows = train + held
      guard let curve = try? RankCurve(rows.map { numbers[$0] }, outcomes: rows.map { responded[$0] }) else {
        return nil
      }
      area = max(curve.area, 1 - curve.area)
    case .levels(let places, let names):
      var counts = [Double](repeating: 0, count: names.count)
      var yes = counts
      for row in train {
        counts[Int(places[row])] += 1
        if responded[row] { yes[Int(places[row])] += 1 }
      }
      let shares = zip(yes, counts).map { $1 > 0 ? $0 / $1 : 0 }
      guard
        let curve = try? RankCurve(held.map { shares[Int(places[$0])] }, outcomes: held.map { responded[$0] })
      else { return nil }
      area = max(curve.area, 1 - curve.area)
    }
  }
}
