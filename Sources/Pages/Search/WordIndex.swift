import CXXHash
import FoundationEssentials

/// Words and the pages that hold them, gathered page after page. Words as the script finds them: lower case, without accents,
/// letters and digits only.
struct WordIndex: Sendable {
  private(set) var words: [[UInt8]] = []
  /// Page numbers of each word, rising.
  private var postings: [[UInt32]] = []
  /// Number of a word at its hash's place, or the next free one; -1 where there is none.
  private var slots = [Int32](repeating: -1, count: 1 << 12)
  /// Words that text beyond ASCII came out as.
  private var folded: [[UInt8]: [[UInt8]]] = [:]

  /// Adds the words of a page's title, headings and text, found in its line of the search file.
  mutating func add(_ line: [UInt8], page: Int) {
    line.withUnsafeBufferPointer { bytes in
      var strings = 0
      var depth = 0
      var at = 0
      while at < bytes.count {
        switch bytes[at] {
        case UInt8(ascii: "["):
          depth += 1
          if depth == 3 { strings = 0 }
        case UInt8(ascii: "]"):
          depth -= 1
          if depth == 1 { strings = 2 }
        case UInt8(ascii: "\""):
          let start = at + 1
          at = start
          while at < bytes.count, bytes[at] != UInt8(ascii: "\"") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
          // The page's address and the names of its places are no words of its text.
          if strings > 0 { add(UnsafeBufferPointer(rebasing: bytes[start..<min(at, bytes.count)]), page) }
          strings += 1
        default: break
        }
        at += 1
      }
    }
  }

  private mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ page: Int) {
    var word: [UInt8] = []
    word.reserveCapacity(64)
    var at = 0
    while at < text.count {
      let byte = text[at]
      switch byte {
      case 0x61...0x7A, 0x30...0x39: word.append(byte)
      case 0x41...0x5A: word.append(byte | 0x20)
      case 0x80...:
        // The whole run up to the next sign of ASCII that is neither letter nor digit goes the long way.
        let start = at - word.count
        while at < text.count, text[at] >= 0x80 || isLetterOrDigit(text[at]) { at += 1 }
        word.removeAll(keepingCapacity: true)
        addFolded(Array(text[start..<at]), page)
        continue
      default:
        if !word.isEmpty { note(word, page) }
        word.removeAll(keepingCapacity: true)
        // An escape stands for a sign that is no letter.
        if byte == UInt8(ascii: "\\") { at += at + 1 < text.count && text[at + 1] == UInt8(ascii: "u") ? 5 : 1 }
      }
      at += 1
    }
    if !word.isEmpty { note(word, page) }
  }

  private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
  }

  private mutating func addFolded(_ run: [UInt8], _ page: Int) {
    let words = folded[run] ?? Self.foldedWords(String(decoding: run, as: UTF8.self))
    folded[run] = words
    for word in words { note(word, page) }
  }

  private static func foldedWords(_ text: String) -> [[UInt8]] {
    var scalars = String.UnicodeScalarView()
    for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .spacingMark, .enclosingMark: continue
      default: scalars.append(scalar)
      }
    }
    return String(scalars).lowercased().split { !($0.isLetter || $0.isNumber) }.map { Array($0.utf8) }
  }

  private mutating func note(_ word: [UInt8], _ page: Int) {
    let (slot, number) = find(word)
    guard let number else {
      slots[slot] = Int32(words.count)
      words.append(word)
      postings.append([UInt32(page)])
      if words.count * 2 > slots.count { grow() }
      return
    }
    if postings[number].last != UInt32(page) { postings[number].append(UInt32(page)) }
  }

  private func hash(_ word: [UInt8]) -> Int {
    Int(truncatingIfNeeded: word.withUnsafeBytes { XXH3_64bits($0.baseAddress, $0.count) } >> 8) & (slots.count - 1)
  }

  private func find(_ word: [UInt8]) -> (slot: Int, number: Int?) {
    var slot = hash(word)
    while slots[slot] >= 0 {
      if words[Int(slots[slot])] == word { return (slot, Int(slots[slot])) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return (slot, nil)
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (number, word) in words.enumerated() {
      var slot = hash(word)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  // MARK: The whole

  /// Adds what was gathered from later pages.
  mutating func append(_ other: WordIndex) {
    for (word, pages) in zip(other.words, other.postings) {
      let (slot, number) = find(word)
      if let number {
        postings[number] += pages
        continue
      }
      slots[slot] = Int32(words.count)
      words.append(word)
      postings.append(pages)
      if words.count * 2 > slots.count { grow() }
    }
  }

  /// By their bytes.
  var sortedWords: [[UInt8]] { words.sorted { $0.lexicographicallyPrecedes($1) } }

  func pages(of word: [UInt8]) -> [UInt32] { find(word).number.map { postings[$0] } ?? [] }
}

/// The lines of a file of words, for a few changes.
struct ShardLines {
  private(set) var lines: [[UInt8]]

  /// nil where the bytes are not such a file.
  init?(_ bytes: [UInt8]) {
    guard let lines = SearchFiles.bodyLines(bytes),
      lines.allSatisfy({ $0.first == UInt8(ascii: "\"") && $0.last == UInt8(ascii: "]") })
    else { return nil }
    self.lines = lines
  }

  private func word(_ line: [UInt8]) -> ArraySlice<UInt8> { line.dropFirst().prefix { $0 != UInt8(ascii: "\"") } }

  /// The place of a word, or where it would stand.
  private func place(_ word: [UInt8]) -> (Int, isThere: Bool) {
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      if self.word(lines[middle]).lexicographicallyPrecedes(word) { low = middle + 1 } else { high = middle }
    }
    return (low, low < lines.count && self.word(lines[low]).elementsEqual(word))
  }

  private func pages(_ line: [UInt8]) -> [UInt32] {
    guard let open = line.lastIndex(of: UInt8(ascii: "[")) else { return [] }
    return line[(open + 1)...].dropLast().split(separator: UInt8(ascii: ",")).compactMap {
      UInt32(String(decoding: $0, as: UTF8.self))
    }
  }

  mutating func remove(_ word: [UInt8], _ page: Int) {
    let (at, isThere) = place(word)
    guard isThere else { return }
    let left = pages(lines[at]).filter { $0 != UInt32(page) }
    if left.isEmpty { lines.remove(at: at) } else { lines[at] = SearchFiles.wordLine(word, left) }
  }

  mutating func add(_ word: [UInt8], _ page: Int) {
    let (at, isThere) = place(word)
    guard isThere else {
      lines.insert(SearchFiles.wordLine(word, [UInt32(page)]), at: at)
      return
    }
    var all = pages(lines[at])
    let place = all.firstIndex { $0 >= UInt32(page) } ?? all.count
    if place < all.count, all[place] == UInt32(page) { return }
    all.insert(UInt32(page), at: place)
    lines[at] = SearchFiles.wordLine(word, all)
  }
}
