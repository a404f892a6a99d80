/// How bikes reach those who ride them: volumes in bikes a year, and the share of what passes a node that is decided there.
func channels() -> CSVFile {
  var file = CSVFile(["stage", "node", "to", "volume", "decision_share"])
  for row in [
    ["Makers", "Kestrow", "Dealers", "3900", ""],
    ["Makers", "Kestrow", "Leasing companies", "2200", ""],
    ["Makers", "Large makers", "Dealers", "10600", ""],
    ["Makers", "Large makers", "Web shops", "7400", ""],
    ["Makers", "Large makers", "Leasing companies", "3800", ""],
    ["Makers", "Small makers", "Dealers", "2600", ""],
    ["Makers", "Small makers", "Web shops", "1500", ""],
    ["Sellers", "Dealers", "Workshops", "6900", "18"],
    ["Sellers", "Dealers", "Owners", "10200", "18"],
    ["Sellers", "Web shops", "Owners", "8900", "4"],
    ["Sellers", "Leasing companies", "Workshops", "4700", "31"],
    ["Sellers", "Leasing companies", "Fleet managers", "1300", "31"],
    ["Advice", "Workshops", "Owners", "8100", "57"],
    ["Advice", "Workshops", "Fleet managers", "3500", "57"],
    ["Businesses", "Owners", "", "27200", "65"],
    ["Businesses", "Fleet managers", "", "4800", "51"],
  ] {
    file.add(row)
  }
  return file
}

/// Bikes sold to businesses by maker, year and part of the market.
func sales() -> CSVFile {
  var file = CSVFile(["period", "player", "segment", "value", "unit"])
  /// Bikes in the first year, and the growth a year, for small businesses and for fleets.
  let makers: [(name: String, small: Double, smallGrowth: Double, fleets: Double, fleetGrowth: Double)] = [
    ("Brindlecart", 3900, 1.05, 900, 1.02), ("Dunnavar", 3300, 1.02, 500, 0.95), ("Kestrow", 3330, 1.04, 1400, 1.12),
    ("Ostrelle", 1500, 1.12, 500, 1.10), ("Pellomotive", 1300, 1.16, 700, 1.15), ("Quillhaul", 1000, 1.24, 700, 1.32),
    ("Tremmick", 1100, 1.01, 400, 1.00), ("Yarrowheim", 600, 1.08, 500, 1.11), ("Marrowby", 200, 1.20, 0, 1),
    ("Others", 1300, 1.00, 250, 1.00),
  ]
  var draws = Draws(seed: 20_260_306)
  for year in 2021...2025 {
    for maker in makers {
      let parts = [("Small businesses", maker.small, maker.smallGrowth), ("Fleets", maker.fleets, maker.fleetGrowth)]
      for (part, start, growth) in parts where start > 0 {
        var value = start
        for _ in 2021..<year { value *= growth }
        value *= 1 + 0.03 * draws.normal()
        file.add(["\(year)", maker.name, part, "\(Int((value / 10).rounded()) * 10)", "bikes"])
      }
    }
  }
  return file
}

/// What three managers think of our strength with each kind of business, from 1 to 5.
func strengths() -> CSVFile {
  var file = CSVFile(["segment", "criterion", "side", "weight", "score", "judge"])
  let criteria: [(name: String, weight: String, scores: [(segment: String, score: Int)])] = [
    (
      "Our product fits", "3",
      [("Uptime first", 4), ("Count the cost", 2), ("A good ride", 3), ("Green and seen", 4), ("Van by heart", 1)]
    ),
    (
      "Our service reaches them", "3",
      [("Uptime first", 3), ("Count the cost", 2), ("A good ride", 3), ("Green and seen", 3), ("Van by heart", 2)]
    ),
    (
      "They know and trust us", "2",
      [("Uptime first", 4), ("Count the cost", 3), ("A good ride", 2), ("Green and seen", 4), ("Van by heart", 2)]
    ),
  ]
  var draws = Draws(seed: 20_260_307)
  for judge in ["Sales", "Service", "Product"] {
    for criterion in criteria {
      for (segment, score) in criterion.scores {
        let slip = draws.uniform()
        let seen = min(5, max(1, score + (slip < 0.15 ? -1 : slip > 0.85 ? 1 : 0)))
        file.add([segment, criterion.name, "strength", criterion.weight, "\(seen)", judge])
      }
    }
  }
  return file
}
