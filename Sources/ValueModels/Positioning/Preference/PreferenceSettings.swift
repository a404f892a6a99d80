import Settings
import Statistics

/// What `preference` asks for, as understood (`analyses.md` §1).
struct PreferenceSettings {
  enum Model: String, CaseIterable {
    case auto, vector, ideal, circular, elliptical, quadratic
    /// No model on the map: brands placed by preferences alone, persons and segments as vectors.
    case `internal`

    /// The models that may be chosen; `ideal` is the circular one.
    var models: [PreferenceModel] {
      switch self {
      case .auto: PreferenceModel.allCases
      case .vector, .internal: [.vector]
      case .ideal, .circular: [.circular]
      case .elliptical: [.elliptical]
      case .quadratic: [.quadratic]
      }
    }
  }

  /// How predicted preferences become shares of brands.
  enum ShareRule: String, CaseIterable {
    case firstChoice = "first-choice"
    case logit
    case inverseDistance = "inverse-distance"
  }

  /// What the contours of the figure show.
  enum Contours: String, CaseIterable {
    case auto, density
    case aboveMean = "above-mean"
    case newBrand = "new-brand"
    case none
  }

  var columns: [Groundwork.Named]
  var hasTable: Bool
  var model: Model
  var level: Double
  /// Nil: first choice of persons, logit of segments.
  var rule: ShareRule?
  var sensitivity: Double
  var contours: Contours
  /// Nil: columns of a brand table are segments, those of a further table persons.
  var columnsArePersons: Bool?
  /// Columns named in the settings, by their key.
  private var named: [String: Groundwork.Named] = [:]

  static let keys = [
    "columns", "table", "model", "level", "share", "sensitivity", "contours", "columns_are", "brand", "respondent",
    "score", "segment", "weight",
  ]

  /// Nil where no preference is asked for.
  init?(_ ground: inout Groundwork) {
    guard ground.map("preference", known: Self.keys) != nil else { return nil }
    let reader = ground.reader.reader("preference")
    columns = reader.texts("columns").map { .init(name: $0.text, position: $0.position) }
    hasTable = reader.setting("table") != nil
    model = reader.option("model", .auto)
    level = reader.number("level", in: 0.0001...0.5) ?? 0.05
    rule = reader.setting("share") == nil ? nil : reader.option("share", ShareRule.firstChoice)
    sensitivity = reader.number("sensitivity", in: 0.001...1_000) ?? 1
    contours = reader.option("contours", .auto)
    if reader.setting("columns_are") != nil {
      columnsArePersons = reader.choice("columns_are", of: ["segments", "persons"], default: "segments") == "persons"
    }
    for key in ["brand", "respondent", "score", "segment", "weight"] {
      if let name = reader.string(key), !name.isEmpty {
        named[key] = .init(name: name, position: reader.position(of: key))
      }
    }
    if columns.isEmpty == !hasTable {
      ground.fail(
        "settings.missing", at: ground.position(of: "preference"),
        "'preference' needs 'columns' of the table of brands or a 'table' of preferences"
          + (hasTable ? ", and both were found" : ""))
    }
  }

  func named(_ key: String) -> Groundwork.Named? { named[key] }

  /// Columns of the map's own table that are preferences and so no attributes.
  static func columnsInUse(_ ground: Groundwork) -> [String] {
    guard let preference = ground.setting("preference"), preference["table"] == nil else { return [] }
    func names(_ setting: Setting?) -> [String] {
      switch setting?.value {
      case .scalar(let text, _)?: [text]
      case .list(let items)?: items.flatMap { names($0) }
      default: []
      }
    }
    return ["columns", "segment", "weight"].flatMap { names(preference[$0]) }
  }

  /// The settings with all that was not given.
  func printed(_ given: SettingValue?, rule: ShareRule, columnsArePersons: Bool?) -> SettingValue {
    var entries: [Method.NamedSetting] = []
    if case .map(let all)? = given {
      entries = all.filter { !["model", "level", "share", "sensitivity", "contours", "columns_are"].contains($0.name) }
    }
    entries += [
      .init("model", .text(model.rawValue)), .init("level", .number(level)), .init("share", .text(rule.rawValue)),
      .init("contours", .text(contours.rawValue)),
    ]
    if rule == .logit { entries.append(.init("sensitivity", .number(sensitivity))) }
    if let columnsArePersons {
      entries.append(.init("columns_are", .text(columnsArePersons ? "persons" : "segments")))
    }
    return .map(entries)
  }
}

extension SettingsReader {
  fileprivate func option<Option: RawRepresentable & CaseIterable>(_ key: String, _ standard: Option) -> Option
  where Option.RawValue == String {
    Option(rawValue: choice(key, of: Option.allCases.map(\.rawValue), default: standard.rawValue)) ?? standard
  }
}
