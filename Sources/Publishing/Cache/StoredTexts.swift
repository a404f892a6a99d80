import Pages

/// Texts of pages in the store, one entry each.
struct StoredTexts: TextMemory {
  let store: Store
  let program: String

  func find(_ key: [String]) -> String? {
    store.load(digest(key)).flatMap { String(validating: $0, as: UTF8.self) }
  }

  func keep(_ text: String, _ key: [String]) { store.save(Array(text.utf8), under: digest(key)) }

  private func digest(_ key: [String]) -> Digest { Digest(of: ["text", program] + key) }
}
