import Diagnostics
import Settings
import Tables

/// The waves of a map: which rows belong to which, which wave the map is that of, and how the others are put on it.
///
/// A brand in a wave is a row of the map's table. Those of the base wave bear the brand's name, the others the wave's
/// beside it, so that all that reads, checks and draws respondents again works on them as on brands.
struct Waves {
  enum Mode: String, CaseIterable {
    /// The base wave alone makes the map; the others are placed on it afterwards.
    case projected
    /// All brands in all waves make the map together.
    case stacked
    /// A map for each wave, turned onto that of the base wave.
    case procrustes
  }

  /// A brand in a wave.
  struct Cell: Hashable {
    var brand: String
    /// In the order of the waves.
    var wave: Int
  }

  /// More are no waves but days or answers.
  static let most = 24

  let mode: Mode
  /// In the order of time.
  let names: [String]
  let orderRule: String
  let base: Int
  let column: Column
  /// What a row of the map's table stands for, by its name.
  private let cells: [String: Cell]
  /// Brands without a say in the map, in any wave.
  private let supplementary: Set<String>
  /// The wave of each row of the file, −1 for none.
  let waveOfRow: [Int32]

  func cell(_ name: String) -> Cell? { cells[name] }
  func isBase(_ name: String) -> Bool { cells[name]?.wave == base }

  /// True for a row that has no say in the axes.
  func isPassive(_ name: String) -> Bool {
    guard let cell = cells[name] else { return false }
    return supplementary.contains(cell.brand) || (mode != .stacked && cell.wave != base)
  }

  /// The waves that `wave` and `waves` ask for; nil where none are, or where errors were reported. `form` then holds a
  /// column of brands in waves.
  init?(
    _ form: inout MapForm, _ settings: PerceptualMapSettings, _ rows: inout SourceRows, _ ground: inout Groundwork
  ) {
    let entries = ground.map("waves", known: ["base", "mode", "order"]) ?? []
    var word = "latest"
    var basePosition = ground.position(of: "waves")
    var order: [Groundwork.Named]?
    var mode = Mode.projected
    for entry in entries where !entry.value.isNull {
      guard entry.key != "order" else {
        order = ground.names(in: entry.value, of: "waves.order")
        continue
      }
      guard case .scalar(let text, _) = entry.value.value else {
        ground.bad("waves.\(entry.key)", at: entry.value.position, "a word")
        continue
      }
      if entry.key == "base" {
        (word, basePosition) = (text, entry.value.position)
      } else if let known = Mode(rawValue: text) {
        mode = known
      } else {
        let options = Mode.allCases.map(\.rawValue)
        ground.fail(
          "settings.unknown-choice", at: entry.value.position,
          "'waves.mode' is one of \(quotedList(options)), and '\(text)' was found",
          hint: nearestHint(to: text, among: options))
      }
    }
    guard ground.setting("wave") != nil else {
      if ground.setting("waves") != nil {
        ground.fail(
          "settings.missing", at: ground.position(of: "waves"),
          "'waves' says how waves are compared, and 'wave' names no column of them", hint: "set 'wave: COLUMN'")
      }
      ground.record("wave", .none)
      ground.record("waves", .none)
      return nil
    }
    guard let column = ground.column("wave", in: rows), let brand = form.brand else { return nil }
    Waves.refuse(form, settings, mode, &ground)
    guard column.name != brand.name, column.name != form.respondent?.name else {
      ground.fail(
        "settings.wrong-type", at: ground.position(of: "wave"),
        "'wave' names a column of its own, and '\(column.name)' holds brands or respondents")
      return nil
    }
    rows.dropMissing(column, as: "no wave")
    let (codes, levels) = column.codes()
    var seen = [Bool](repeating: false, count: levels.count)
    for row in rows.kept where codes[row] >= 0 { seen[Int(codes[row])] = true }
    let present = levels.indices.filter { seen[$0] }
    let place = ground.position(of: "wave")
    guard present.count > 1 else {
      ground.fail(
        "analysis.one-wave", at: place,
        "waves are compared with one another, and column '\(column.name)' has "
          + (present.first.map { "one only, '\(excerpt(levels[$0]))'" } ?? "none"), hint: rows.lossInWords)
      return nil
    }
    guard present.count <= Waves.most else {
      ground.fail(
        "analysis.too-many-waves", at: place,
        "waves are at most \(Waves.most) groups of answers, and column '\(column.name)' has \(grouped(present.count)) "
          + "values", hint: "give a column with the month, quarter or year of each answer")
      return nil
    }
    let found = WaveOrder(present.map { levels[$0] }, column.type)
    guard
      let names = Waves.ordered(found.names, as: order, &ground),
      let base = Waves.base(word, at: basePosition, names, &ground)
    else { return nil }
    self.mode = mode
    self.names = names
    self.base = base
    self.column = column
    orderRule = order == nil ? found.rule : "as given"
    supplementary = Set(settings.supplementaryBrands.map(\.name))
    let waveOfLevel = levels.map { level in names.firstIndex(of: level).map { Int32(clamping: $0) } ?? -1 }
    waveOfRow = codes.map { $0 < 0 ? -1 : waveOfLevel[Int($0)] }
    (form.brand, cells) = Waves.joined(brand, waveOfRow, names, base, rows)
    ground.record("wave", .text(column.name))
    ground.record(
      "waves",
      .map([
        .init("base", .text(names[base])), .init("mode", .text(mode.rawValue)),
        .init("order", .list(names.map { .text($0) })),
      ]))
  }

  /// What waves cannot be asked of.
  private static func refuse(
    _ form: MapForm, _ settings: PerceptualMapSettings, _ mode: Mode, _ ground: inout Groundwork
  ) {
    let place = ground.position(of: "wave")
    if settings.method == .scaling {
      ground.fail(
        "settings.wrong-type", at: place,
        "waves are compared on maps of attributes, and 'method: multidimensional-scaling' knows dissimilarities only",
        hint: "choose another method, or draw a map a wave with 'where'")
    } else if settings.scaling == .attributePrincipal {
      ground.fail(
        "settings.wrong-type", at: place,
        "a movement is a distance between brands, and with 'scaling: attribute-principal' no such distances are shown",
        hint: "leave 'scaling' out")
    }
    guard mode == .procrustes else { return }
    let modePosition = ground.position(of: "waves")
    if settings.method == .discriminant {
      ground.fail(
        "settings.wrong-type", at: modePosition,
        "'waves.mode: procrustes' turns maps of one scale onto each other, and discriminant maps measure each wave by its "
          + "own spread", hint: "set 'mode: projected' or 'stacked'")
    }
    if settings.isFocused {
      ground.fail(
        "settings.wrong-type", at: modePosition,
        "a map is turned to our own brand ('focus') or waves onto each other ('mode: procrustes'), not both")
    }
  }

  /// The waves in the order given, each named once; nil where the list does not fit.
  private static func ordered(
    _ found: [String], as order: [Groundwork.Named]?, _ ground: inout Groundwork
  ) -> [String]? {
    guard let order else { return found }
    var isSound = true
    for named in order where !found.contains(named.name) {
      isSound = false
      ground.fail(
        "analysis.unknown-value", at: named.position,
        "'waves.order' lists waves that occur, and there is no '\(named.name)'",
        hint: nearestHint(to: named.name, among: found))
    }
    let missing = found.filter { name in !order.contains { $0.name == name } }
    if isSound, !missing.isEmpty {
      isSound = false
      ground.fail(
        "settings.missing", at: order.first?.position ?? ground.position(of: "waves"),
        "'waves.order' lists every wave, and \(quotedList(missing)) \(missing.count == 1 ? "is" : "are") not in it",
        hint: "leave waves out with 'where'")
    }
    return isSound ? order.map(\.name) : nil
  }

  private static func base(
    _ word: String, at position: SourcePosition, _ names: [String], _ ground: inout Groundwork
  ) -> Int? {
    if let at = names.firstIndex(of: word) { return at }
    if word == "first" { return 0 }
    if word == "latest" { return names.count - 1 }
    ground.fail(
      "analysis.unknown-value", at: position, "'waves.base' is first, latest or a wave, and there is no '\(word)'",
      hint: nearestHint(to: word, among: names + ["first", "latest"]))
    return nil
  }

  /// The column of brands in waves: base wave first, brands in their order.
  private static func joined(
    _ brand: Column, _ waveOfRow: [Int32], _ waves: [String], _ base: Int, _ rows: SourceRows
  ) -> (column: Column, cells: [String: Cell]) {
    let (codes, levels) = brand.codes()
    var isThere = [Bool](repeating: false, count: waves.count * levels.count)
    for row in rows.kept where codes[row] >= 0 && waveOfRow[row] >= 0 {
      isThere[Int(waveOfRow[row]) * levels.count + Int(codes[row])] = true
    }
    var taken = Set(levels)
    var cells: [String: Cell] = [:]
    var names: [String] = []
    var codeOf = [Int32](repeating: -1, count: isThere.count)
    for wave in [base] + waves.indices.filter({ $0 != base }) {
      for (code, level) in levels.enumerated() where isThere[wave * levels.count + code] {
        var name = level
        if wave != base {
          name = "\(level), \(waves[wave])"
          while !taken.insert(name).inserted { name += "’" }
        }
        codeOf[wave * levels.count + code] = Int32(clamping: names.count)
        cells[name] = Cell(brand: level, wave: wave)
        names.append(name)
      }
    }
    let joined = codes.indices.map { row -> Int32 in
      codes[row] < 0 || waveOfRow[row] < 0 ? -1 : codeOf[Int(waveOfRow[row]) * levels.count + Int(codes[row])]
    }
    return (Column(name: brand.name, storage: .category(codes: joined, levels: names)), cells)
  }
}
