/// What the whole report is made for.
package enum PrintForm: Sendable {
  /// A page of the site: pictures and findings lie beside it.
  case page
  /// One file with everything in it, and nothing beside it.
  case singleFile(any PrintFiles)

  var isSingleFile: Bool { if case .singleFile = self { true } else { false } }
}

/// The bytes of files that a report of one file takes in, handed in so that this room opens none.
package protocol PrintFiles: Sendable {
  /// A figure's SVG by its path in the site; nil where there is none.
  func figure(_ path: String) -> [UInt8]?
  /// A file below `content/` as an address that holds it (`data:image/png;base64,…`); nil where it cannot be read.
  func address(ofAsset path: String) -> String?
  /// The icon of the site as such an address.
  var icon: String { get }
  /// The rules of the stylesheet of all pages.
  var styles: String { get }
}
