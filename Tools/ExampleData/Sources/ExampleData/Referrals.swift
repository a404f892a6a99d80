import Glibc

/// A year of referrals as the maker's customer system counts them: whom a customer brought, and who would have come anyway.
func referrals() -> CSVFile {
  var draws = Draws(seed: 20_260_311)
  var file = CSVFile([
    "customer", "referrals_type1", "referrals_type2", "margin", "referral_cost", "acquisition_cost", "clv",
  ])
  for number in 1...640 {
    // Those who bring others are mostly not those who buy most.
    let brings = draws.happens(0.23)
    let isFleet = draws.happens(0.18)
    let worth = draws.amount(isFleet ? 9400 : 2100, spread: 0.55) * (brings ? 0.8 : 1.05)
    let first = brings ? 1 + draws.whole(0...2) : 0
    let second = draws.happens(brings ? 0.4 : 0.08) ? 1 : 0
    file.add([
      "R\(20_000 + number * 3)", "\(first)", "\(second)",
      first > 0 ? file.number(draws.amount(310, spread: 0.3), decimals: 0) : "0",
      first > 0 ? "40" : "0", "190", file.number(worth, decimals: 0),
    ])
  }
  return file
}
