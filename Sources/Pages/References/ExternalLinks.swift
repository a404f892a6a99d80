import Markup

/// The links of pages that lead to other hosts over HTTP, in their order.
func externalLinks(_ documents: [MarkdownDocument]) -> [MarkdownLink] {
  documents.flatMap { document in
    document.links.filter { link in
      let start = link.url.prefix(8).lowercased()
      return start.hasPrefix("http://") || start.hasPrefix("https://")
    }
  }
}
