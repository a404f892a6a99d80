import Glibc

extension Matrix {
  /// These points (× 1 or 2 axes) turned, and mirrored where that helps, about the origin so that the sum of squared
  /// distances to a target is least: Procrustes' rotation in closed form. The origin stays, since it is the average.
  ///
  /// - Parameters:
  ///   - target: The same points × the same axes.
  ///   - deciding: The points that decide on the turn.
  package func turnedOnto(_ target: Matrix, deciding: [Int]) -> Matrix {
    precondition(rows == target.rows && columns == target.columns && columns <= 2, "the shapes fit")
    guard columns == 2 else {
      let product = deciding.reduce(0) { columns == 1 ? $0 + self[$1, 0] * target[$1, 0] : 0 }
      return product < 0 ? map { -$0 } : self
    }
    var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
    for i in deciding {
      a += self[i, 0] * target[i, 0]
      b += self[i, 0] * target[i, 1]
      c += self[i, 1] * target[i, 0]
      d += self[i, 1] * target[i, 1]
    }
    let turning = (a + d, b - c)
    let mirroring = (a - d, b + c)
    let turn = hypot(turning.0, turning.1)
    let mirror = hypot(mirroring.0, mirroring.1)
    guard max(turn, mirror) > 0 else { return self }
    let side = turn >= mirror ? 1.0 : -1.0
    let cosine = turn >= mirror ? turning.0 / turn : mirroring.0 / mirror
    let sine = turn >= mirror ? turning.1 / turn : mirroring.1 / mirror
    var result = self
    for i in 0..<rows {
      let (x, y) = (self[i, 0], self[i, 1])
      result[i, 0] = x * cosine - side * y * sine
      result[i, 1] = x * sine + side * y * cosine
    }
    return result
  }
}
