import Formats
import Graphics

/// How each kind of flow looks: a colour and a dash, so that neither is needed alone.
enum FlowStyle {
  static func colour(_ kind: BandKind, _ theme: Theme) -> Colour {
    let hue =
      switch kind {
      case .product: 0
      case .service: 3
      case .money: 2
      case .information: 6
      case .influence: 1
      case .trust: 4
      case .other: 7
      }
    return theme.hues.indices.contains(hue) ? theme.hues[hue] : theme.neutral
  }

  static func colour(_ flow: ChainFlow, _ theme: Theme) -> Colour {
    guard let change = flow.change else { return colour(flow.kind, theme) }
    return colour(change, theme)
  }

  static func colour(_ change: FlowChange, _ theme: Theme) -> Colour {
    switch change {
    case .new, .grown: theme.positive
    case .gone, .shrunk: theme.negative
    case .same, .unvalued: theme.faint
    }
  }

  static func dash(_ flow: ChainFlow) -> [Double] { flow.change.map(dash) ?? dash(flow.kind) }

  /// What is new or gone is broken, so that it is told from what grew or shrank without colour.
  static func dash(_ change: FlowChange) -> [Double] {
    switch change {
    case .grown, .shrunk, .same: []
    case .new: [9, 3]
    case .gone: [2.5, 3]
    case .unvalued: [5, 5]
    }
  }

  /// Goods and money are whole lines, what cannot be touched is broken.
  static func dash(_ kind: BandKind) -> [Double] {
    switch kind {
    case .product, .money: []
    case .service: [14, 3]
    case .information: [7, 4]
    case .influence: [2.5, 3]
    case .trust: [9, 3, 2.5, 3]
    case .other: [4, 4]
    }
  }

  /// Widths in px, proportional to the value within kind, unit and period; what has no value gets one thin width.
  /// What cannot be touched stays slighter than goods and money, since its scales are opinions.
  static func widths(_ flows: [ChainFlow], widest: Double) -> [Double] {
    var largest: [String: Double] = [:]
    func group(_ flow: ChainFlow) -> String { "\(flow.kind.rawValue)|\(flow.unit)|\(flow.period)" }
    for flow in flows {
      if let value = flow.value, value.isFinite { largest[group(flow)] = max(largest[group(flow)] ?? 0, abs(value)) }
    }
    return flows.map { flow in
      guard let value = flow.value, value.isFinite, let most = largest[group(flow)], most > 0 else { return 2 }
      let isTangible = flow.kind == .product || flow.kind == .service || flow.kind == .money
      return max(1.5, (isTangible ? widest : min(widest, 5)) * abs(value) / most)
    }
  }
}

/// How the values of a chain's flows are written: what all flows of a kind share is said once, in the legend.
struct FlowValues {
  private let language: Language
  private var sharedUnit: [Int: String] = [:]
  private var sharedPeriod: [Int: String] = [:]

  init(_ flows: [ChainFlow], _ language: Language) {
    self.language = language
    for kind in BandKind.allCases {
      let valued = flows.filter { $0.kind == kind && $0.value != nil }
      guard let first = valued.first else { continue }
      if valued.allSatisfy({ $0.unit == first.unit }), !first.unit.isEmpty { sharedUnit[kind.rawValue] = first.unit }
      if valued.allSatisfy({ $0.period == first.period }), !first.period.isEmpty {
        sharedPeriod[kind.rawValue] = first.period
      }
    }
  }

  /// "£0.03", "82 t": as short as the legend allows; nil without a value.
  func short(_ flow: ChainFlow) -> String? {
    guard let value = flow.value, value.isFinite else { return nil }
    var text = amount(value, flow.unit, shared: sharedUnit[flow.kind.rawValue] != nil)
    if sharedPeriod[flow.kind.rawValue] == nil, !flow.period.isEmpty { text += "/" + flow.period }
    return text
  }

  /// The value, or with two waves what became of it: "+12 %", "new, £3", "gone".
  func caption(_ flow: ChainFlow) -> String? {
    guard let change = flow.change else { return short(flow) }
    switch change {
    case .new: return ["new", short(flow)].compactMap { $0 }.joined(separator: ", ")
    case .gone: return "gone"
    case .grown, .shrunk:
      guard let value = flow.value, let before = flow.before, before > 0 else { return short(flow) }
      let share = value / before - 1
      return (share > 0 ? "+" : "−") + language.share(abs(share))
    case .same, .unvalued: return nil
    }
  }

  /// "£0.03 per cup": for words that stand alone; nil without a value.
  func long(_ flow: ChainFlow) -> String? {
    guard let value = flow.value, value.isFinite else { return nil }
    return amount(value, flow.unit, shared: false) + (flow.period.isEmpty ? "" : " per \(flow.period)")
  }

  /// "money, GBP per cup"
  func legend(_ kind: BandKind) -> String {
    let unit = sharedUnit[kind.rawValue].map(CurrencyUnit.spelled)
    let period = sharedPeriod[kind.rawValue].map { "per \($0)" }
    let rest = [unit, period].compactMap { $0 }.joined(separator: " ")
    return rest.isEmpty ? kind.word : "\(kind.word), \(rest)"
  }

  func amount(_ value: Double, _ unit: String, shared: Bool) -> String {
    if let currency = CurrencyUnit(unit) { return currency.amount(value, language) }
    let number = language.number(value)
    if unit.isEmpty { return number }
    if unit.first?.isNumber == true { return shared ? number : "\(number) (\(unit))" }
    return shared && unit.count > 6 ? number : "\(number) \(unit)"
  }
}
