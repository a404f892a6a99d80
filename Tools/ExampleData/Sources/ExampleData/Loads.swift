/// A kind of use: how likely each load is carried by bike in a month.
private struct Use {
  var share: Double
  var chances: [Double]
  var trips: Double
}

private let loads = [
  "Parcels", "Tools", "Building material", "Bread and meals", "Groceries", "Flowers", "Linen", "Medicine", "Waste",
  "Children",
]

private let uses = [
  // Craftsmen.
  Use(share: 0.34, chances: [0.16, 0.93, 0.66, 0.03, 0.05, 0.02, 0.03, 0.02, 0.34, 0.04], trips: 22),
  // Deliverers.
  Use(share: 0.28, chances: [0.95, 0.08, 0.04, 0.22, 0.18, 0.10, 0.08, 0.24, 0.02, 0.01], trips: 61),
  // Fresh goods.
  Use(share: 0.23, chances: [0.20, 0.04, 0.02, 0.84, 0.78, 0.42, 0.14, 0.05, 0.21, 0.05], trips: 38),
  // Care.
  Use(share: 0.15, chances: [0.14, 0.12, 0.02, 0.20, 0.30, 0.05, 0.76, 0.70, 0.10, 0.36], trips: 17),
]

/// `loads.csv`: a row a business that owns a cargo bike, what it carried last month (1 or 0), and its trips.
func loadsCarried() -> CSVFile {
  var draws = Draws(seed: 20_260_611)
  var file = CSVFile(["respondent"] + loads + ["Trips in the month"])
  for respondent in 1...420 {
    let use = uses[draws.index(uses.map(\.share))]
    var row = [String(respondent)]
    for chance in use.chances {
      let answer = draws.happens(chance) ? "1" : "0"
      row.append(draws.happens(0.02) ? "" : answer)
    }
    row.append(file.number(clamp(draws.amount(use.trips, spread: 0.5), 1, 300), decimals: 0))
    file.add(row)
  }
  return file
}
