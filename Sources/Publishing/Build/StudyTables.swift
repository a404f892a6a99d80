import Diagnostics
import Glibc
import Pages
import Synchronization
import Tables
import ValueModels

/// What is known of a table without its values: enough for an unchanged build.
struct TableOutline: Sendable {
  var sha256: String
  /// Of the bytes and of how they are read.
  var key: Digest
  var rows: Int
  /// ISO 8601.
  var newestDate: String?
  /// Notes and cautions; a table with errors has no outline.
  var diagnostics: [Diagnostic]
}

/// The tables of a study, each read at most once in a build and only where something needs its values.
final class StudyTables: Sendable {
  private let folder: StudyFolder
  private let store: Store
  private let program: String
  private let tables = Mutex<[String: Table]>([:])
  /// What each file looked like when it was first opened in this build.
  private let stamps = Mutex<[String: StudyFolder.Stamp]>([:])

  init(folder: StudyFolder, store: Store, program: String) {
    self.folder = folder
    self.store = store
    self.program = program
  }

  /// Reads what is known of a table, from the cache where the file is unchanged.
  func outline(_ set: Study.DataSet) -> Result<TableOutline, Rejection> {
    let path = "content/" + set.file
    do throws(StudyFolder.Refusal) {
      // Below content/, not merely below the study.
      guard folder.absolute(set.file) != nil else { throw .outside }
      let (descriptor, stamp) = try folder.open(path)
      let file = OpenFile(descriptor: descriptor, size: stamp.size)
      stamps.withLock { $0[set.name] = stamp }
      let sum = checksum(of: file, stamp, path)
      let key = Digest(of: ["table", program, sum, set.canonicalOptions])
      if let bytes = store.load(key), let outline = TableOutline(packed: bytes, sha256: sum, key: key) {
        return .success(outline)
      }
      switch read(set, file) {
      case .success(let (table, diagnostics)):
        guard file.stamp == stamp else { return .failure(changed(set)) }
        let outline = TableOutline(
          sha256: sum, key: key, rows: table.rowCount, newestDate: table.newestDate.map { isoDay($0) },
          diagnostics: diagnostics)
        store.save(outline.packed, under: key)
        tables.withLock { $0[set.name] = table }
        return .success(outline)
      case .failure(let rejection): return .failure(rejection)
      }
    } catch {
      let near = folder.files(below: "content", limit: 5000).filter {
        $0.hasSuffix(".csv") || $0.hasSuffix(".tsv") || $0.hasSuffix(".txt")
      }
      var diagnostic = error.diagnostic(set.file, at: set.filePosition, candidates: near)
      if diagnostic.id == "file.missing", diagnostic.hint == nil {
        diagnostic.hint = "paths under 'data:' count from content/"
      }
      return .failure(Rejection(diagnostic))
    }
  }

  /// The values of a table.
  func table(_ set: Study.DataSet) -> Result<Table, Rejection> {
    if let table = tables.withLock({ $0[set.name] }) { return .success(table) }
    do throws(StudyFolder.Refusal) {
      let (descriptor, stamp) = try folder.open("content/" + set.file)
      let file = OpenFile(descriptor: descriptor, size: stamp.size)
      switch read(set, file) {
      case .success(let (table, _)):
        guard stamps.withLock({ $0[set.name] }) == stamp, file.stamp == stamp else { return .failure(changed(set)) }
        tables.withLock { $0[set.name] = table }
        return .success(table)
      case .failure(let rejection): return .failure(rejection)
      }
    } catch {
      return .failure(Rejection(error.diagnostic(set.file, at: set.filePosition)))
    }
  }

  /// Findings of one state of a file must not be kept under the fingerprint of another.
  private func changed(_ set: Study.DataSet) -> Rejection {
    Rejection(
      Diagnostic(
        .error, "file.changed", at: set.filePosition,
        "a file stays as it is while a build reads it, and '\(set.file)' changed",
        hint: "build again"))
  }

  private func read(_ set: Study.DataSet, _ file: OpenFile) -> Result<(Table, [Diagnostic]), Rejection> {
    lseek(file.descriptor, 0, SEEK_SET)
    var stream = FileStream(owner: file)
    let reader = TableReader(name: set.name, file: "content/" + set.file, options: set.options)
    let (table, diagnostics) = reader.read(&stream) { file.bytes(at: $0, count: $1) }
    guard let table else { return .failure(Rejection(diagnostics)) }
    return .success((table, diagnostics))
  }

  /// SHA-256 of the file, remembered by its stamp. A file changed within the last two seconds is always read: a second
  /// change could leave the same stamp.
  private func checksum(of file: OpenFile, _ stamp: StudyFolder.Stamp, _ path: String) -> String {
    let key = Digest(of: ["stamp", path, "\(stamp.inode) \(stamp.size) \(stamp.modified) \(stamp.changed)"])
    if let bytes = store.load(key), bytes.count == 64 { return String(decoding: bytes, as: UTF8.self) }
    let hasher = SHA256Hasher()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = buffer.withUnsafeMutableBytes { bytes in
        retrying { Glibc.read(file.descriptor, bytes.baseAddress, bytes.count) }
      }
      if count <= 0 { break }
      buffer.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
    let sum = hasher.finish()
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let age = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec) - max(stamp.modified, stamp.changed)
    if age > 2_000_000_000 { store.save(Array(sum.utf8), under: key) }
    return sum
  }
}

extension Study.DataSet {
  /// Everything that changes how the bytes are read, without places.
  var canonicalOptions: String {
    var parts = [
      options.delimiter.map { "\($0)" } ?? "", options.decimal.map { "\($0)" } ?? "", options.encoding ?? "",
    ]
    parts += options.columns.map { "c\($0.ours)=\($0.theirs)" }
    parts += options.types.map { "t\($0.column)=\($0.type)" }
    parts += options.missing.map { "m\($0)" }
    return parts.map(jsonString).joined(separator: ",")
  }
}

extension TableOutline {
  fileprivate var packed: [UInt8] {
    var packer = Packer()
    packer.add(rows)
    packer.add(newestDate)
    packer.add(diagnostics) { $0.add($1) }
    return packer.bytes
  }

  fileprivate init?(packed bytes: [UInt8], sha256: String, key: Digest) {
    var reader = Unpacker(bytes)
    do throws(Unpacker.Damaged) {
      self.init(
        sha256: sha256, key: key, rows: try reader.integer(), newestDate: try reader.optionalText(),
        diagnostics: try reader.list { (r) throws(Unpacker.Damaged) in try r.diagnostic() })
    } catch {
      return nil
    }
    guard reader.isAtEnd else { return nil }
  }
}

extension Packer {
  mutating func add(_ diagnostic: Diagnostic) {
    add(diagnostic.severity.rawValue)
    add(diagnostic.id)
    add(diagnostic.position != nil)
    if let position = diagnostic.position {
      add(position.file)
      add(position.line)
      add(position.column)
    }
    add(diagnostic.message)
    add(diagnostic.hint)
  }
}

extension Unpacker {
  mutating func diagnostic() throws(Unpacker.Damaged) -> Diagnostic {
    guard let severity = Severity(rawValue: try text()) else { throw Unpacker.Damaged() }
    let id = try text()
    let position = try truth() ? SourcePosition(file: try text(), line: try integer(), column: try integer()) : nil
    return Diagnostic(severity, id, at: position, try text(), hint: try optionalText())
  }
}

/// Days since 1970-01-01 as ISO 8601 (proleptic Gregorian).
func isoDay(_ days: Int32) -> String {
  // Shifted to count from 1 March of year 0, so that the leap day ends a year.
  let shifted = Int(days) + 719_468
  let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shiftedMonth = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
  let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  return "\(String(repeating: "0", count: max(0, 4 - "\(year)".count)))\(year)-\(two(month))-\(two(day))"
}
