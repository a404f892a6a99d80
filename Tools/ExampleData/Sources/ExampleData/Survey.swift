let respondentCount = 912

func respondent(_ number: Int) -> String {
  let digits = String(number)
  return "R" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
}

/// Who ticks which words of which brand. A respondent sees the brands they know; some tick much, some little.
func perceptions() -> CSVFile {
  var draws = Draws(seed: 20_260_301)
  var file = CSVFile(["respondent", "brand"] + words.map(\.name))
  for number in 1...respondentCount {
    let halo = draws.normal(0, 0.6)
    // People who know one brand know others too.
    let awareness = draws.normal(0, 0.7)
    var known = brands.filter { brand in
      let odds = draws.uniform()
      return odds < logistic(logOdds(brand.known) + awareness)
    }
    if known.isEmpty { known = [brands[1]] }
    for brand in known {
      let liking = draws.normal(0, 0.45)
      var cells = words.map { draws.happens(logistic($0.odds(brand) + halo + liking)) ? "1" : "0" }
      // A page of the questionnaire that was skipped.
      if draws.happens(0.003) { cells[draws.whole(0...(cells.count - 1))] = "" }
      file.add([respondent(number), brand.name] + cells)
    }
  }
  return file
}

/// Scores by those who have used a bike of the brand: two brands each as a rule.
func scoresOfUsers() -> CSVFile {
  var draws = Draws(seed: 20_260_302)
  var file = CSVFile(["respondent", "brand"] + scores.map(\.name))
  for number in 1...respondentCount {
    let level = draws.normal(0, 0.7)
    var left = brands
    for _ in 0..<draws.pick([(0, 0.18), (1, 0.30), (2, 0.32), (3, 0.20)]) {
      let index = draws.index(left.map { $0.known * $0.known })
      let brand = left.remove(at: index)
      let liking = draws.normal(0, 0.5)
      var cells = scores.map { score in
        let value = score.odds(brand) + level + liking + draws.normal(0, 1.25)
        return file.number(clamp(value, 1, 10), decimals: 0)
      }
      if draws.happens(0.02) { cells[draws.whole(0...(cells.count - 2))] = "" }
      file.add([respondent(number), brand.name] + cells)
    }
  }
  return file
}

/// Repairs in a year by the part that failed.
func repairs() -> CSVFile {
  let parts = ["Tyres", "Brakes", "Chain and gears", "Motor", "Battery", "Electronics", "Frame and fork"]
  let usual = [0.27, 0.20, 0.19, 0.09, 0.11, 0.09, 0.05]
  // Times the usual share, brand by brand as in `brands`.
  let marks: [[Double]] = [
    [1.05, 0.90, 1.35, 0.85, 0.80, 0.75, 0.55], [1.00, 1.35, 1.05, 0.80, 1.00, 0.80, 1.50],
    [0.95, 0.90, 0.85, 1.10, 1.15, 1.25, 1.15], [0.85, 0.85, 0.75, 1.05, 1.10, 2.30, 0.75],
    [1.20, 1.15, 1.20, 0.95, 0.80, 0.60, 0.50], [0.90, 1.30, 0.95, 1.25, 1.30, 0.85, 2.10],
    [1.15, 1.05, 1.00, 0.90, 0.95, 0.95, 0.80], [1.15, 0.85, 0.80, 1.00, 1.05, 1.30, 0.40],
    [1.10, 1.10, 1.15, 0.95, 0.95, 0.55, 0.95],
  ]
  let tickets = [1460, 2890, 720, 980, 1130, 2240, 1010, 390, 170]
  var draws = Draws(seed: 20_260_303)
  var file = CSVFile(["brand"] + parts)
  for (brand, (mark, count)) in zip(brands, zip(marks, tickets)) {
    let weights = zip(usual, mark).map { $0 * $1 }
    var counts = [Int](repeating: 0, count: parts.count)
    for _ in 0..<count { counts[draws.index(weights)] += 1 }
    file.add([brand.name] + counts.map { String($0) })
  }
  return file
}
