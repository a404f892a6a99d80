import CPangoCairo
import Glibc
import Graphics

/// Lines shaped on one thread, which are never changed: a label is measured, written as SVG and painted three times over, and
/// shaping it is the dearest of all.
final class ShapedLines {
  private struct Key: Hashable {
    var text: String
    var font: Font
    var family: String
  }

  private var layouts: [Key: OpaquePointer] = [:]
  /// A figure has some hundred lines.
  private static let most = 1_000

  deinit { forget() }

  /// Those of the calling thread, whose font map they belong to.
  static var ofThread: ShapedLines {
    if let known = pthread_getspecific(threadKey) {
      return Unmanaged<ShapedLines>.fromOpaque(known).takeUnretainedValue()
    }
    let lines = ShapedLines()
    pthread_setspecific(threadKey, Unmanaged.passRetained(lines).toOpaque())
    return lines
  }

  /// A reference that the caller gives back.
  func layout(_ text: String, _ font: Font, family: String, _ shape: () -> OpaquePointer) -> OpaquePointer {
    let key = Key(text: text, font: font, family: family)
    if let known = layouts[key] {
      g_object_ref(UnsafeMutableRawPointer(known))
      return known
    }
    if layouts.count >= Self.most { forget() }
    let layout = shape()
    // Long texts are no labels.
    if text.utf8.count <= 400 {
      g_object_ref(UnsafeMutableRawPointer(layout))
      layouts[key] = layout
    }
    return layout
  }

  private func forget() {
    for layout in layouts.values { g_object_unref(UnsafeMutableRawPointer(layout)) }
    layouts.removeAll(keepingCapacity: true)
  }
}

/// Its lines go when a thread ends.
private let threadKey: pthread_key_t = {
  var key = pthread_key_t()
  pthread_key_create(&key) { lines in
    if let lines { Unmanaged<ShapedLines>.fromOpaque(lines).release() }
  }
  return key
}()
