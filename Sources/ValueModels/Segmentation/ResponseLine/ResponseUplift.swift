import Statistics

/// What the treatment adds: the difference of two models, one learnt from the treated and one from the controls, judged on
/// customers neither has seen.
struct ResponseUplift {
  /// A group of held-out customers by arm.
  struct Cell {
    var customers = 0
    var treated = Arm()
    var control = Arm()
    /// Σ w of predicted uplift, and Σ w.
    var predicted = 0.0
    var weight = 0.0

    /// Share of responders among the treated, less that among the controls.
    var difference: Double? {
      guard let a = treated.rate, let b = control.rate else { return nil }
      return a - b
    }
    var interval: Interval? {
      differenceInterval(
        successes: treated.successes, trials: treated.base, successes: control.successes, trials: control.base)
    }
    var mean: Double { weight > 0 ? predicted / weight : 0 }
  }

  struct Arm {
    var customers = 0
    var weight = 0.0
    var squaredWeights = 0.0
    var positive = 0.0

    mutating func add(_ w: Double, _ responded: Bool) {
      customers += 1
      weight += w
      squaredWeights += w * w
      if responded { positive += w }
    }
    var rate: Double? { weight > 0 ? positive / weight : nil }
    /// The effective base, and the part of it that responded.
    var base: Double { weight > 0 ? weight * weight / squaredWeights : 0 }
    var successes: Double { (rate ?? 0) * base }
  }

  /// The four kinds of customers (Radcliffe & Surry 1999).
  enum Kind: Int, CaseIterable {
    case persuadable, sure, lost, disturbed

    var name: String {
      switch self {
      case .persuadable: "Persuadables"
      case .sure: "Sure things"
      case .lost: "Lost causes"
      case .disturbed: "Do not disturb"
      }
    }
    var rule: String {
      switch self {
      case .persuadable: "likely to respond if treated, not otherwise"
      case .sure: "likely to respond either way"
      case .lost: "unlikely to respond either way"
      case .disturbed: "likely to respond only if left alone"
      }
    }
  }

  let deciles: [Cell]
  let kinds: [Cell]
  /// Hidden rows of `kinds`: too few customers in an arm, or had by subtraction.
  let hidden: [Bool]
  /// Probability from which a response counts as likely.
  let likely: Double
  let qini: QiniCurve?
  let interval: Interval?
  /// The share of customers whose predicted uplift reaches break-even, 0–1; nil without cost and margin.
  let contactShare: Double?
  /// λ of either model where outcomes were separated.
  let separated: [String]

  /// - Parameters:
  ///   - likely: the probability from which a response counts as likely.
  /// - Returns: nil where a model of an arm cannot be fitted.
  init?(
    _ data: ResponseData, features: ResponseFeatures, likely: Double, settings: ResponseLineSettings,
    suppression: Suppression
  ) {
    guard let isTreated = settings.treatment?.isTreated else { return nil }
    let held = features.design(data.held)
    var predictions: [[Double]] = []
    var separated: [String] = []
    for arm in [true, false] {
      let rows = data.train.filter { isTreated[$0] == arm }
      guard
        let fit = try? LogisticRegression(
          features.design(rows), outcomes: rows.map { settings.responded[$0] },
          weights: settings.weights.map { weights in rows.map { weights[$0] } }, ridge: settings.ridge)
      else { return nil }
      if fit.isSeparated { separated.append(arm ? "treated" : "control") }
      predictions.append(fit.prediction(held).probabilities)
    }
    self.separated = separated
    let scores = zip(predictions[0], predictions[1]).map { $0 - $1 }
    let treated = data.held.map { isTreated[$0] == true }
    let responded = data.held.map { settings.responded[$0] }
    let weights = data.held.map { settings.weights?[$0] ?? 1 }
    func cells(_ groups: [[Int]]) -> [Cell] {
      groups.map { group in
        var cell = Cell()
        for at in group {
          cell.customers += 1
          cell.predicted += weights[at] * scores[at]
          cell.weight += weights[at]
          if treated[at] {
            cell.treated.add(weights[at], responded[at])
          } else {
            cell.control.add(weights[at], responded[at])
          }
        }
        return cell
      }
    }

    var generator = SeededGenerator(seed: settings.seed, stream: 0x5550_4C49)
    let lots = scores.map { _ in generator.next() }
    let order = scores.indices.sorted {
      scores[$0] != scores[$1] ? scores[$0] > scores[$1] : (lots[$0], $0) < (lots[$1], $1)
    }
    // Ten groups, or as many as leave enough customers of either arm in each.
    var found: [Cell] = []
    for count in [10, 5, 4, 3, 2] {
      found = cells(equalParts(order.count, count).map { $0.map { order[$0] } })
      if found.allSatisfy({ min($0.treated.customers, $0.control.customers) >= max(1, suppression.below) }) { break }
      found = []
    }
    deciles = found

    self.likely = likely
    var groups = [[Int]](repeating: [], count: 4)
    for at in scores.indices {
      let kind: Kind =
        predictions[0][at] >= likely
        ? (predictions[1][at] >= likely ? .sure : .persuadable)
        : (predictions[1][at] >= likely ? .disturbed : .lost)
      groups[kind.rawValue].append(at)
    }
    kinds = cells(groups)
    // What one arm hides the other hides, too.
    let first = suppression.hidden(kinds.map(\.treated.customers))
    let second = suppression.hidden(kinds.map(\.control.customers), always: first)
    hidden = suppression.hidden(kinds.map(\.treated.customers), always: second)

    let curve = try? QiniCurve(
      scores, outcomes: responded, treated: treated, weights: settings.weights == nil ? nil : weights)
    qini = curve
    interval = curve?.bootstrapInterval(draws: settings.bootstrap, seed: settings.seed)
    if let cost = settings.contactCost, let margin = settings.margin {
      var (paying, total) = (0.0, 0.0)
      for (at, row) in data.held.enumerated() {
        total += weights[at]
        if scores[at] * margin[row] >= cost[row] { paying += weights[at] }
      }
      contactShare = paying / total
    } else {
      contactShare = nil
    }
  }

  /// The effect on all rows, models aside.
  static func effect(_ rows: [Int], settings: ResponseLineSettings) -> Cell {
    var cell = Cell()
    for row in rows {
      let w = settings.weights?[row] ?? 1
      cell.customers += 1
      if settings.treatment?.isTreated[row] == true {
        cell.treated.add(w, settings.responded[row])
      } else {
        cell.control.add(w, settings.responded[row])
      }
    }
    return cell
  }
}
