/// A kind of need: how much more or less than their own average its people want each thing, and what else marks them.
private struct Need {
  var share: Double
  var wants: [Double]
  var trades: [Double]
  var roles: [Double]
  var steps: [Double]
  var sources: [Double]
  var employees: Double
  var spend: Double
  var trial: Double
}

private let items = [
  "Purchase price", "Cost per month", "Repair within a day", "Replacement bike", "Heavy loads", "Weather protection",
  "Comfort for riders", "Easy to steer", "Our name on the bike", "Good for the climate",
]
private let trades = [
  "Building and repair", "Parcels and post", "Food and catering", "Care and cleaning", "Shops and markets",
]
private let roles = ["Owner", "Fleet or office manager", "Foreman", "Rider"]
private let steps = ["Has ordered", "Will test this year", "At the right terms", "Some day", "Never"]
private let sources = ["Another business", "Workshop", "Trade guild", "Dealer", "Web search"]

private let needs = [
  // Uptime first.
  Need(
    share: 0.31, wants: [-0.5, -0.2, 1.6, 1.5, 0.2, -0.4, -0.3, -0.4, -0.8, -0.7],
    trades: [0.22, 0.38, 0.16, 0.18, 0.06], roles: [0.30, 0.46, 0.12, 0.12], steps: [0.24, 0.40, 0.22, 0.11, 0.03],
    sources: [0.30, 0.34, 0.12, 0.14, 0.10], employees: 19, spend: 36_000, trial: 0.44),
  // Count the cost.
  Need(
    share: 0.215, wants: [1.6, 1.5, 0.0, -0.5, -0.1, -0.5, -0.3, 0.1, -0.9, -0.9],
    trades: [0.28, 0.12, 0.24, 0.14, 0.22], roles: [0.66, 0.20, 0.09, 0.05], steps: [0.10, 0.18, 0.46, 0.19, 0.07],
    sources: [0.24, 0.14, 0.18, 0.20, 0.24], employees: 6, spend: 16_000, trial: 0.21),
  // A good ride.
  Need(
    share: 0.185, wants: [-0.5, -0.5, -0.2, -0.4, -0.6, 0.3, 1.6, 1.6, -0.8, -0.5],
    trades: [0.08, 0.26, 0.20, 0.38, 0.08], roles: [0.22, 0.22, 0.16, 0.40], steps: [0.13, 0.33, 0.30, 0.20, 0.04],
    sources: [0.34, 0.12, 0.10, 0.22, 0.22], employees: 11, spend: 21_000, trial: 0.36),
  // Green and seen.
  Need(
    share: 0.155, wants: [-0.7, -0.5, -0.1, -0.5, -0.6, -0.7, 0.1, 0.0, 1.5, 1.6],
    trades: [0.10, 0.08, 0.38, 0.14, 0.30], roles: [0.62, 0.22, 0.06, 0.10], steps: [0.25, 0.34, 0.24, 0.15, 0.02],
    sources: [0.28, 0.08, 0.08, 0.20, 0.36], employees: 8, spend: 17_000, trial: 0.40),
  // Van by heart.
  Need(
    share: 0.135, wants: [0.4, 0.1, -0.2, -0.3, 1.6, 1.5, -0.3, -0.5, -0.8, -1.4],
    trades: [0.56, 0.12, 0.12, 0.06, 0.14], roles: [0.48, 0.14, 0.32, 0.06], steps: [0.02, 0.04, 0.16, 0.30, 0.48],
    sources: [0.26, 0.16, 0.26, 0.16, 0.16], employees: 9, spend: 26_000, trial: 0.06),
]

/// How much each thing matters, and who answers.
func needsOfTrades() -> CSVFile {
  var draws = Draws(seed: 20_260_304)
  var file = CSVFile(
    ["respondent"] + items
      + [
        "Trade", "Role", "Company size", "Spend on local transport", "Next step", "Took a trial ride", "Hears from",
        "interviewed",
      ])
  for number in 1...respondentCount {
    let need = needs[draws.index(needs.map(\.share))]
    // Some find everything important, some use only the middle of the scale.
    let level = draws.normal(4.5, 0.6)
    let spread = draws.uniform(0.75, 1.3)
    var cells = need.wants.map { want in
      file.number(clamp(level + spread * (want + draws.normal(0, 0.72)), 1, 7), decimals: 0)
    }
    if draws.happens(0.006) {
      cells = [String](repeating: file.number(clamp(level, 1, 7), decimals: 0), count: items.count)
    }
    if draws.happens(0.018) { cells[draws.whole(0...(items.count - 1))] = "" }
    let employees = draws.amount(need.employees, spread: 0.8)
    let spend = draws.amount(need.spend, spread: 0.45) * (0.6 + 0.4 * employees / need.employees)
    file.add(
      [respondent(number)] + cells + [
        trades[draws.index(need.trades)], roles[draws.index(need.roles)], size(employees),
        file.number(clamp(spend, 600, 400_000) / 100, decimals: 0) + "00",
        steps[draws.index(need.steps)],
        draws.happens(need.trial) ? "1" : "0", draws.happens(0.02) ? "" : sources[draws.index(need.sources)],
        day(draws.whole(0...38), from: (2026, 2, 23)),
      ])
  }
  return file
}

/// Classes as the questionnaire had them.
private func size(_ employees: Double) -> String {
  employees < 1.5
    ? "Works alone" : employees < 5.5 ? "2 to 5 people" : employees < 19.5 ? "6 to 19 people" : "20 people and more"
}

/// A date so many days after another.
func day(_ days: Int, from start: (year: Int, month: Int, day: Int)) -> String {
  var (year, month, day) = start
  for _ in 0..<days {
    day += 1
    let isLeap = year % 4 == 0
    let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    if day > length { (day, month) = (1, month + 1) }
    if month > 12 { (month, year) = (1, year + 1) }
  }
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  return "\(year)-\(two(month))-\(two(day))"
}
