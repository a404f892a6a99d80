import Glibc
import Graphics

/// The colours of all figures and, by the same values, of the pages.
///
/// Hues are Okabe and Ito's (2008) in an order that keeps neighbours apart for the common colour-vision deficiencies;
/// a hue never stands alone, a shape or a dash tells the same.
package struct Theme: Sendable, Hashable {
  package var ink = Colour("ink", 0x1A1D21, 0xE8EAED)
  package var muted = Colour("muted", 0x565D66, 0xA9B0B8)
  package var faint = Colour("faint", 0x8A929B, 0x7C848D)
  package var rule = Colour("rule", 0xD5D9DE, 0x3A4048)
  package var grid = Colour("grid", 0xE9ECEF, 0x2A2F36)
  package var paper = Colour("paper", 0xFFFFFF, 0x15181C)
  package var panel = Colour("panel", 0xF4F6F8, 0x1E2228)
  /// Our own brand, company or segment.
  package var accent = Colour("accent", 0x0B5FFF, 0x6EA1FF)
  /// The rest.
  package var neutral = Colour("neutral", 0x6B737C, 0x9AA2AB)
  package var positive = Colour("positive", 0x00735C, 0x3CC2A0)
  package var negative = Colour("negative", 0xB5431A, 0xF0895F)
  /// Eight hues, to be used in this order.
  package var hues: [Colour] = [
    Colour("hue-1", 0x0072B2, 0x56A8DE), Colour("hue-2", 0xC2570C, 0xF09A5B), Colour("hue-3", 0x00795C, 0x35B897),
    Colour("hue-4", 0x9A4C7E, 0xD58DBB), Colour("hue-5", 0x7A6A00, 0xD6C23A), Colour("hue-6", 0x2B7FA8, 0x7CC6EE),
    Colour("hue-7", 0x5B4B9A, 0xA797E6), Colour("hue-8", 0x5F6770, 0xB0B7BE),
  ]

  package init() {}

  /// The theme with the study's accent; on dark pages a lighter mix of it that keeps contrast.
  package init(accent: RGB) {
    self.init()
    let light = accent.darkened(toContrast: 4.5, against: paper.light)
    self.accent = Colour("accent", light: light, dark: accent.lightened(toContrast: 5, against: paper.dark))
  }
}

extension RGB {
  /// Relative luminance (WCAG 2.2), 0 to 1.
  package var luminance: Double {
    func linear(_ channel: UInt8) -> Double {
      let c = Double(channel) / 255
      return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Contrast ratio (WCAG 2.2), 1 to 21.
  package func contrast(with other: RGB) -> Double {
    let (a, b) = (luminance, other.luminance)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// Mixed with another colour: 0 is this one, 1 the other.
  package func mixed(with other: RGB, _ share: Double) -> RGB {
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
      UInt8(max(0, min(255, (Double(a) + (Double(b) - Double(a)) * share).rounded())))
    }
    return RGB(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }

  fileprivate func darkened(toContrast wanted: Double, against paper: RGB) -> RGB {
    stepped(towards: RGB(0, 0, 0), toContrast: wanted, against: paper)
  }

  fileprivate func lightened(toContrast wanted: Double, against paper: RGB) -> RGB {
    stepped(towards: RGB(255, 255, 255), toContrast: wanted, against: paper)
  }

  private func stepped(towards end: RGB, toContrast wanted: Double, against paper: RGB) -> RGB {
    for step in 0...20 {
      let colour = mixed(with: end, Double(step) / 20)
      if colour.contrast(with: paper) >= wanted { return colour }
    }
    return end
  }
}
