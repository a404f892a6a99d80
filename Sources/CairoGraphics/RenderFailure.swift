import Graphics

/// Why a drawing could not be painted. Nothing of the output is given then.
package enum RenderFailure: Error, Sendable, Hashable {
  /// A coordinate, width or size of `mark` is not a finite number.
  case notFinite(mark: String)
  /// A coordinate of `mark` lies further out than the renderer can count, or its text has no usable size.
  case outOfRange(mark: String)
  /// The drawing has no area.
  case empty(width: Double, height: Double)
  /// The image would be larger than an image can be.
  case tooLarge(width: Double, height: Double, scale: Double)
  /// The drawing library or the compressor gave up, in its own words.
  case library(String)

  /// Stable, for a diagnostic: `figure.what`.
  package var id: String {
    switch self {
    case .notFinite: "figure.not-finite"
    case .outOfRange: "figure.out-of-range"
    case .empty: "figure.empty"
    case .tooLarge: "figure.too-large"
    case .library: "figure.not-drawn"
    }
  }

  /// The rule first, then what was found.
  package var message: String {
    switch self {
    case .notFinite(let mark): "positions and sizes in a figure are finite numbers, and \(mark) has one that is not"
    case .outOfRange(let mark):
      "positions in a figure are within \(Int(Limits.reach)) px and text is up to \(Int(Limits.fontSize)) px high, "
        + "and \(mark) is not"
    case .empty(let width, let height):
      "a figure is at least 1 px wide and high, and this one is \(width) × \(height) px"
    case .tooLarge(let width, let height, let scale):
      "an image is at most \(Limits.side) px a side and \(Limits.area / 1_000_000) million px in all, "
        + "and this one is \(width) × \(height) px at \(scale) times its size"
    case .library(let words): "a figure is painted without an error, and the drawing library reported: \(words)"
    }
  }
}

/// What can be painted at all. Cairo counts in 24.8 fixed point (±8 million) and takes images of at most 32,767 px a side.
enum Limits {
  /// px either way from the origin.
  static let reach = 1e6
  /// px
  static let fontSize = 2000.0
  static let side = 32_767
  /// px in all; four bytes each are held in memory.
  static let area = 100_000_000
  /// Bytes of one run of text that are shaped. At any legible size the rest lies beyond the widest image.
  static let text = 65_536
}

extension Drawing {
  /// Refuses what Cairo would draw wrongly or not at all, and names the mark.
  ///
  /// - Parameter scale: image px a px of the drawing; nil for output without pixels.
  func check(scale: Double? = nil) throws(RenderFailure) {
    if let mark = firstNonFinite { throw .notFinite(mark: mark) }
    guard size.width >= 1, size.height >= 1 else { throw .empty(width: size.width, height: size.height) }
    if let mark = firstOutOfReach(marks, in: "the drawing") { throw .outOfRange(mark: mark) }
    let factor = scale ?? 1
    let (width, height) = (size.width * factor, size.height * factor)
    guard factor.isFinite, factor > 0, width >= 1, height >= 1, width <= Double(Limits.side),
      height <= Double(Limits.side), width * height <= Double(Limits.area)
    else { throw .tooLarge(width: size.width, height: size.height, scale: factor) }
  }

  private func firstOutOfReach(_ marks: [Mark], in name: String) -> String? {
    for mark in marks {
      switch mark {
      case .path(let path, _, let stroke, let role):
        if !path.elements.allSatisfy(\.isInReach) || (stroke?.width ?? 0) > Limits.reach {
          return "\(role) of \(name)"
        }
      case .text(let run, _, let role):
        let legible = run.font.size > 0 && run.font.size <= Limits.fontSize && run.haloWidth <= Limits.fontSize
        if !run.at.isInReach || !legible { return "\(role) '\(run.text)'" }
      case .group(let name, let marks):
        if let found = firstOutOfReach(marks, in: name) { return found }
      }
    }
    return nil
  }
}

extension Point {
  var isInReach: Bool { abs(x) <= Limits.reach && abs(y) <= Limits.reach }
}

extension Path.Element {
  fileprivate var isInReach: Bool {
    switch self {
    case .move(let p), .line(let p): p.isInReach
    case .curve(let a, let b, let p): a.isInReach && b.isInReach && p.isInReach
    case .close: true
    }
  }
}

extension Paint {
  /// Within 0 to 1.
  var alpha: Double { min(max(opacity, 0), 1) }
}

extension Stroke {
  /// Lengths that every target accepts: none negative, not all zero; else a whole line.
  var pattern: [Double] {
    dash.allSatisfy { $0.isFinite && $0 >= 0 } && dash.contains { $0 > 0 } ? dash : []
  }

  var isVisible: Bool { width > 0 && paint.alpha > 0 }
}
