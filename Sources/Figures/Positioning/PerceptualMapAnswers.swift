import Graphics
import ValueModels

/// Maps of answers (multiple correspondence): each question has a hue and a shape, and answers in an order are joined.
extension PerceptualMap {
  /// A question with its answers.
  struct Variable {
    var name: String
    var isOrdered: Bool
    /// Places among `attributes`, in the order of the answers.
    var levels: [Int]
    /// The answers' labels do not tell the question.
    var needsKey: Bool
  }

  var isOfAnswers: Bool { method == "multiple-correspondence" }

  /// The names of the axes in the findings, by the labels that the figure prints.
  func axisNames(_ table: FindingsTable?) -> [AxisPoles] {
    guard let table else { return [] }
    func end(_ side: String, _ row: [Value]) -> AxisPoles.End {
      let names = ["\(side)_1", "\(side)_2"].compactMap { table.index(of: $0).flatMap { row[$0].text } }
      let strong = table.index(of: "\(side)_strong").flatMap { row[$0].number } ?? 0
      return AxisPoles.End(
        names: names.map { name in attributes.first { $0.name == name }?.label ?? name }, strong: Int(strong))
    }
    return table.rows.map { AxisPoles(low: end("negative", $0), high: end("positive", $0)) }
  }

  /// Groups the answers by question and shortens their labels: an answer that is a word found in one question only needs
  /// no more; numbers, yes and no do.
  mutating func readAnswers(_ findings: Findings) {
    guard isOfAnswers, let table = findings.table("attributes"), table.index(of: "variable") != nil else { return }
    let texts = zip(zip(table.texts("variable"), table.texts("level")), table.texts("attribute"))
    for ((variable, level), name) in texts {
      guard let at = attributes.firstIndex(where: { $0.name == name }) else { continue }
      attributes[at].variable = variable
      attributes[at].level = level
    }
    let short = ["yes", "no", "true", "false", "none", "other", "no answer"]
    func isClear(_ level: String) -> Bool {
      level.unicodeScalars.contains { $0.properties.isAlphabetic } && level.count > 1
        && !short.contains(level.lowercased())
        && attributes.count { $0.level == level } == 1 && !brands.contains { $0.name == level }
    }
    let ordered = findings.table("variables").map { zip($0.texts("variable"), $0.values("ordered")) }
    var seen: [String] = []
    for place in attributes { if let name = place.variable, !seen.contains(name) { seen.append(name) } }
    variables = seen.map { name in
      let levels = attributes.indices.filter { attributes[$0].variable == name }
      let areClear = levels.allSatisfy { isClear(attributes[$0].level ?? "") }
      return Variable(
        name: name.contains(" ") ? name : name.replacing("_", with: " "),
        isOrdered: ordered?.contains { $0.0 == name && $0.1 == .truth(true) } ?? false, levels: levels,
        needsKey: areClear)
    }
    for variable in variables {
      for at in variable.levels {
        let level = attributes[at].level ?? attributes[at].name
        attributes[at].label = variable.needsKey ? level : "\(variable.name): \(level)"
      }
    }
  }

  func variable(of attribute: Int) -> Int? { variables.firstIndex { $0.levels.contains(attribute) } }
}

extension PerceptualMapPainter {
  /// Blue is for brands, so hues begin with the second.
  func colour(variable: Int) -> Colour {
    let hues = [1, 2, 3, 4, 6, 5, 7].filter { $0 < context.theme.hues.count }
    guard !hues.isEmpty else { return context.theme.ink }
    return context.theme.hues[hues[variable % hues.count]]
  }

  func colour(attribute: Int) -> Colour? { map.variable(of: attribute).map { colour(variable: $0) } }

  /// Lines through answers in their order, then the answers.
  var answers: [Mark] {
    var marks: [Mark] = []
    for (at, variable) in map.variables.enumerated() where variable.isOrdered && variable.levels.count > 1 {
      marks.append(
        .group(
          name: variable.name,
          [
            .path(
              .polyline(variable.levels.map { layout.attributePoints[$0] }, closed: false), fill: nil,
              stroke: Stroke(Paint(colour(variable: at), opacity: 0.45), width: 1.1), role: .vector)
          ]))
    }
    for (i, place) in map.attributes.enumerated() {
      let variable = map.variable(of: i) ?? 0
      let paint = Paint(colour(variable: variable), opacity: place.isPoorlyShown ? 0.5 : 1)
      marks.append(
        .group(
          name: place.name,
          [symbol(variable, layout.attributePoints[i], 4.2, paint, isOpen: place.isSupplementary, role: .vector)]))
    }
    return marks
  }

  private func symbol(
    _ variable: Int, _ c: Point, _ r: Double, _ paint: Paint, isOpen: Bool, role: Role
  ) -> Mark {
    func polygon(_ points: [(Double, Double)]) -> Path {
      .polyline(points.map { Point(c.x + $0.0 * r, c.y + $0.1 * r) }, closed: true)
    }
    let path: Path =
      switch variable % 6 {
      case 0: Path.rectangle(Rect(x: c.x - 0.85 * r, y: c.y - 0.85 * r, width: 1.7 * r, height: 1.7 * r))
      case 1: polygon([(0, -1.15), (1.05, 0.75), (-1.05, 0.75)])
      case 2: polygon([(0, 1.15), (1.05, -0.75), (-1.05, -0.75)])
      case 3: polygon([(-0.5, -0.95), (0.5, -0.95), (1.05, 0), (0.5, 0.95), (-0.5, 0.95), (-1.05, 0)])
      case 4: polygon([(-1.1, -0.5), (1.1, -0.5), (1.1, 0.5), (-1.1, 0.5)])
      default:
        polygon([
          (-0.4, -1), (0.4, -1), (0.4, -0.4), (1, -0.4), (1, 0.4), (0.4, 0.4), (0.4, 1), (-0.4, 1), (-0.4, 0.4),
          (-1, 0.4), (-1, -0.4), (-0.4, -0.4),
        ])
      }
    return isOpen
      ? .path(path, fill: Paint(context.theme.paper), stroke: Stroke(paint, width: 1.4), role: role)
      : .path(path, fill: paint, stroke: Stroke(context.theme.paper, width: 0.6), role: role)
  }

  /// Questions whose answers stand without them: sign and name, in rows below the plot.
  func questions(below top: Double) -> (marks: [Mark], bottom: Double) {
    guard map.variables.contains(where: \.needsKey) else { return ([], top) }
    let font = frame.smallFont
    let right = context.width.pixels - Frame.margin
    let step = context.measurer.measure("X", font).height * 1.25
    var (x, y) = (Frame.margin, top + 12 + step / 2)
    var marks: [Mark] = []
    for (at, variable) in map.variables.enumerated() where variable.needsKey {
      let word = context.measurer.lines(variable.name, font, width: right - Frame.margin - 16, limit: 1).first ?? ""
      let width = 14 + context.measurer.measure(word, font).width
      if x > Frame.margin, x + width > right {
        x = Frame.margin
        y += step
      }
      marks.append(
        symbol(
          at, Point(x + 5, y), 4.2, Paint(colour(variable: at)),
          isOpen: variable.levels.allSatisfy { map.attributes[$0].isSupplementary }, role: .legend))
      marks.append(
        context.label(word, font, Paint(colour(variable: at)), x: x + 14, middle: y, role: .legend))
      x += width + 18
    }
    return (marks, y + step / 2)
  }
}
