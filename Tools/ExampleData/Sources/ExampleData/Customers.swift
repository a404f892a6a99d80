/// A form of contract and how its customers differ.
private struct Contract {
  var name: String
  var share: Double
  var bikes: Double
  var revenue: Double
  var visits: Double
  var daysOff: Double
  var content: Double
  var left: Double
  var recommended: Double
  var late: Double
  var app: Double
  /// Share with an answer on how content they are.
  var asked: Double
  var trades: [Double]
}

private let trades = [
  "Building and repair", "Parcels and post", "Food and catering", "Care and cleaning", "Shops and markets",
]

private let contracts = [
  Contract(
    name: "Bought, no service", share: 0.41, bikes: 1.6, revenue: 62, visits: 1.4, daysOff: 6.8, content: 6.6,
    left: 0.19,
    recommended: 0.17, late: 0.06, app: 0.28, asked: 0.44, trades: [0.34, 0.10, 0.24, 0.10, 0.22]),
  Contract(
    name: "Bought with service plan", share: 0.24, bikes: 2.3, revenue: 94, visits: 2.7, daysOff: 2.9, content: 7.6,
    left: 0.08,
    recommended: 0.33, late: 0.05, app: 0.46, asked: 0.48, trades: [0.30, 0.16, 0.20, 0.18, 0.16]),
  Contract(
    name: "Lease with service", share: 0.21, bikes: 5.8, revenue: 171, visits: 3.1, daysOff: 1.6, content: 8.0,
    left: 0.06,
    recommended: 0.38, late: 0.04, app: 0.71, asked: 0.62, trades: [0.16, 0.42, 0.10, 0.26, 0.06]),
  Contract(
    name: "Month by month", share: 0.132, bikes: 1.9, revenue: 118, visits: 1.9, daysOff: 3.6, content: 6.9, left: 0.37,
    recommended: 0.14, late: 0.19, app: 0.63, asked: 0.40, trades: [0.12, 0.22, 0.36, 0.08, 0.22]),
  Contract(
    name: "Pilot of the city", share: 0.008, bikes: 2.6, revenue: 40, visits: 2.4, daysOff: 3.0, content: 7.7,
    left: 0.12,
    recommended: 0.30, late: 0.0, app: 0.80, asked: 0.95, trades: [0.2, 0.2, 0.2, 0.2, 0.2]),
]

/// The maker's own file as its accounting system writes it: semicolons, decimal commas, gaps.
func customers() -> CSVFile {
  var draws = Draws(seed: 20_260_305)
  var file = CSVFile(
    [
      "client_no", "contract", "Trade", "Customer since", "Bikes", "Revenue per month", "Workshop visits",
      "Days off the road",
      "Content (1-10)", "Uses the app", "Paid late", "Recommended us", "Left within a year", "Last visit",
    ], separator: ";", decimal: ",")
  for number in 1...3048 {
    let contract = contracts[draws.index(contracts.map(\.share))]
    let trade = trades[draws.index(contract.trades)]
    // Visits and content go with days off the road, and leaving with both.
    let luck = draws.normal()
    let bikes = max(1, Int(draws.amount(contract.bikes, spread: 0.55).rounded()))
    let visits = max(0, contract.visits * (1 + 0.35 * draws.normal()) + 0.4 * luck)
    let daysOff = max(0, contract.daysOff * (1 + 0.30 * draws.normal()) + 1.3 * luck)
    let content = clamp(draws.normal(contract.content - 0.45 * luck, 1.2), 1, 10)
    let leaves = logistic(logOdds(contract.left) + 0.35 * luck - 0.3 * (content - contract.content))
    let revenue = Double(bikes) * draws.amount(contract.revenue, spread: 0.18)
    // Accounts opened before the system kept contracts.
    let name = draws.happens(0.004) ? "" : contract.name
    // The pilot asked everyone; others answer when they like.
    let hasContent = draws.happens(contract.asked)
    file.add([
      "K\(10_000 + number * 7)", name, trade, day(draws.whole(0...2190), from: (2019, 5, 2)), String(bikes),
      draws.happens(0.008) ? "" : file.number(revenue, decimals: 2), file.number(visits, decimals: 0),
      file.number(daysOff, decimals: 1), hasContent ? file.number(content, decimals: 0) : "",
      draws.happens(contract.app) ? "yes" : "no", draws.happens(contract.late) ? "1" : "0",
      draws.happens(logistic(logOdds(contract.recommended) + 0.35 * (content - contract.content))) ? "1" : "0",
      draws.happens(leaves) ? "1" : "0", visits < 0.5 ? "" : day(draws.whole(0...364), from: (2025, 5, 1)),
    ])
  }
  return file
}
