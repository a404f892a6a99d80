/// The part of an address that stands for a name: lower case, letters and digits of any script, the rest one hyphen.
/// Never empty, never a path.
package func slug(_ name: String) -> String {
  if let plain = asciiSlug(name) { return plain }
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

/// The same for plain ASCII, which nearly all names are, without looking up what a character is; nil for anything else.
private func asciiSlug(_ name: String) -> String? {
  var out: [UInt8] = []
  out.reserveCapacity(name.utf8.count)
  for byte in name.utf8 {
    switch byte {
    case 0x80...: return nil
    case 0x41...0x5A: out.append(byte + 0x20)
    case 0x61...0x7A, 0x30...0x39: out.append(byte)
    case 0x27: continue
    default: if let last = out.last, last != 0x2D { out.append(0x2D) }
    }
  }
  while out.last == 0x2D { out.removeLast() }
  if out.count > 96 { out.removeLast(out.count - 96) }
  return out.isEmpty ? "item" : String(decoding: out, as: UTF8.self)
}
