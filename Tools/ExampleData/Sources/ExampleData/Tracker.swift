/// The same ten words asked every second year, of other people each time: four brands each.
///
/// Since 2022 Quillhaul has opened workshops and is seen as looked after more and more; Yarrowheim has become a brand for show.
/// Nobody else moves.
func tracker() -> CSVFile {
  var draws = Draws(seed: 20_260_307)
  var file = CSVFile(["respondent", "year", "brand"] + words.map(\.name))
  var number = 0
  for (wave, year) in [2022, 2024, 2026].enumerated() {
    for _ in 0..<150 {
      number += 1
      let halo = draws.normal(0, 0.5)
      var left = brands
      for _ in 0..<4 {
        var brand = left.remove(at: draws.index(left.map { 0.4 + $0.known }))
        let back = Double(2 - wave)
        if brand.name == "Quillhaul" {
          brand.care -= 0.75 * back
          brand.own = [:]
        }
        if brand.name == "Yarrowheim" {
          brand.looks -= 0.2 * back
          brand.care += 0.45 * back
        }
        let cells = words.map { draws.happens(logistic($0.odds(brand) + halo)) ? "1" : "0" }
        file.add(["T\(1000 + number)", "\(year)", brand.name] + cells)
      }
    }
  }
  return file
}

/// Where six people of the maker put the brands, from 1 to 10: they know how long bikes last, and think well of their own
/// workshops.
func judgements() -> CSVFile {
  var draws = Draws(seed: 20_260_308)
  var file = CSVFile(["judge", "brand", "Lasts for years", "Looked after"])
  for judge in ["Sales", "Service", "Product", "Finance", "Marketing", "Works"] {
    let (generous, kind) = (draws.normal(0, 0.4), draws.normal(0, 0.4))
    for brand in brands {
      let care = brand.name == "Kestrow" ? 1.0 : brand.care * 0.7
      file.add([
        judge, brand.name,
        file.number(clamp(5.6 + 2.4 * brand.lasting + generous + draws.normal(0, 0.7), 1, 10), decimals: 0),
        file.number(clamp(5.5 + 2.2 * care + kind + draws.normal(0, 1), 1, 10), decimals: 0),
      ])
    }
  }
  return file
}

/// What the maker would like to say to four kinds of trades: one promise that is not kept yet, one without proof.
func statements() -> CSVFile {
  var file = CSVFile([
    "segment", "target", "need", "pain_point", "brand", "category", "benefit", "basis", "alternative", "difference",
    "proof",
    "attribute",
  ])
  file.add([
    "Uptime first", "trades whose day stops when the bike stops", "a bike that is back the same day",
    "A bike that waits for a part for a week", "Kestrow", "cargo bike", "is repaired within a day", "functional",
    "Quillhaul",
    "lasts longer between repairs", "Parts on the shelf in two districts", "Repaired within a day",
  ])
  file.add([
    "Count the cost", "trades that compare cost over years", "a bike that pays for itself",
    "Three cheap bikes in five years",
    "Kestrow", "cargo bike", "lasts for years", "functional", "Brindlecart", "costs less a year over ten years",
    "Repair tickets by age of the bike", "Lasts for years",
  ])
  file.add([
    "A good ride", "firms whose riders complain", "riders who like to get on", "Sick days after wet weeks", "Kestrow",
    "cargo bike",
    "is easy to ride", "experiential", "Ostrelle", "carries more at the same ease", "", "Easy to ride",
  ])
  file.add([
    "Green and seen", "firms that want to be seen doing good", "a bike that carries their name",
    "A van fleet that customers ask about",
    "Kestrow", "cargo bike", "carries heavy loads under your name", "symbolic", "the vans they have",
    "shows that work goes without vans",
    "Forty fleets in their own colours", "Carries heavy loads",
  ])
  return file
}
