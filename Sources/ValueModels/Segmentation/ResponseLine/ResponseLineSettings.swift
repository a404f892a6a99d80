import Diagnostics
import Settings
import Tables

/// The settings of `response-line` as understood, with the rows and columns they name.
struct ResponseLineSettings {
  var rows: SourceRows
  var customer: Column?
  /// Of the table, true where the row responded; false elsewhere, also where it is not used.
  var responded: [Bool]
  var positives: [String]
  var features: [Column]
  var holdOut: ResponseHoldOut
  var treatment: ResponseTreatment?
  var contactCost: Amount?
  var margin: Amount?
  /// Case weights, one a row of the table; nil where none are asked for.
  var weights: [Double]?
  /// λ; nil where the data decide.
  var ridge: Double?
  var bootstrap: Int
  var seed: UInt64
  /// Where scores of single customers are to be written, outside the site; nil for nowhere.
  var scoresPath: String?

  /// A number for all, or a column with one each.
  enum Amount {
    case same(Double)
    case column(Column, [Double])

    subscript(row: Int) -> Double {
      switch self {
      case .same(let value): value
      case .column(_, let values): values[row]
      }
    }
    var isSame: Bool { if case .same = self { true } else { false } }
  }

  /// Reads all settings; nil where there is no table, or no column of responses. Errors are gathered in the groundwork.
  init?(_ work: inout Groundwork) {
    guard let table = work.rows("data") else { return nil }
    rows = table
    customer = work.column("customer", in: rows, standard: "customer", isNeeded: false)
    let answered = work.column("responded", in: rows, standard: "responded")
    holdOut = .read(in: rows, &work)
    contactCost = work.amount("contact_cost", in: rows)
    margin = work.amount("margin", in: rows)
    let dropsMissing = work.choice("missing", among: ["level", "drop"], standard: "level") == "drop"
    ridge = work.setting("ridge")?.text == "auto" ? nil : work.number("ridge", standard: nil, in: 0...1e6)
    if ridge == nil { work.record("ridge", .text("auto")) }
    bootstrap = work.integer("bootstrap", standard: 500, in: 0...10_000)
    seed = UInt64(clamping: work.integer("seed", standard: 1, in: 0...Int.max))
    scoresPath = work.scoresPath()
    features = work.features(in: rows, customer: customer, answered: answered)
    weights = nil
    responded = []
    positives = []

    work.applyWhere(to: &rows)
    weights = work.weights(in: &rows)
    if let weights, !work.hasErrors { rows.keep(orDropAs: "a weight of 0") { weights[$0] > 0 } }
    guard let answered else { return nil }
    rows.dropMissing(answered)
    treatment = ResponseTreatment(in: rows, &work)
    if let treatment {
      features.removeAll { $0.name == treatment.column.name }
      rows.keep(orDropAs: "neither treated nor control") { treatment.isTreated[$0] != nil }
    }
    guard let answers = ResponseAnswers(answered, in: rows, &work) else { return nil }
    responded = answers.responded.map { $0 ?? false }
    positives = answers.positives
    if let customer { rows.dropMissing(customer) }
    if let column = holdOut.column { rows.dropMissing(column) }
    for case .column(let column, _)? in [contactCost, margin] { rows.dropMissing(column) }
    for feature in features where feature.isNumeric || dropsMissing { rows.dropMissing(feature) }
    checkRows(&work)
  }

  private func checkRows(_ work: inout Groundwork) {
    guard !work.problems.hasErrors else { return }
    guard !rows.kept.isEmpty else {
      work.fail(
        "analysis.no-rows", at: rows.position,
        "a response is foretold from rows with a value in every feature, and '\(rows.name)' has none")
      return
    }
    for (key, amount) in [("contact_cost", contactCost), ("margin", margin)] {
      guard case .column(let column, let values)? = amount else { continue }
      for row in rows.kept where !(values[row] > 0) {
        work.failCell(
          "analysis.amount-not-positive", rows, row, column,
          "'\(key)' is above 0, and '\(column.name)' has \(values[row])")
      }
    }
    for feature in features { work.checkFeature(feature, rows) }
  }
}

extension Setting {
  /// A single word; nil for lists and maps.
  fileprivate var text: String? { if case .scalar(let text, _) = value { text } else { nil } }
}

extension Groundwork {
  /// A number above 0, or the name of a column of such; nil where it is not given.
  fileprivate mutating func amount(_ key: String, in rows: SourceRows) -> ResponseLineSettings.Amount? {
    guard let setting = setting(key) else {
      record(key, .none)
      return nil
    }
    guard case .scalar(let text, let quoted) = setting.value else {
      bad(key, at: setting.position, "a number above 0, or the name of a column")
      return nil
    }
    if !quoted, let value = strictNumber(text), rows.table[text] == nil {
      record(key, .number(value))
      if !(value > 0) {
        fail("settings.out-of-range", at: setting.position, "'\(reader.path).\(key)' is above 0, and \(text) was found")
        return nil
      }
      return .same(value)
    }
    guard let column = column(key, in: rows), let values = numbers(column, in: rows, as: key) else { return nil }
    return .column(column, values)
  }

  /// The columns of `features`, without those that have another part.
  fileprivate mutating func features(in rows: SourceRows, customer: Column?, answered: Column?) -> [Column] {
    guard let named = texts("features") else {
      fail(
        "settings.missing", at: input.position,
        "\(kind.name) needs 'features': the columns known before a customer is contacted",
        hint: "columns of '\(rows.name)' are \(quotedList(Array(rows.table.columnNames.prefix(12))))")
      return []
    }
    if named.isEmpty {
      fail("analysis.no-variables", at: position(of: "features"), "'features' names one column or more")
    }
    var parts: [(name: String, part: String)] = []
    if let answered { parts.append((answered.name, "what is foretold")) }
    if let customer { parts.append((customer.name, "the name of the customer")) }
    for (key, part) in [
      ("treatment", "the treatment"), ("weight", "the weight"), ("contact_cost", "the cost"), ("margin", "the margin"),
    ] {
      if case .scalar(let name, _)? = setting(key)?.value { parts.append((name, part)) }
    }
    var columns: [Column] = []
    for name in named {
      if let part = parts.first(where: { $0.name == name.name })?.part {
        fail(
          "analysis.feature-taken", at: name.position, "a feature has no other part, and '\(name.name)' is \(part)",
          hint: "leave it out of 'features'")
      } else if let column = column(name, of: "features", in: rows) {
        columns.append(column)
      }
    }
    let others = rows.table.columnNames.filter { own in !columns.contains { $0.name == own } }
    refuseSpoiledNumbers(in: rows, apart: others)
    return columns
  }

  /// Faults that make a column no feature, in the rows used.
  fileprivate mutating func checkFeature(_ column: Column, _ rows: SourceRows) {
    let place = featurePosition(column.name) ?? rows.position
    if column.type == .date {
      fail(
        "analysis.not-a-feature", at: place, "a feature holds numbers or categories, and '\(column.name)' holds dates",
        hint: "add a column of what a date means, such as months since the last order")
      return
    }
    let isSame: Bool
    var isName = false
    if column.isNumeric {
      let numbers = column.numbers()
      isSame = rows.kept.allSatisfy { numbers[$0] == numbers[rows.kept[0]] }
      isName = ProfileColumns.isRunningNumber(column)
    } else {
      let (codes, levels) = column.codes()
      var occurs = [Bool](repeating: false, count: levels.count + 1)
      for row in rows.kept { occurs[codes[row] < 0 ? levels.count : Int(codes[row])] = true }
      let occurring = occurs.count { $0 }
      isSame = occurring < 2
      isName = rows.kept.count > 10 && Double(occurring) >= 0.95 * Double(rows.kept.count)
    }
    if isSame {
      fail(
        "analysis.no-variance", at: place,
        "a feature tells customers apart, and '\(column.name)' is the same in every row used",
        hint: "leave it out of 'features'")
    } else if isName {
      fail(
        "analysis.not-a-feature", at: place,
        "a feature is shared by customers, and '\(column.name)' has another value in nearly every row",
        hint: "leave it out of 'features'; it names customers or rows")
    }
  }

  private func featurePosition(_ name: String) -> SourcePosition? {
    guard let setting = setting("features") else { return nil }
    guard case .list(let items) = setting.value else { return setting.position }
    return items.first { if case .scalar(name, _) = $0.value { true } else { false } }?.position
  }
}
