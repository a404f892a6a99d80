import Pages

/// Texts of pages in the store, one entry each.
struct StoredTexts: TextMemory {
  let store: Store
  let program: String

  func text(_ key: [String], _ make: () -> String) -> String {
    let key = Digest(of: ["text", program] + key)
    if let bytes = store.load(key), let text = String(validating: bytes, as: UTF8.self) { return text }
    let text = make()
    store.save(Array(text.utf8), under: key)
    return text
  }
}
