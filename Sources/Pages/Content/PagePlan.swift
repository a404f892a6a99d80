import Diagnostics
import Markup
import ValueModels

/// A page that will be: where it lies, what it is made from, and the names only it knows.
///
/// Its fields lie in a box that is copied when a copy is changed: ten thousand pages are handed around.
@dynamicMemberLookup
struct PlannedPage: Sendable {
  enum Group: Sendable, Hashable {
    case index, written
    /// Expanded from one source by `each`, by the source's path.
    case each(String)
    case analysis(String)
    case row(analysis: String)
  }

  struct Fields: Sendable {
    var group: Group
    /// `segments/builders/index.html`
    var output: String
    /// Markdown with tags, below the front matter; nil for a page known from an earlier build whose source was not read.
    var body: String?
    /// Fingerprint of the text of its source.
    var source: UInt64 = 0
    var firstLine: Int
    /// For diagnostics.
    var file: String
    /// Folder of the source below `content/`, for links written in it.
    var folder: String
    /// Plain text, tags expanded.
    var title: String
    var matter: FrontMatter
    /// Names besides the study's: `segment`, `analysis`, `row`.
    var names: [(String, TemplateValue)]
    /// Sorts among its siblings.
    var order: Double
    /// How Markdown links name it: `segments.md`, `analyses/brand-map.md`.
    var linkName: String
    /// For the page of a group (`by`): the analysis it is a group of.
    var parentAnalysis: String?
    /// For the page of a segment that the study serves: the analysis that chose it.
    var servedBy: String?
    /// What the tags of its front matter asked.
    var asks = TemplateAsks()
  }

  /// Changed only where it is not shared.
  private final class Box: @unchecked Sendable {
    var fields: Fields
    init(_ fields: Fields) { self.fields = fields }
  }

  private var box: Box

  init(_ fields: Fields) { box = Box(fields) }

  subscript<Value>(dynamicMember field: WritableKeyPath<Fields, Value>) -> Value {
    get { box.fields[keyPath: field] }
    set {
      if !isKnownUniquelyReferenced(&box) { box = Box(box.fields) }
      box.fields[keyPath: field] = newValue
    }
  }

  /// The folder the page lies in, with a slash at its end unless it is the root.
  var directory: String { String(Substring(self.output.utf8.dropLast("index.html".utf8.count))) }

  /// The numbers of a segment's page, for the layout to set; nil on other pages, and where there are none.
  var tiles: TemplateValue? {
    for (_, value) in self.names {
      guard case .object(let row) = value, case .object(let known)? = row["known"],
        case .list(let items, _)? = known["tiles"],
        !items.isEmpty
      else { continue }
      return known["tiles"]
    }
    return nil
  }

  /// The slug of the segment that the page is of; nil on other pages.
  var segmentSlug: String? {
    for (_, value) in self.names {
      guard case .object(let row) = value, row["known"] != nil, case .text(let slug)? = row["slug"] else { continue }
      return slug
    }
    return nil
  }

  /// For a page that `each` made of a row: how links name the built-in page in whose place it stands.
  var rowLinkName: String? {
    guard let each = self.matter.each, let slug = rowSlug else { return nil }
    return "analyses/\(each.analysis)/\(slug).md"
  }

  /// The slug of the row that `each` made the page of.
  var rowSlug: String? {
    guard let each = self.matter.each, case .object(let row)? = self.names.first(where: { $0.0 == each.word })?.1,
      case .text(let slug)? = row["slug"]
    else { return nil }
    return slug
  }
}

/// Address of a folder or file name in the site.
private func address(_ parts: [Substring]) -> [String] { parts.map { slug(String($0)) } }

/// Where a page of `content/` lies in the site: `content/a/b.md` is `a/b/index.html`.
func outputPath(ofSource path: String) -> String {
  var parts = path.dropLast(".md".count).split(separator: "/")
  if parts.last == "index" { parts.removeLast() }
  return (address(parts) + ["index.html"]).joined(separator: "/")
}

/// Where a slug written by hand leads; nil where it climbs out or is empty.
func outputPath(ofSlug text: String) -> String? {
  let parts = text.split(separator: "/")
  guard !parts.isEmpty, !parts.contains(".."), !parts.contains(".") else { return nil }
  return (address(parts) + ["index.html"]).joined(separator: "/")
}

/// The way from one page's folder to a file of the site.
func relativePath(from directory: String, to path: String) -> String {
  var out: [UInt8] = []
  appendRelativePath(from: directory, to: path, &out)
  return String(decoding: out, as: UTF8.self)
}

/// The same, written to bytes: a page's navigation holds a hundred such ways. Both paths are as pages have them: no slash at the
/// beginning, none doubled, and one at the end of a folder.
func appendRelativePath(from directory: String, to path: String, _ out: inout [UInt8]) {
  var directory = directory
  var path = path
  directory.withUTF8 { from in
    path.withUTF8 { to in
      // Behind the last slash up to which both are the same.
      var shared = 0
      var at = 0
      while at < from.count, at < to.count, from[at] == to[at] {
        at += 1
        if to[at - 1] == UInt8(ascii: "/") { shared = at }
      }
      var up = 0
      for offset in shared..<from.count where from[offset] == UInt8(ascii: "/") { up += 1 }
      if from.count > shared, from[from.count - 1] != UInt8(ascii: "/") { up += 1 }
      for _ in 0..<up { out.append(contentsOf: [0x2E, 0x2E, 0x2F]) }
      out.append(contentsOf: to[shared...])
    }
  }
}
