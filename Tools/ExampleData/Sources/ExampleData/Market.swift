/// A brand of the invented market and how it is meant to be seen.
struct Brand {
  var name: String
  /// Share of respondents who know it.
  var known: Double
  /// Cheap and near (−) to made to last (+).
  var lasting: Double
  /// Technology and show (−) to looked after (+).
  var care: Double
  /// Work horse (−) to good looks (+).
  var looks: Double
  /// What the three do not say: log odds by attribute.
  var own: [String: Double] = [:]
}

let brands = [
  Brand(
    name: "Kestrow", known: 0.71, lasting: 1.00, care: -0.70, looks: -0.45,
    own: ["Repaired within a day": -0.40, "Clever technology": -0.45, "Looks good": -0.35]),
  Brand(name: "Brindlecart", known: 0.86, lasting: -1.00, care: 0.05, looks: 0.10, own: ["Easy to get": 0.3]),
  Brand(name: "Ostrelle", known: 0.66, lasting: -0.05, care: -0.55, looks: 0.80),
  Brand(name: "Pellomotive", known: 0.62, lasting: -0.05, care: -1.10, looks: 0.15, own: ["Clever technology": 0.3]),
  Brand(name: "Tremmick", known: 0.57, lasting: 0.30, care: 0.20, looks: -0.95),
  Brand(name: "Dunnavar", known: 0.74, lasting: -1.30, care: -0.50, looks: -0.15, own: ["Easy to get": 0.2]),
  Brand(
    name: "Quillhaul", known: 0.53, lasting: 0.50, care: 1.25, looks: 0.00,
    own: ["Repaired within a day": 0.30, "Easy to get": 0.20, "Low price": -0.2]),
  Brand(name: "Yarrowheim", known: 0.44, lasting: 1.10, care: 0.10, looks: 0.35, own: ["Low price": -0.2]),
  Brand(
    name: "Marrowby", known: 0.24, lasting: 0.35, care: 1.00, looks: 0.30,
    own: ["Easy to get": -0.5, "Honest advice": 0.3]),
]

/// Something that may be said of a brand: log odds for an average brand, and how it goes with the three contrasts.
struct Word {
  var name: String
  var base: Double
  var lasting: Double
  var care: Double
  var looks: Double

  func odds(_ brand: Brand) -> Double {
    base + lasting * brand.lasting + care * brand.care + looks * brand.looks + brand.own[name, default: 0]
  }
}

let words = [
  Word(name: "Low price", base: -1.05, lasting: -1.20, care: 0.00, looks: -0.10),
  Word(name: "Easy to get", base: -0.55, lasting: -0.65, care: 0.20, looks: 0.10),
  Word(name: "Repaired within a day", base: -0.95, lasting: 0.00, care: 1.05, looks: -0.10),
  Word(name: "Lasts for years", base: -0.70, lasting: 0.95, care: 0.00, looks: -0.30),
  Word(name: "Carries heavy loads", base: -0.60, lasting: 0.40, care: -0.10, looks: -0.85),
  Word(name: "Easy to ride", base: -0.45, lasting: -0.05, care: -0.15, looks: 0.40),
  Word(name: "Looks good", base: -0.95, lasting: 0.10, care: -0.60, looks: 0.80),
  Word(name: "Good for our image", base: -0.85, lasting: 0.35, care: -0.25, looks: 0.60),
  Word(name: "Clever technology", base: -1.05, lasting: 0.15, care: -0.85, looks: 0.10),
  Word(name: "Honest advice", base: -1.00, lasting: 0.10, care: 0.85, looks: 0.00),
]

/// Scores from 1 to 10, by the same contrasts.
let scores = [
  Word(name: "Service", base: 6.2, lasting: 0.20, care: 0.95, looks: -0.05),
  Word(name: "Durability", base: 6.5, lasting: 1.10, care: 0.05, looks: -0.20),
  Word(name: "Value for money", base: 6.3, lasting: -0.75, care: 0.20, looks: -0.15),
  Word(name: "Payload", base: 6.6, lasting: 0.35, care: 0.00, looks: -0.80),
  Word(name: "Ride", base: 6.6, lasting: 0.20, care: -0.20, looks: 0.45),
  Word(name: "Design", base: 6.0, lasting: 0.25, care: -0.50, looks: 0.75),
  Word(name: "Technology", base: 6.0, lasting: 0.25, care: -0.85, looks: 0.15),
  Word(name: "Overall", base: 6.5, lasting: 0.60, care: 0.45, looks: 0.05),
]
