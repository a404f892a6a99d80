import Graphics

/// How groups are told apart: by a hue and a shape, so that neither is needed alone.
enum SegmentLook {
  static func colour(_ group: Int, _ theme: Theme) -> Colour {
    theme.hues.isEmpty ? theme.neutral : theme.hues[group % theme.hues.count]
  }

  /// A dot, square, diamond, triangle … centred at `at`.
  static func shape(_ group: Int, at p: Point, _ r: Double) -> Path {
    func polygon(_ corners: Int, turned: Double, _ scale: Double) -> Path {
      let points = (0..<corners).map { corner -> Point in
        let (s, c) = sineAndCosine(Double(corner) / Double(corners) + turned)
        return Point(p.x + c * r * scale, p.y + s * r * scale)
      }
      return .polyline(points, closed: true)
    }
    return switch group % 6 {
    case 0: .circle(p, r)
    case 1: polygon(4, turned: 0.125, 1.25)
    case 2: polygon(3, turned: -0.25, 1.35)
    case 3: polygon(4, turned: 0, 1.3)
    case 4: polygon(3, turned: 0.25, 1.35)
    default: polygon(6, turned: 0, 1.1)
    }
  }

  /// A mark that is filled where the difference is more than chance, open where it may not be.
  static func mark(_ group: Int, at p: Point, _ r: Double, filled: Bool, _ theme: Theme) -> Mark {
    let colour = colour(group, theme)
    return .path(
      shape(group, at: p, r), fill: Paint(filled ? colour : theme.paper), stroke: Stroke(colour, width: 1.6),
      role: .point)
  }
}

import Glibc

/// Of a part of a full turn.
private func sineAndCosine(_ turns: Double) -> (Double, Double) { (sin(turns * 2 * .pi), cos(turns * 2 * .pi)) }
