import Diagnostics
import Markup
import ValueModels

/// A page that will be: where it lies, what it is made from, and the names only it knows.
struct PlannedPage: Sendable {
  enum Group: Sendable, Hashable {
    case index, written
    /// Expanded from one source by `each`, by the source's path.
    case each(String)
    case analysis(String)
    case row(analysis: String)
  }

  var group: Group
  /// `segments/builders/index.html`
  var output: String
  /// Markdown with tags, below the front matter.
  var body: String
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

  /// The folder the page lies in, with a slash at its end unless it is the root.
  var directory: String { String(output.dropLast("index.html".count)) }

  /// The numbers of a segment's page, for the layout to set; nil on other pages, and where there are none.
  var tiles: TemplateValue? {
    for (_, value) in names {
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
    for (_, value) in names {
      guard case .object(let row) = value, row["known"] != nil, case .text(let slug)? = row["slug"] else { continue }
      return slug
    }
    return nil
  }

  /// For a page that `each` made of a row: how links name the built-in page in whose place it stands.
  var rowLinkName: String? {
    guard let each = matter.each, let slug = rowSlug else { return nil }
    return "analyses/\(each.analysis)/\(slug).md"
  }

  /// The slug of the row that `each` made the page of.
  var rowSlug: String? {
    guard let each = matter.each, case .object(let row)? = names.first(where: { $0.0 == each.word })?.1,
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
  let from = directory.split(separator: "/")
  let to = path.split(separator: "/")
  var shared = 0
  while shared < from.count, shared < to.count - 1, from[shared] == to[shared] { shared += 1 }
  return (Array(repeating: "..", count: from.count - shared) + to[shared...].map(String.init)).joined(separator: "/")
}
