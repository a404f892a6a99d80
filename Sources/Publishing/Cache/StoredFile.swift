import Pages

/// A file that a step made, with or without its bytes at hand.
struct StoredFile: Sendable {
  var path: String
  var size: Int
  var digest: Digest
  /// nil where the file stands in the site as it is.
  var bytes: [UInt8]?

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    size = bytes.count
    digest = Digest(bytes)
  }

  fileprivate init(path: String, size: Int, digest: Digest) {
    self.path = path
    self.size = size
    self.digest = digest
  }

  /// Keeps the bytes of a step's files apart from what is known of them: mostly they are not wanted.
  static func save(_ files: [StoredFile], under key: Digest, in store: Store) {
    var packer = Packer()
    packer.add(files) { $0.add($1.bytes ?? []) }
    store.save(packer.bytes, under: key)
  }

  /// The files as they are wanted: without bytes where all of them stand already, else with them.
  ///
  /// - Returns: nil where bytes are wanted and the store has lost them.
  static func completed(_ files: [StoredFile], under key: Digest, in store: Store, earlier: EarlierBuild?)
    -> [StoredFile]?
  {
    if let earlier, files.allSatisfy({ earlier.file($0.path)?.digest == $0.digest }) {
      store.keep(key)
      return files
    }
    guard let packed = store.load(key) else { return nil }
    var reader = Unpacker(packed)
    guard let all = try? reader.list({ (r) throws(Unpacker.Damaged) in try r.data() }), all.count == files.count else {
      return nil
    }
    return zip(files, all).map { StoredFile(path: $0.path, bytes: $1) }
  }
}

extension Digest {
  /// Another key for something that belongs to the same step.
  var second: Digest { Digest(of: [hex, "files"]) }
}

extension Packer {
  mutating func add(_ file: StoredFile) {
    add(file.path)
    add(file.size)
    add(file.digest.high)
    add(file.digest.low)
  }
}

extension Unpacker {
  mutating func storedFile() throws(Unpacker.Damaged) -> StoredFile {
    StoredFile(path: try text(), size: try integer(), digest: Digest(high: try bits(), low: try bits()))
  }
}
