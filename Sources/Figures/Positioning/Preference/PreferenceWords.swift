import Formats

/// What the preference map says: who leans to which brands, how to read the marks, what is doubtful.
struct PreferenceWords {
  let map: PerceptualMapWords
  private let contents: PreferenceContents
  private let language: Language

  init(_ map: PerceptualMap, _ contents: PreferenceContents, _ language: Language) {
    self.map = PerceptualMapWords(map, language)
    self.contents = contents
    self.language = language
  }

  private var clear: [PreferenceContents.Row] { contents.rows.filter(\.isSignificant) }

  /// All persons in one row, not a segment.
  private var isTotal: Bool { contents.rows.count == 1 && contents.rows[0].segment == "All" }

  var title: String {
    guard !contents.rows.isEmpty else { return "Where preferences lie on the map" }
    guard let first = clear.first, let best = first.favourites.first else {
      return contents.rows.count == 1
        ? "Preference does not follow this map" : "No segment's preferences follow this map"
    }
    if isTotal { return "Preference points to \(language.list(first.favourites))" }
    if clear.count <= 3 {
      let rest = clear.dropFirst().compactMap { row in row.favourites.first.map { "to \($0) for \(row.label)" } }
      return (["Preference points to \(best) for \(first.label)"] + rest).joined(separator: ", ")
    }
    return "Where the preferences of \(language.number(Double(contents.rows.count))) segments lie"
  }

  var subtitle: String {
    var text = count(map.map.brands.count, "brand")
    if contents.isInternal { text += " placed by preferences alone" }
    if !map.map.attributes.isEmpty { text += " and \(count(map.map.attributes.count, "attribute"))" }
    if !isTotal, !contents.rows.isEmpty { text += ", with the preferences of \(count(contents.rows.count, "segment"))" }
    if let persons = contents.persons {
      text += isTotal || contents.rows.isEmpty ? ", with the preferences of " : " and "
      text += count(Int(max(0, min(1e15, persons))), "person")
    }
    return text
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(language.number(Double(number))) \(noun)\(number == 1 ? "" : "s")"
  }

  var alt: String { shortened("Preference map of \(count(map.map.brands.count, "brand")): \(title)", to: 150) }

  var description: [String] {
    var out = contents.rows.map { PreferenceWords.detail($0, language) + "." }
    if let demand = contents.demand { out.append(capital(contours(demand)) + ".") }
    if !contents.unplaced.isEmpty { out.append("Without a place on the map: \(language.list(contents.unplaced)).") }
    return out + map.description.prefix(2)
  }

  /// One row in a sentence.
  static func detail(_ row: PreferenceContents.Row, _ language: Language) -> String {
    var text = row.label
    switch (row.kind, row.isInside) {
    case ("vector", _): text += " likes brands the more the farther they lie in its direction"
    case ("ideal", true): text += " has its ideal point among the brands"
    case ("ideal", false): text += " has its ideal point beyond the brands"
    case ("anti-ideal", true): text += " has its least liked point among the brands"
    case ("anti-ideal", false): text += " has its least liked point beyond the brands"
    default: text += " has a saddle point \(row.isInside ? "among" : "beyond") the brands"
    }
    text += " (\(row.model) model, R² \(language.number(row.rSquared, decimals: 2))"
    if let p = row.pValue {
      text += p < 0.001 ? ", p < \(language.number(0.001))" : ", p \(language.number(p, decimals: 3))"
    }
    if let base = row.base { text += ", base \(language.number(base))" }
    text += ")"
    if !row.favourites.isEmpty { text += "; best liked by the model: \(language.list(row.favourites))" }
    return text
  }

  /// How to read the marks that are there.
  var reading: String {
    var parts: [String] = []
    let rows = contents.rows
    if rows.contains(where: \.isArrow) {
      parts.append(
        "Open arrows are preferences: drop a brand at a right angle onto the arrow's line; the farther out, the better it is"
          + " liked. The longer the arrow, the better the map explains the preference.")
    }
    if rows.contains(where: { $0.kind == "ideal" && $0.isInside }) {
      parts.append("A ring with a dot is an ideal point: the nearer a brand, the better it is liked.")
    }
    if rows.contains(where: { $0.kind == "anti-ideal" && $0.isInside }) {
      parts.append("A ring with a cross is the least liked point: the farther from it, the better.")
    }
    if rows.contains(where: { $0.kind == "saddle" && $0.isInside }) {
      parts.append("An open diamond is a saddle point: best one way and worst the other.")
    }
    if let demand = contents.demand { parts.append(capital(contours(demand)) + ".") }
    let places =
      contents.isInternal
      ? "Brands close together are liked by the same persons; how they are seen has no say in this map." : map.reading
    return (parts + [places]).joined(separator: " ")
  }

  private func contours(_ demand: DemandGrid) -> String {
    switch demand.content {
    case .density: "contours hold so much of the density of ideal points among the brands"
    case .aboveMean:
      "contours, drawn among the brands only: the share of persons who, by their models, would like a brand there more than"
        + " brands on average"
    case .newBrand:
      "contours, drawn among the brands only: the share of persons who, by their models, would put a new brand there before"
        + " all others"
    }
  }

  func notes(_ factors: PerceptualMapLayout.Factors) -> [String] {
    var parts: [String] = []
    let rows = contents.rows
    if rows.contains(where: { $0.kind == "vector" }) { parts.append("open arrows: directions of preference") }
    let beyond = rows.filter { $0.isArrow && $0.kind != "vector" }
    if !beyond.isEmpty {
      let kinds = [("ideal", "ideal"), ("anti-ideal", "least liked"), ("saddle", "saddle")].filter { kind, _ in
        beyond.contains { $0.kind == kind }
      }
      parts.append(
        "dashed arrows: the \(language.list(kinds.map(\.1))) point lies beyond the brands, and preference rises this way"
          + " among them")
    }
    for (kind, text) in [
      ("ideal", "rings with a dot: ideal points"), ("anti-ideal", "rings with a cross: least liked points"),
      ("saddle", "open diamonds: saddle points"),
    ] where rows.contains(where: { $0.kind == kind && $0.isInside }) {
      parts.append(text)
    }
    if rows.contains(where: { !$0.isSignificant }) {
      parts.append("faint: not significant at \(language.percent(contents.level))")
    }
    if let demand = contents.demand { parts.append(contours(demand)) }
    if !contents.unplaced.isEmpty { parts.append("without a place: \(language.list(contents.unplaced))") }
    let own = parts.isEmpty ? [] : [capital(parts.joined(separator: "; ")) + "."]
    return own + map.notes(factors)
  }

  private func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
