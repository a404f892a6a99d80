import Statistics

@testable import ValueModels

/// An invented mailing: who answers depends on what they bought and where they live; a letter moves the young.
enum ResponseInput {
  static let features = "features: [orders, months, town]"

  /// - Parameters:
  ///   - row: changes the cells of a row (client, day, orders, months, town, letter, said), given its number.
  static func csv(_ count: Int = 2_000, _ row: (Int, inout [String]) -> Void = { _, _ in }) -> String {
    var generator = SeededGenerator(seed: 7)
    var text = "client,day,orders,months,town,letter,said\n"
    for i in 0..<count {
      let orders = generator.index(below: 9)
      let months = generator.index(below: 24)
      let town = ["Aston", "Brill", "Corby"][min(2, generator.index(below: 4))]
      let letter = generator.index(below: 2) == 1
      let odds = 0.03 * Double(1 + orders) * (town == "Brill" ? 2 : 1) * (letter && months < 8 ? 2.5 : 1)
      let said = generator.uniform() < odds / (1 + odds)
      let day = i % 28 + 1
      var cells = [
        "C\(i)", "2026-0\(1 + i * 9 / max(1, count))-\(day < 10 ? "0" : "")\(day)", "\(orders)", "\(months)", town,
        letter ? "letter" : "none", said ? "yes" : "no",
      ]
      row(i, &cells)
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }

  static func asking(_ settings: String, _ csv: String? = nil, suppressBelow: Int = 10) -> Asking {
    ValueModelsTests.asking(responseLineKind, settings, csv ?? Self.csv(), suppressBelow: suppressBelow)
  }

  static let plain = "customer: client\nresponded: said\n\(features)\n"
}
