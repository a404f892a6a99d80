/// The name a writer most likely meant.
///
/// Optimal string alignment distance (insert, delete, replace, swap neighbours), case ignored, at most a third of the
/// longer name and never the whole of it; ties go to the name that comes first in `candidates`.
package func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased().unicodeScalars.prefix(80))
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let other = Array(candidate.lowercased().unicodeScalars.prefix(80))
    let allowed = max(1, max(wanted.count, other.count) / 3)
    guard abs(wanted.count - other.count) <= allowed else { continue }
    let distance = alignmentDistance(wanted, other)
    guard distance <= allowed, distance < max(wanted.count, other.count) else { continue }
    if distance < best?.distance ?? Int.max { best = (candidate, distance) }
  }
  return best?.name
}

/// A hint that names the nearest candidate, or lists them when there are few.
package func nearestHint(to name: String, among candidates: [String]) -> String? {
  if let near = nearestName(to: name, among: candidates) { return "did you mean '\(near)'?" }
  guard !candidates.isEmpty else { return nil }
  let shown = candidates.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
  return candidates.count <= 12 ? "known are \(shown)" : "known are \(shown) and \(candidates.count - 12) more"
}

private func alignmentDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  var row = last
  for i in 1...a.count {
    row[0] = i
    for j in 1...b.count {
      let replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      var cost = min(replaced, last[j] + 1, row[j - 1] + 1)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, beforeLast[j - 2] + 1) }
      row[j] = cost
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
