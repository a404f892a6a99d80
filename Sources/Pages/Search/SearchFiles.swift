/// The files search reads: script files that call a function with data, so that they load from a disk as from a host and need no
/// request of their own kind.
///
/// Up to 1,000 pages one file holds all, text included. Above, words lie in shards by their first two letters and texts in
/// parts of 100 pages, and a search loads only what its words need. One line a page or word: a later build replaces the lines
/// that changed.
struct SearchFiles {
  static let largestWhole = 1000
  static let pagesInPart = 100
  static let shards = 61

  /// A file as made now; nil where it is the one that stands already.
  typealias File = (path: String, bytes: [UInt8]?)

  // MARK: Paths

  static func part(_ number: Int) -> String { "assets/search/pages-\(number).js" }
  static func words(_ shard: Int) -> String { "assets/search/words-\(shard).js" }

  /// All files of a site of so many pages.
  static func paths(pages: Int) -> [String] {
    guard pages > largestWhole else { return ["assets/search.js"] }
    return ["assets/search.js"] + (0..<(pages + pagesInPart - 1) / pagesInPart).map(part) + (0..<shards).map(words)
  }

  // MARK: From the lines of all pages

  /// - Parameter lines: Of all pages in their order.
  static func files(_ lines: [[UInt8]], parallel: any ParallelMap) async -> [File] {
    guard lines.count > largestWhole else { return [("assets/search.js", whole(lines))] }
    var files: [File] = [("assets/search.js", head(pages: lines.count))]
    for start in stride(from: 0, to: lines.count, by: pagesInPart) {
      let number = start / pagesInPart
      files.append((part(number), partFile(number, lines[start..<min(start + pagesInPart, lines.count)])))
    }
    // A few large pieces: each gathers its own words, and joining them costs once for each word and piece.
    let pieces = 8
    let size = (lines.count + pieces - 1) / pieces
    let indexes = await parallel.map(pieces) { piece in
      var index = WordIndex()
      for number in (piece * size)..<max(piece * size, min((piece + 1) * size, lines.count)) {
        index.add(lines[number], page: number)
      }
      return index
    }
    var all = indexes.first ?? WordIndex()
    for index in indexes.dropFirst() { all.append(index) }
    var shardLines = [[[UInt8]]](repeating: [], count: shards)
    for word in all.sortedWords { shardLines[shard(of: word)].append(wordLine(word, all.pages(of: word))) }
    for (number, lines) in shardLines.enumerated() { files.append((words(number), wordsFile(number, lines))) }
    return files
  }

  // MARK: From an earlier build's files

  /// The files where the pages and their order are those of the earlier build.
  ///
  /// - Parameter lines: Of the pages made anew; nil for the others.
  /// - Returns: nil where an earlier file cannot be read.
  static func files(_ lines: [[UInt8]?], earlier: any EarlierSite) -> [File]? {
    var files: [String: [UInt8]] = [:]
    var removed: [Int: [WordChange]] = [:]
    var added: [Int: [WordChange]] = [:]
    let isWhole = lines.count <= largestWhole
    let size = isWhole ? max(1, lines.count) : pagesInPart
    for start in stride(from: 0, to: lines.count, by: size) {
      let range = start..<min(start + size, lines.count)
      guard lines[range].contains(where: { $0 != nil }) else { continue }
      let path = isWhole ? "assets/search.js" : part(start / pagesInPart)
      guard var known = pageLines(in: path, of: earlier), known.count == range.count else { return nil }
      var hasChanged = false
      for number in range {
        guard let line = lines[number], line != known[number - start] else { continue }
        hasChanged = true
        defer { known[number - start] = line }
        // One file of all pages has no words of its own.
        if isWhole { continue }
        let (old, new) = (wordSet(of: known[number - start]), wordSet(of: line))
        for word in old.subtracting(new) { removed[shard(of: word), default: []].append(WordChange(word, number)) }
        for word in new.subtracting(old) { added[shard(of: word), default: []].append(WordChange(word, number)) }
      }
      guard hasChanged else { continue }
      files[path] = isWhole ? whole(known) : partFile(start / pagesInPart, known[...])
    }
    if !isWhole {
      for shard in Set(removed.keys).union(added.keys).sorted() {
        guard let bytes = earlier.bytes(of: words(shard)), var index = ShardLines(bytes) else { return nil }
        for change in removed[shard] ?? [] { index.remove(change.word, change.page) }
        for change in added[shard] ?? [] { index.add(change.word, change.page) }
        files[words(shard)] = wordsFile(shard, index.lines)
      }
    }
    return paths(pages: lines.count).map { ($0, files[$0]) }
  }

  /// The lines of all pages, those not made anew from the earlier build's files; nil where one is missing there.
  static func allLines(_ pages: [(output: String, line: [UInt8]?)], earlier: any EarlierSite) -> [[UInt8]]? {
    let order = earlier.record.order
    var known: [String: [UInt8]] = [:]
    let isWhole = order.count <= largestWhole
    let size = isWhole ? max(1, order.count) : pagesInPart
    for start in stride(from: 0, to: order.count, by: size) {
      let range = start..<min(start + size, order.count)
      let path = isWhole ? "assets/search.js" : part(start / pagesInPart)
      guard let lines = pageLines(in: path, of: earlier), lines.count == range.count else { return nil }
      for (output, line) in zip(order[range], lines) { known[output] = line }
    }
    var all: [[UInt8]] = []
    for page in pages {
      guard let line = page.line ?? known[page.output] else { return nil }
      all.append(line)
    }
    return all
  }

  private struct WordChange {
    var word: [UInt8]
    var page: Int
    init(_ word: [UInt8], _ page: Int) {
      self.word = word
      self.page = page
    }
  }

  private static func wordSet(of line: [UInt8]) -> Set<[UInt8]> {
    var index = WordIndex()
    index.add(line, page: 0)
    return Set(index.words)
  }

  /// Lines between the first and the last, without the commas at their ends.
  private static func pageLines(in path: String, of earlier: any EarlierSite) -> [[UInt8]]? {
    guard let bytes = earlier.bytes(of: path) else { return nil }
    return bodyLines(bytes)
  }

  static func bodyLines(_ bytes: [UInt8]) -> [[UInt8]]? {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    // The last is empty: the file ends in a line end.
    guard lines.count >= 3, lines.last?.isEmpty == true else { return nil }
    lines.removeLast(2)
    return lines.dropFirst().map { $0.last == UInt8(ascii: ",") ? Array($0.dropLast()) : Array($0) }
      .filter { !$0.isEmpty }
  }

  // MARK: Contents

  private static func whole(_ lines: [[UInt8]]) -> [UInt8] { file("valuemapPages([\n", lines[...], "\n]);\n") }

  private static func head(pages: Int) -> [UInt8] {
    Array("valuemapShards({\"words\":\(shards),\"part\":\(pagesInPart),\"pages\":\(pages)});\n".utf8)
  }

  private static func partFile(_ number: Int, _ lines: ArraySlice<[UInt8]>) -> [UInt8] {
    file("valuemapPart(\(number),[\n", lines, "\n]);\n")
  }

  private static func wordsFile(_ number: Int, _ lines: [[UInt8]]) -> [UInt8] {
    file("valuemapWords(\(number),{\n", lines[...], "\n});\n")
  }

  private static func file(_ head: String, _ lines: ArraySlice<[UInt8]>, _ tail: String) -> [UInt8] {
    var out = Array(head.utf8)
    out.reserveCapacity(lines.reduce(64) { $0 + $1.count + 2 })
    for (offset, line) in lines.enumerated() {
      if offset > 0 { out += [UInt8(ascii: ","), 0x0A] }
      out += line
    }
    return out + tail.utf8
  }

  static func wordLine(_ word: [UInt8], _ pages: some Sequence<UInt32>) -> [UInt8] {
    var out: [UInt8] = [UInt8(ascii: "\"")] + word
    out += "\":[".utf8
    var isFirst = true
    for page in pages {
      if !isFirst { out.append(UInt8(ascii: ",")) }
      isFirst = false
      out += String(page).utf8
    }
    out.append(UInt8(ascii: "]"))
    return out
  }

  /// The same sum as in the script: over the first two UTF-16 units.
  static func shard(of word: [UInt8]) -> Int {
    if word.prefix(2).allSatisfy({ $0 < 0x80 }) { return word.prefix(2).reduce(0) { $0 * 31 + Int($1) } % shards }
    return String(decoding: word, as: UTF8.self).utf16.prefix(2).reduce(0) { $0 * 31 + Int($1) } % shards
  }
}
