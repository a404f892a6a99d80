/// How gladly people of three trades would ride each maker's bike, 0 to 10: a row a person, a column a brand. Each trade has a
/// bike in mind; the farther a brand is from it, the less it is liked. Brands a person does not know stay empty.
func preferences() -> CSVFile {
  struct Wish {
    var trade: String
    var share: Double
    var lasting: Double
    var care: Double
    var looks: Double
  }
  let wishes = [
    Wish(trade: "Building and repair", share: 0.42, lasting: 0.75, care: 0.55, looks: -0.5),
    Wish(trade: "Food and catering", share: 0.33, lasting: -0.55, care: 0.45, looks: -0.1),
    Wish(trade: "Shops and markets", share: 0.25, lasting: 0.15, care: -0.65, looks: 0.55),
  ]
  var draws = Draws(seed: 20_260_308)
  var file = CSVFile(["respondent", "trade"] + brands.map(\.name))
  for number in 1...420 {
    let wish = draws.pick(wishes.map { ($0, $0.share) })
    let (lasting, care) = (draws.normal(wish.lasting, 0.45), draws.normal(wish.care, 0.45))
    let looks = draws.normal(wish.looks, 0.3)
    let level = draws.normal(8.2, 0.8)
    let awareness = draws.normal(0.9, 0.7)
    let isSame = draws.happens(0.02)
    let cells = brands.map { brand -> String in
      guard draws.uniform() < logistic(logOdds(brand.known) + awareness) else { return "" }
      if isSame { return "5" }
      let (a, b, c) = (brand.lasting - lasting, brand.care - care, brand.looks - looks)
      let value = level - 1.5 * (a * a + b * b) - 0.5 * c * c + draws.normal(0, 0.9)
      return file.number(clamp(value, 0, 10), decimals: 0)
    }
    file.add([respondent(number), wish.trade] + cells)
  }
  return file
}
