import Statistics

extension PreferenceGroups {
  /// A row a segment: its model, its point or direction and how well they hold.
  func table(_ plane: PreferencePlane, _ settings: PreferenceSettings) -> FindingsTable {
    var table = FindingsTable(
      "preferences",
      title: "Preferences on the map: model, ideal point (for a vector the direction, length 1) and fit",
      columns: [
        .init("segment", .text), .init("model", .text), .init("kind", .text), .init("x"), .init("y"),
        .init("inside", .truth), .init("direction_x"), .init("direction_y"), .init("r_squared", .share),
        .init("adjusted_r_squared", .share), .init("f"), .init("degrees", .integer),
        .init("residual_degrees", .integer),
        .init("p_value", .probability), .init("significant", .truth), .init("brands", .integer),
        .init("base", .integer),
        .init("intercept"), .init("b_x"), .init("b_y"), .init("b_xx"), .init("b_yy"), .init("b_xy"),
      ])
    for group in groups {
      var row: [Value] = [.text(group.name)]
      if let model = group.model, let surface = group.surface, let test = group.test {
        let shape = plane.shape(surface)
        let direction = plane.direction(surface)
        let isVector = shape.kind == .vector
        let rSquared = group.fits.rSquared(model)
        let n = Double(group.brands.count)
        let adjusted = 1 - (1 - rSquared) * (n - 1) / Double(test.residualDegrees)
        row += [
          .text(model.rawValue), .text(shape.kind.rawValue),
          Value(isVector ? direction?.x : shape.x), Value(isVector ? direction?.y : shape.y),
          isVector ? .missing : .truth(plane.hull.contains(shape.x, shape.y)),
          Value(direction?.x), Value(direction?.y), Value(rSquared), Value(adjusted), Value(test.f),
          .integer(test.degrees), .integer(test.residualDegrees), Value(test.pValue),
          .truth(test.pValue < settings.level),
        ]
      } else {
        row += [.missing, .text("none")] + [Value](repeating: .missing, count: 12)
      }
      row += [.integer(group.brands.count), group.base.map { .integer($0) } ?? .missing]
      let coefficients = group.surface.map { plane.coefficients($0) }
      row += (0..<6).map { k in Value(coefficients?[k]) }
      table.add(row)
    }
    return table
  }

  /// A row a segment and model: its fit, and the test against the next simpler one.
  func testsTable(_ settings: PreferenceSettings) -> FindingsTable {
    var table = FindingsTable(
      "model_tests", title: "Models of preference: fit, and whether each is better than the next simpler one",
      columns: [
        .init("segment", .text), .init("model", .text), .init("parameters", .integer), .init("brands", .integer),
        .init("residual_degrees", .integer), .init("r_squared", .share), .init("f"), .init("p_value", .probability),
        .init("against", .text), .init("nested_f"), .init("nested_p_value", .probability), .init("chosen", .truth),
      ])
    for group in groups where !group.isConstant {
      var simpler: PreferenceModel?
      for model in PreferenceModel.allCases {
        let test = group.fits.test(model)
        let nested = simpler.flatMap { group.fits.test(model, against: $0) }
        table.add([
          .text(group.name), .text(model.rawValue), .integer(model.parameters), .integer(group.brands.count),
          .integer(group.brands.count - model.parameters), test == nil ? .missing : Value(group.fits.rSquared(model)),
          Value(test?.f), Value(test?.pValue), Value(simpler?.rawValue), Value(nested?.f), Value(nested?.pValue),
          .truth(group.model == model),
        ])
        simpler = model
      }
    }
    return table
  }
}

extension PreferenceShares {
  func table(_ plane: PreferencePlane, _ names: [(Int, String)]) -> FindingsTable {
    PreferenceShares.table(plane, [(self, names)])
  }

  /// A row a segment and brand.
  static func table(
    _ plane: PreferencePlane, _ parts: [(shares: PreferenceShares, names: [(Int, String)])]
  ) -> FindingsTable {
    let hasObserved = parts.contains { $0.shares.observed != nil }
    var table = FindingsTable(
      "shares",
      title: "Share of preference by brand"
        + (hasObserved ? ": as the models predict it, and by the answers given" : ""),
      columns: [.init("brand", .text), .init("segment", .text), .init("share", .share)]
        + (hasObserved ? [.init("observed", .share)] : []))
    for (shares, names) in parts {
      for (group, name) in names where shares.shares.row(group).contains(where: { $0 > 0 }) {
        for (j, brand) in plane.brands.enumerated() {
          table.add(
            [.text(brand), .text(name), Value(shares.shares[group, j])]
              + (hasObserved ? [Value(shares.observed?[group, j])] : []))
        }
      }
    }
    return table
  }
}

extension PreferenceDemand {
  var table: FindingsTable {
    var table = FindingsTable(
      "demand",
      title:
        "Demand over the map: density of ideal points, share who would like a brand there more than average, share who "
        + "would put it first",
      columns: [
        .init("x"), .init("y"), .init("density"), .init("above_mean", .share), .init("new_brand", .share),
      ])
    for i in y.indices {
      for j in x.indices {
        table.add([
          Value(x[j]), Value(y[i]), Value(density?[i, j]), Value(aboveMean[i, j]), Value(newBrand[i, j]),
        ])
      }
    }
    return table
  }
}
