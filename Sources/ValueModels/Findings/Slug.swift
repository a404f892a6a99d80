/// The part of an address that stands for a name: lower case, letters and digits of any script, the rest one hyphen.
/// Never empty, never a path.
package func slug(_ name: String) -> String {
  var out = ""
  for scalar in name.lowercased().unicodeScalars {
    if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar.properties.numericType == .decimal {
      out.unicodeScalars.append(scalar)
    } else if scalar.properties.generalCategory == .nonspacingMark || scalar.properties.generalCategory == .spacingMark
    {
      out.unicodeScalars.append(scalar)
    } else if scalar == "'" || scalar == "\u{2019}" {
      continue
    } else if !out.isEmpty, out.last != "-" {
      out.append("-")
    }
  }
  while out.last == "-" { out.removeLast() }
  if out.utf8.count > 96 {
    while out.utf8.count > 96 { out.removeLast() }
  }
  return out.isEmpty ? "item" : out
}

/// Slugs that differ: the second `a` becomes `a-2`.
package func uniqueSlugs(_ names: [String]) -> [String] {
  var taken = Set<String>()
  return names.map { name in
    let base = slug(name)
    var candidate = base
    var number = 2
    while !taken.insert(candidate).inserted {
      candidate = "\(base)-\(number)"
      number += 1
    }
    return candidate
  }
}
