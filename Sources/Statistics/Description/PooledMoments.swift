extension Moments {
  /// The moments of several samples taken together (Chan, Golub & LeVeque 1983), their weights on one scale.
  ///
  /// - Returns: `nil` where there is no sample.
  package init?(pooling parts: [Moments]) {
    let weight = parts.reduce(0) { $0 + $1.weight }
    guard weight > 0 else { return nil }
    var centre = 0.0
    for part in parts { centre += part.weight / weight * part.mean }
    var spread = 0.0
    var squares = 0.0
    for part in parts {
      let distance = part.mean - centre
      spread += part.weight / weight * (part.variance + distance * distance)
      squares += part.weight / weight * (part.weight / weight) / part.effectiveBase
    }
    self.init(
      count: parts.reduce(0) { $0 + $1.count }, weight: weight, effectiveBase: 1 / squares, mean: centre,
      variance: spread)
  }
}

extension TestValue {
  /// The test value of a group's mean where cases are weighted: (m_g − m) / ((1 − f) √(s² (1/n_g + 1/n_r) n/(n − 1))),
  /// f the group's share of the weight, s² the variance of all, n_g, n_r and n the effective bases of the group, the rest
  /// and all. With weights of 1 it is Lebart's.
  ///
  /// - Returns: `nil` where no rest remains to differ from, or nothing varies.
  package static func weighted(group: Moments, rest: Moments?, all: Moments) -> Double? {
    guard let rest, all.variance > 0, all.effectiveBase > 1 else { return nil }
    let other = rest.weight / all.weight
    let error =
      (all.variance * (1 / group.effectiveBase + 1 / rest.effectiveBase) * all.effectiveBase / (all.effectiveBase - 1))
      .squareRoot() * other
    let value = (group.mean - all.mean) / error
    return value.isFinite ? value : nil
  }
}
