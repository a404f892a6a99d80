import CCmarkGFM
import Diagnostics
import Glibc

/// Copies cmark's tree into a document of ours.
struct MarkdownTreeBuilder {
  private(set) var document: MarkdownDocument
  private let source: [UInt8]
  private let lineMap: (Int) -> Int
  /// Where each line begins, for columns in characters instead of bytes.
  private var lineStarts: [Int] = [0]
  private var columnCache = (line: 0, byte: 0, column: 0)
  private var types: [UInt32: ExtensionKind] = [:]
  private var footnotes = 0

  private enum ExtensionKind { case table, tableHead, tableRow, tableCell, strikethrough, unknown }

  init(_ document: MarkdownDocument, source: [UInt8], lineMap: @escaping (Int) -> Int) {
    self.document = document
    self.source = source
    self.lineMap = lineMap
    for offset in source.indices
    where source[offset] == 0x0A
      || (source[offset] == 0x0D && (offset + 1 == source.count || source[offset + 1] != 0x0A))
    {
      lineStarts.append(offset + 1)
    }
    self.document.nodes.reserveCapacity(source.count / 24 + 8)
    self.document.pool.reserveCapacity(source.count + 64)
  }

  /// - Returns: A problem where the tree is too deep; the document is then not to be used.
  mutating func build(from root: OpaquePointer) -> Diagnostic? {
    var current = root
    var parent: Int32 = -1
    var previous: Int32 = -1
    var depth = 0
    while true {
      let index = add(current, parent: parent, previous: previous)
      if let child = cmark_node_first_child(current) {
        depth += 1
        if depth > 2 * MarkdownLimit.depth + 8 { return tooDeep(at: document.position(of: index)) }
        current = child
        parent = index
        previous = -1
        continue
      }
      previous = index
      while cmark_node_next(current) == nil {
        guard let above = cmark_node_parent(current), above != root, parent > 0 else { return nil }
        current = above
        depth -= 1
        previous = parent
        parent = document.nodes[Int(parent)].parent
      }
      guard let next = cmark_node_next(current) else { return nil }
      current = next
    }
  }

  private mutating func add(_ node: OpaquePointer, parent: Int32, previous: Int32) -> Int32 {
    let index = Int32(document.nodes.count)
    let (line, column) = place(of: node, near: previous >= 0 ? previous : parent)
    var made = MarkdownDocument.Node(
      kind: .document, parent: parent, line: Int32(clamping: line), column: Int32(clamping: column))
    fill(&made, from: node, parent: parent, previous: previous)
    document.nodes.append(made)
    if previous >= 0 {
      document.nodes[Int(previous)].next = index
    } else if parent >= 0 {
      document.nodes[Int(parent)].firstChild = index
    }
    return index
  }

  private mutating func fill(
    _ made: inout MarkdownDocument.Node, from node: OpaquePointer, parent: Int32, previous: Int32
  ) {
    let type = cmark_node_get_type(node)
    switch type {
    case CMARK_NODE_DOCUMENT: made.kind = .document
    case CMARK_NODE_BLOCK_QUOTE: made.kind = .blockQuote
    case CMARK_NODE_LIST:
      let ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
      made.kind = .list(
        start: ordered ? Int(cmark_node_get_list_start(node)) : nil, tight: cmark_node_get_list_tight(node) != 0)
    case CMARK_NODE_ITEM:
      // A task is an item that carries an extension.
      let isTask = cmark_node_get_syntax_extension(node) != nil
      made.kind = isTask ? .task(done: cmark_gfm_extensions_get_tasklist_item_checked(node)) : .item
    case CMARK_NODE_CODE_BLOCK:
      made.kind = .codeBlock
      made.literal = keep(cmark_node_get_literal(node))
      made.url = keep(cmark_node_get_fence_info(node))
    case CMARK_NODE_HTML_BLOCK:
      made.kind = .htmlBlock
      made.literal = keep(cmark_node_get_literal(node))
    case CMARK_NODE_PARAGRAPH: made.kind = .paragraph
    case CMARK_NODE_HEADING: made.kind = .heading(Int(cmark_node_get_heading_level(node)))
    case CMARK_NODE_THEMATIC_BREAK: made.kind = .thematicBreak
    case CMARK_NODE_FOOTNOTE_DEFINITION:
      made.kind = .footnoteDefinition
      footnotes += 1
      made.literal = keep(String(footnotes))
    case CMARK_NODE_TEXT:
      made.kind = .text
      made.literal = keep(cmark_node_get_literal(node))
    case CMARK_NODE_SOFTBREAK: made.kind = .softBreak
    case CMARK_NODE_LINEBREAK: made.kind = .lineBreak
    case CMARK_NODE_CODE:
      made.kind = .code
      made.literal = keep(cmark_node_get_literal(node))
    case CMARK_NODE_HTML_INLINE:
      made.kind = .htmlInline
      made.literal = keep(cmark_node_get_literal(node))
    case CMARK_NODE_EMPH: made.kind = .emphasis
    case CMARK_NODE_STRONG: made.kind = .strong
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
      made.kind = type == CMARK_NODE_LINK ? .link : .image
      made.url = keep(cmark_node_get_url(node))
      made.title = keep(cmark_node_get_title(node))
    case CMARK_NODE_FOOTNOTE_REFERENCE:
      made.kind = .footnoteReference
      made.literal = keep(cmark_node_get_literal(node))
    default: fillExtension(&made, from: node, parent: parent, previous: previous)
    }
  }

  private mutating func fillExtension(
    _ made: inout MarkdownDocument.Node, from node: OpaquePointer, parent: Int32, previous: Int32
  ) {
    switch extensionType(of: node) {
    case .table: made.kind = .table
    case .tableHead: made.kind = .tableHead
    case .tableRow: made.kind = .tableRow
    case .tableCell:
      var column = 0
      var cell = cmark_node_previous(node)
      while let before = cell {
        column += 1
        cell = cmark_node_previous(before)
      }
      made.kind = .tableCell(alignment(of: column, in: cmark_node_parent(cmark_node_parent(node))))
    case .strikethrough: made.kind = .strikethrough
    case .unknown: made.kind = .paragraph
    }
  }

  private mutating func extensionType(of node: OpaquePointer) -> ExtensionKind {
    let number = cmark_node_get_type(node).rawValue
    if let known = types[number] { return known }
    let type: ExtensionKind =
      switch cmark_node_get_type_string(node).map({ String(cString: $0) }) {
      case "table": .table
      case "table_header": .tableHead
      case "table_row": .tableRow
      case "table_cell": .tableCell
      case "strikethrough": .strikethrough
      default: .unknown
      }
    // Header and other rows are one type in cmark.
    if type == .tableHead || type == .tableRow { return type }
    types[number] = type
    return type
  }

  private func alignment(of column: Int, in table: OpaquePointer?) -> MarkdownDocument.Alignment {
    guard let table, column < Int(cmark_gfm_extensions_get_table_columns(table)),
      let alignments = cmark_gfm_extensions_get_table_alignments(table)
    else { return .none }
    switch alignments[column] {
    case UInt8(ascii: "l"): return .left
    case UInt8(ascii: "c"): return .centre
    case UInt8(ascii: "r"): return .right
    default: return .none
    }
  }

  private mutating func keep(_ text: UnsafePointer<CChar>?) -> Range<Int32> {
    guard let text else { return 0..<0 }
    let start = Int32(document.pool.count)
    let bytes = UnsafeRawBufferPointer(start: text, count: strlen(text))
    if bytes.contains(atSignStandIn[0]) {
      var rest = bytes[...]
      while let byte = rest.first {
        let isStandIn = byte == atSignStandIn[0] && rest.starts(with: atSignStandIn)
        document.pool.append(isStandIn ? UInt8(ascii: "@") : byte)
        rest = rest.dropFirst(isStandIn ? atSignStandIn.count : 1)
      }
    } else {
      document.pool.append(contentsOf: bytes)
    }
    return start..<Int32(document.pool.count)
  }

  private mutating func keep(_ text: String) -> Range<Int32> {
    let start = Int32(document.pool.count)
    document.pool += text.utf8
    return start..<Int32(document.pool.count)
  }

  /// Line and column in the file; what cmark does not know is taken from the node before or above.
  private mutating func place(of node: OpaquePointer, near neighbour: Int32) -> (line: Int, column: Int) {
    let line = Int(cmark_node_get_start_line(node))
    guard line > 0, line <= lineStarts.count else {
      guard neighbour >= 0 else { return (lineMap(1), 1) }
      return (Int(document.nodes[Int(neighbour)].line), Int(document.nodes[Int(neighbour)].column))
    }
    return (lineMap(line), column(Int(cmark_node_get_start_column(node)), line: line))
  }

  /// - Parameter byte: 1-based, as cmark counts.
  private mutating func column(_ byte: Int, line: Int) -> Int {
    let start = lineStarts[line - 1]
    if columnCache.line != line || columnCache.byte > byte { columnCache = (line, 1, 1) }
    let end = min(start + byte - 1, source.count)
    var offset = start + columnCache.byte - 1
    while offset < end {
      if source[offset] & 0xC0 != 0x80 { columnCache.column += 1 }
      offset += 1
    }
    columnCache.byte = max(byte, 1)
    return max(columnCache.column, 1)
  }
}
