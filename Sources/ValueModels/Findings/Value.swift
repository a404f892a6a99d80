/// One cell of a findings table, or one fact.
package enum Value: Sendable, Hashable, Codable {
  case missing
  case number(Double)
  case integer(Int)
  case text(String)
  case truth(Bool)

  /// A number, or `missing` where it is not finite: nothing infinite ever reaches findings.
  package init(_ number: Double) { self = number.isFinite ? .number(number) : .missing }
  package init(_ number: Double?) { self = number.map { Value($0) } ?? .missing }
  package init(_ text: String?) { self = text.map { .text($0) } ?? .missing }

  package var number: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  package var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  package var isMissing: Bool { self == .missing }
}

/// How a number is meant to be read, so that pages and figures print it alike.
package enum Format: String, Sendable, Hashable, Codable {
  /// As many decimals as are useful.
  case number
  /// A count.
  case integer
  /// 0 to 1, printed as a percentage.
  case share
  /// 0 to 100, printed with a percent sign.
  case percent
  /// With its sign.
  case signed
  /// A probability: three decimals, or "< 0.001".
  case probability
  case text
  case truth
}

package struct Fact: Sendable, Hashable, Codable {
  package var name: String
  package var value: Value
  package var format: Format

  package init(_ name: String, _ value: Value, _ format: Format = .number) {
    self.name = name
    self.value = value
    self.format = format
  }

  package init(_ name: String, _ count: Int) { self.init(name, .integer(count), .integer) }
  package init(_ name: String, _ number: Double, _ format: Format = .number) { self.init(name, Value(number), format) }
}
