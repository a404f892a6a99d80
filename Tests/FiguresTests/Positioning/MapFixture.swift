import Figures
import Formats
import Graphics
import ValueModels

/// An invented market of 31 brands named after birds: the correspondence analysis of a random table, computed with
/// numpy's singular value decomposition and rounded to four digits, three of its six dimensions kept.
enum MapFixture {
  struct Row {
    var name: String
    var x: Double
    var y: Double
    var principal: [Double]
    var mass: Double
    var quality: Double
    var contributions: [Double]

    init(
      _ name: String, _ x: Double, _ y: Double, _ principal: [Double], _ mass: Double, _ quality: Double,
      _ contributions: [Double]
    ) {
      self.name = name
      self.x = x
      self.y = y
      self.principal = principal
      self.mass = mass
      self.quality = quality
      self.contributions = contributions
    }
  }

  static let brands: [Row] = [
    Row("Kestrel", -0.4983, -0.1128, [-0.4983, -0.1128, -0.2106], 0.0273, 0.8491, [6.1431, 0.6523, 11.9951]),
    Row("Heron", -0.505, -0.1115, [-0.505, -0.1115, -0.2099], 0.0277, 0.8546, [6.4023, 0.6465, 12.1]),
    Row("Plover", 0.0479, -0.1356, [0.0479, -0.1356, 0.0176], 0.0519, 0.9724, [0.108, 1.7909, 0.1594]),
    Row("Lapwing", -0.2568, 0.3313, [-0.2568, 0.3313, 0.0049], 0.1225, 0.9633, [7.3311, 25.2735, 0.0288]),
    Row("Dunlin", -0.0535, -0.2044, [-0.0535, -0.2044, 0.0438], 0.016, 0.9339, [0.0415, 1.2556, 0.3045]),
    Row("Curlew", -0.3775, -0.2331, [-0.3775, -0.2331, 0.0157], 0.02, 0.9795, [2.5879, 2.0443, 0.0491]),
    Row("Godwit", -0.2137, -0.0666, [-0.2137, -0.0666, -0.0204], 0.0344, 0.8603, [1.4253, 0.2864, 0.1415]),
    Row("Avocet", 0.0227, 0.2523, [0.0227, 0.2523, 0.1445], 0.0184, 0.6104, [0.0086, 2.202, 3.8143]),
    Row("Whimbrel", 0.4115, 0.4713, [0.4115, 0.4713, 0.0461], 0.0318, 0.9799, [4.8897, 13.2914, 0.6718]),
    Row("Sandpiper", 0.5248, 0.354, [0.5248, 0.354, -0.0225], 0.0284, 0.9598, [7.0831, 6.6759, 0.1418]),
    Row("Ruff", -0.0407, -0.1914, [-0.0407, -0.1914, 0.0884], 0.027, 0.7173, [0.0405, 1.8596, 2.0912]),
    Row("Knot", -0.2841, -0.2487, [-0.2841, -0.2487, -0.0076], 0.0414, 0.859, [3.03, 4.8112, 0.0235]),
    Row("Turnstone", -0.3086, -0.1861, [-0.3086, -0.1861, 0.0326], 0.0285, 0.9445, [2.4599, 1.8534, 0.2995]),
    Row("Oystercatcher", 0.0346, 0.2145, [0.0346, 0.2145, 0.1145], 0.0441, 0.6796, [0.048, 3.8101, 5.7357]),
    Row("Redshank", 0.3181, -0.2243, [0.3181, -0.2243, 0.1176], 0.0193, 0.8752, [1.7756, 1.8297, 2.6534]),
    Row("Greenshank", 0.6512, 0.1659, [0.6512, 0.1659, -0.1853], 0.0447, 0.9268, [17.2071, 2.3151, 15.2347]),
    Row("Snipe", 0.4484, -0.1387, [0.4484, -0.1387, -0.0804], 0.0098, 0.9353, [1.7888, 0.3544, 0.6287]),
    Row("Woodcock", -0.3868, -0.2885, [-0.3868, -0.2885, -0.0089], 0.0142, 0.9548, [1.9328, 2.227, 0.0111]),
    Row("Phalarope", 0.4644, -0.2162, [0.4644, -0.2162, -0.067], 0.0374, 0.9577, [7.3052, 3.2806, 1.6635]),
    Row("Stint", 0.6194, -0.1549, [0.6194, -0.1549, -0.0922], 0.0215, 0.9599, [7.4801, 0.9689, 1.8113]),
    Row("Sanderling", -0.2442, 0.026, [-0.2442, 0.026, 0.0442], 0.0376, 0.8629, [2.0351, 0.0478, 0.7278]),
    Row("Dotterel", -0.164, -0.0901, [-0.164, -0.0901, 0.1731], 0.0314, 0.4774, [0.7671, 0.4794, 9.3489]),
    Row("Bittern", -0.0118, -0.0067, [-0.0118, -0.0067, 0.0553], 0.0515, 0.0078, [0.0065, 0.0043, 1.5586]),
    Row("Egret", -0.355, 0.0685, [-0.355, 0.0685, -0.1213], 0.047, 0.8799, [5.3766, 0.4146, 6.8679]),
    Row("Spoonbill", -0.0638, -0.0378, [-0.0638, -0.0378, -0.0193], 0.0497, 0.168, [0.1837, 0.1335, 0.184]),
    Row("Crane", 0.5472, -0.298, [0.5472, -0.298, -0.1384], 0.0262, 0.9031, [7.1152, 4.372, 4.9793]),
    Row("Corncrake", -0.0054, -0.1329, [-0.0054, -0.1329, 0.0301], 0.0176, 0.731, [0.0005, 0.5842, 0.1581]),
    Row("Moorhen", 0.3371, -0.2918, [0.3371, -0.2918, 0.0486], 0.0185, 0.9693, [1.9108, 2.9666, 0.4348]),
    Row("Coot", 0.3043, -0.2713, [0.3043, -0.2713, 0.117], 0.0164, 0.902, [1.3766, 2.2664, 2.2255]),
    Row("Grebe", 0.1215, 0.375, [0.1215, 0.375, 0.0938], 0.0188, 0.7756, [0.2521, 4.9696, 1.6433]),
    Row("Eider", 0.3326, -0.4233, [0.3326, -0.4233, 0.2569], 0.0188, 0.7767, [1.8874, 6.333, 12.3127]),
  ]

  static let attributes: [Row] = [
    Row("fuel_economy", -0.3548, -0.3762, [-0.3176, -0.2339, -0.0282], 0.1376, 0.9156, [12.5895, 14.1493, 1.0887]),
    Row("innovation", -0.1648, 0.4161, [-0.1448, 0.254, 0.0707], 0.1428, 0.8303, [2.7172, 17.3115, 7.0808]),
    Row("performance", 0.2974, -0.1487, [0.2719, -0.0944, 0.0464], 0.132, 0.7904, [8.8474, 2.2117, 2.8207]),
    Row("quality", 0.1119, -0.3869, [0.1036, -0.2491, 0.1853], 0.1285, 0.636, [1.2513, 14.9724, 43.7474]),
    Row("safety", 0.1484, 0.6878, [0.1247, 0.4017, 0.0003], 0.156, 0.9536, [2.2017, 47.3079, 0.0001]),
    Row("style", 0.6067, -0.1915, [0.5372, -0.1178, -0.1499], 0.1407, 0.919, [36.8145, 3.6672, 31.351]),
    Row("value", -0.5965, -0.0617, [-0.4914, -0.0353, -0.0929], 0.1625, 0.9482, [35.5784, 0.3801, 13.9113]),
  ]

  static let eigenvalues = [0.110265, 0.05322, 0.010082, 0.004989, 0.003419, 0.001471]
  static let base = 7442

  /// The findings as the analysis makes them; `own` may be nil.
  static func findings(
    own: String? = "Curlew", scaling: String = "brand-principal", method: String = "correspondence",
    brands: [Row] = brands, attributes: [Row] = attributes, isLine: Bool = false
  ) -> Findings {
    var settings = [
      Method.NamedSetting("method", .text(method)), Method.NamedSetting("scaling", .text(scaling)),
    ]
    if let own { settings.append(Method.NamedSetting("own", .text(own))) }
    var findings = Findings(
      id: "brand-map", type: "perceptual-map", title: "How buyers see the brands",
      method: Method(summary: "Correspondence analysis of an invented table", settings: settings))
    findings.facts = [Fact("brands", brands.count), Fact("base", base)]
    findings.data = [DataUse(name: "ratings", rows: 31, used: 31, sha256: "", source: .survey, collected: "2026-04")]
    let percents = isLine ? [100] : eigenvalues.map { 100 * $0 / eigenvalues.reduce(0, +) }
    var dimensions = FindingsTable(
      "dimensions", title: "Dimensions",
      columns: [.init("dimension"), .init("eigenvalue"), .init("percent", .percent), .init("cumulative", .percent)])
    var sum = 0.0
    for (d, percent) in percents.enumerated() {
      sum += percent
      dimensions.add([.integer(d + 1), Value(eigenvalues[d]), Value(percent), Value(sum)])
    }
    findings.tables = [
      dimensions, table("brands", "brand", brands, isLine), table("attributes", "attribute", attributes, isLine),
    ]
    return findings
  }

  private static func table(_ name: String, _ noun: String, _ rows: [Row], _ isLine: Bool) -> FindingsTable {
    let count = isLine ? 1 : rows.map(\.principal.count).min() ?? 0
    var columns: [FindingsTable.Column] = [.init(noun, .text), .init("x"), .init("y")]
    columns += (0..<count).map { .init("dim_\($0 + 1)") }
    columns += [.init("mass"), .init("inertia"), .init("quality", .share)]
    columns += (0..<count).map { .init("contribution_\($0 + 1)", .percent) }
    columns += [.init("base", .integer), .init("supplementary", .truth)]
    var table = FindingsTable(name, title: name, columns: columns)
    for row in rows {
      var values: [Value] = [.text(row.name), Value(row.x), isLine ? .missing : Value(row.y)]
      values += row.principal.prefix(count).map { Value($0) }
      values += [Value(row.mass), .missing, Value(row.quality)]
      values += row.contributions.prefix(count).map { Value($0) }
      table.add(values + [.missing, .truth(false)])
    }
    return table
  }

  static func context(_ findings: Findings, _ width: FigureWidth = .normal) -> FigureContext {
    FigureContext(findings: findings, language: .british, width: width, measurer: FixedWidthMeasurer())
  }
}
