private let trades = ["Building", "Parcels", "Catering", "Care", "Shops"]
private let sources = [("Fair", 0.22), ("Web form", 0.40), ("Dealer", 0.23), ("Recommended", 0.15)]

/// Addresses the maker knows, half of them drawn by lot and offered a bike for a week; who asked for a quote within eight
/// weeks. A recommendation and an earlier quote go with asking, time and distance go against it; the week moves those who are
/// near a dealer and new, and puts off a few who had made up their minds.
func trialOffer() -> CSVFile {
  var draws = Draws(seed: 20_260_417)
  var file = CSVFile([
    "address", "Trade", "Source", "Staff", "Months since contact", "Km to a dealer", "Had a quote", "Offer", "Quote",
  ])
  for number in 1...3_600 {
    let trade = draws.index([0.24, 0.20, 0.22, 0.16, 0.18])
    let source = draws.pick(sources.map { ($0.0, $0.1) })
    let staff = max(1, Int(draws.amount(7, spread: 0.8).rounded()))
    let months = draws.whole(0...30)
    let distance = Int(min(80, draws.amount(14, spread: 0.7)).rounded())
    let hadQuote = draws.happens(0.18)
    let isOffered = draws.happens(0.5)
    var odds = -1.9 - 0.06 * Double(months) - 0.018 * Double(distance)
    odds += source == "Recommended" ? 1.1 : source == "Fair" ? 0.3 : 0
    odds += [0.1, 0.45, -0.3, 0.3, -0.4][trade]
    odds += hadQuote ? 0.9 : 0
    if isOffered { odds += hadQuote ? -0.5 : distance <= 14 ? 1.6 : 0 }
    file.add([
      "A\(20_000 + number * 3)", trades[trade], source, String(staff), String(months), String(distance),
      hadQuote ? "1" : "0", isOffered ? "week" : "none", draws.happens(logistic(odds)) ? "yes" : "no",
    ])
  }
  return file
}
