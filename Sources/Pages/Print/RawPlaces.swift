import Markup

/// The places that raw HTML of a page names, as they are in the whole report. Only for studies that allow HTML (`allow_html`).
struct RawPlaces: Sendable {
  let index: SiteIndex
  let page: PlannedPage
  let form: PrintForm

  /// - Returns: The value of an attribute in the report; nil where it is left out.
  func changed(_ name: String, _ value: String) -> String? {
    switch name {
    case "href", "xlink:href", "cite", "action", "formaction": return address(value)
    case "src", "poster", "data": return source(value)
    case "srcset": return nil
    case "usemap": return "#" + PrintPlace.anchor(String(value.drop { $0 == "#" }), on: page)
    default:
      // One id, or several with blanks between.
      return value.split(whereSeparator: \.isWhitespace).map { PrintPlace.anchor(String($0), on: page) }
        .joined(separator: " ")
    }
  }

  private func address(_ value: String) -> String? {
    if value.hasPrefix("#") { return "#" + PrintPlace.anchor(String(value.dropFirst()), on: page) }
    let pieces = value.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let path = sitePath(pieces[0], from: page) else { return value }
    if let there = index.page(at: path) {
      return "#" + PrintPlace.anchor(pieces.count > 1 ? pieces[1] : "", on: there)
    }
    switch form {
    case .page: return relativePath(from: index.printFolder, to: path)
    case .singleFile: return index.input.study.siteURL.map { $0 + path }
    }
  }

  private func source(_ value: String) -> String? {
    switch form {
    case .page: return sitePath(value, from: page).map { relativePath(from: index.printFolder, to: $0) } ?? value
    case .singleFile(let files): return sitePath(value, from: page).flatMap { files.address(ofAsset: $0) }
    }
  }
}

/// A relative address on a page as a path in the site; nil for addresses elsewhere, and for those that climb out.
func sitePath(_ url: String, from page: PlannedPage) -> String? {
  guard !url.isEmpty, !url.contains(":"), !url.hasPrefix("/") else { return nil }
  var parts = page.directory.split(separator: "/").map(String.init)
  for piece in url.split(separator: "/") {
    if piece == ".." {
      if parts.isEmpty { return nil }
      parts.removeLast()
    } else if piece != "." {
      parts.append(String(piece))
    }
  }
  return parts.joined(separator: "/")
}
