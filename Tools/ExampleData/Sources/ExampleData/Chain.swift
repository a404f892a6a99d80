/// Those who take part, in the order in which value is added.
func actors() -> CSVFile {
  var file = CSVFile(["actor", "role", "stage", "lane", "customer_kind", "own"])
  for row in [
    ["Motor and battery makers", "drives and cells", "1 Supply", "Makers", "", ""],
    ["Frame builders", "welded and painted frames", "1 Supply", "Makers", "", ""],
    ["Kestrow", "designs, builds and warrants cargo bikes", "2 Make", "Makers", "", "yes"],
    ["Dealers", "show, fit out and sell", "3 Sell and serve", "Go-betweens", "buyer, recommender", ""],
    [
      "Leasing companies", "buy fleets, lease them with service", "3 Sell and serve", "Go-betweens", "buyer, payer", "",
    ],
    ["Workshops", "repair every brand, are asked which to buy", "3 Sell and serve", "Go-betweens", "recommender", ""],
    ["City hall", "grants, and streets without vans by day", "4 Rule and advise", "Public", "influencer", ""],
    ["Trade guild", "advises its members", "4 Rule and advise", "Public", "recommender", ""],
    ["Trade businesses", "choose the bike and pay for it", "5 Work", "Those who work", "buyer, payer", ""],
    ["Riders", "ride it six hours a day", "5 Work", "Those who work", "user, influencer", ""],
    ["Households and shops", "get the work and the goods", "6 Live with it", "Public", "user, payer", ""],
  ] {
    file.add(row)
  }
  return file
}

/// What a flow was worth a year before; nil where it was not there. All others were as they are.
private let yearBefore: [String: String?] = [
  "cargo bikes": "4300", "wholesale price": "18.9", "cargo bikes in fleets": "1300", "fleet price": "5.4",
  "a bike fitted out for the trade": "4300", "price of a bike": "26.1", "bikes on lease": "1300",
  "monthly rates": "9.2", "service fees": "1.6", "repairs to contract": nil, "purchase grant": "6.0",
  "trips that replace a van": nil, "streets without vans": nil,
]

/// Who gives what to whom in a year, and the year before.
func flows() -> CSVFile {
  var file = CSVFile(["from", "to", "offering", "kind", "value", "unit", "period", "source", "wave"])
  func money(_ from: String, _ to: String, _ offering: String, _ value: String, _ source: String) -> [String] {
    [from, to, offering, "money", value, "m GBP", "year", source]
  }
  func soft(_ from: String, _ to: String, _ offering: String, _ kind: String, _ source: String) -> [String] {
    [from, to, offering, kind, "", "", "", source]
  }
  for row in [
    ["Motor and battery makers", "Kestrow", "drives and batteries", "product", "6300", "sets", "year", "transactions"],
    money("Kestrow", "Motor and battery makers", "price of drives", "9.8", "transactions"),
    ["Frame builders", "Kestrow", "frames", "product", "6250", "frames", "year", "transactions"],
    money("Kestrow", "Frame builders", "price of frames", "5.6", "transactions"),
    ["Kestrow", "Dealers", "cargo bikes", "product", "3900", "bikes", "year", "transactions"],
    money("Dealers", "Kestrow", "wholesale price", "17.2", "transactions"),
    ["Kestrow", "Leasing companies", "cargo bikes in fleets", "product", "2200", "bikes", "year", "transactions"],
    money("Leasing companies", "Kestrow", "fleet price", "9.4", "transactions"),
    ["Dealers", "Trade businesses", "a bike fitted out for the trade", "product", "3900", "bikes", "year", "desk"],
    money("Trade businesses", "Dealers", "price of a bike", "23.8", "desk"),
    ["Leasing companies", "Trade businesses", "bikes on lease", "product", "2200", "bikes", "year", "desk"],
    money("Trade businesses", "Leasing companies", "monthly rates", "15.9", "desk"),
    soft("Workshops", "Leasing companies", "repairs to contract", "service", "desk"),
    money("Leasing companies", "Workshops", "service fees", "3.1", "desk"),
    soft("Workshops", "Trade businesses", "repairs", "service", "desk"),
    money("Trade businesses", "Workshops", "repair bills", "6.9", "desk"),
    soft("Workshops", "Trade businesses", "which bike to buy", "trust", "judgement"),
    soft("Workshops", "Kestrow", "what breaks and why", "information", "judgement"),
    soft("Trade businesses", "Riders", "a bike instead of a van", "product", "judgement"),
    soft("Riders", "Trade businesses", "verdict on the trial ride", "influence", "survey"),
    soft("Trade businesses", "Households and shops", "work and goods on time", "service", "desk"),
    money("Households and shops", "Trade businesses", "call-out and delivery charges", "52.4", "desk"),
    money("City hall", "Trade businesses", "purchase grant", "4.2", "desk"),
    soft("City hall", "Trade businesses", "streets without vans", "influence", "desk"),
    soft("Households and shops", "City hall", "complaints about vans", "influence", "judgement"),
    soft("Trade guild", "Trade businesses", "advice on what to buy", "trust", "survey"),
    money("Trade businesses", "Trade guild", "membership", "0.6", "desk"),
    soft("Trade guild", "City hall", "what the trades need", "influence", "judgement"),
    soft("Kestrow", "City hall", "trips that replace a van", "information", "transactions"),
  ] {
    file.add(row + ["2025"])
    if let earlier = yearBefore[row[2], default: row[4]] {
      file.add(row[..<4] + [earlier] + row[5...] + ["2024"])
    }
  }
  // A flow that ended: dealers no longer take used vans in part payment.
  file.add([
    "Trade businesses", "Dealers", "used vans in part payment", "product", "820", "vans", "year", "desk", "2024",
  ])
  return file
}
