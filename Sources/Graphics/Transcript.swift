extension Drawing {
  /// The drawing as text: one mark a line, indented by group, to 0.01 px, each label with its box, each leader with its ends.
  /// Golden tests read it, and `valuemap figure … -o FILE.txt` writes it.
  package var transcript: String {
    var lines = ["drawing \(fixed(size.width)) x \(fixed(size.height)) on \(background.name)"]
    for mark in marks { mark.write(to: &lines, depth: 1) }
    for area in areas {
      lines.append(
        "  hit \(quoted(area.name)) \(area.shape.transcript) -> \(area.target ?? "-") \(quoted(area.detail))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The first mark or area with a coordinate that is not finite, if any. Cairo would draw it at the origin without an error.
  package var firstNonFinite: String? {
    func find(_ marks: [Mark], in name: String) -> String? {
      for mark in marks {
        switch mark {
        case .path(let path, let fill, let stroke, let role):
          let paints = (fill?.opacity.isFinite ?? true) && (stroke?.isFinite ?? true)
          if !path.isFinite || !paints { return "\(role) of \(name)" }
        case .text(let run, let box, let role):
          if !run.isFinite || !box.isFinite { return "\(role) '\(run.text)'" }
        case .group(let name, let marks):
          if let found = find(marks, in: name) { return found }
        }
      }
      return nil
    }
    if !size.width.isFinite || !size.height.isFinite { return "the size" }
    if let found = find(marks, in: "the drawing") { return found }
    return areas.first { !$0.shape.isFinite }.map { "the area of '\($0.name)'" }
  }
}

extension Stroke {
  fileprivate var isFinite: Bool {
    width.isFinite && paint.opacity.isFinite && dash.allSatisfy(\.isFinite)
  }
}

extension TextRun {
  fileprivate var isFinite: Bool {
    at.isFinite && font.size.isFinite && rotation.isFinite && haloWidth.isFinite && paint.opacity.isFinite
      && (halo?.opacity.isFinite ?? true)
  }
}

extension Rect {
  fileprivate var isFinite: Bool { x.isFinite && y.isFinite && width.isFinite && height.isFinite }
}

extension HitArea.Shape {
  fileprivate var isFinite: Bool {
    switch self {
    case .rectangle(let rect): rect.isFinite
    case .circle(let centre, let radius): centre.isFinite && radius.isFinite
    case .path(let path): path.isFinite
    }
  }
}

extension Mark {
  fileprivate func write(to lines: inout [String], depth: Int) {
    let indent = String(repeating: "  ", count: depth)
    switch self {
    case .path(let path, let fill, let stroke, let role):
      var line = "\(indent)\(role) \(path.transcript)"
      if let fill { line += " fill \(fill.transcript)" }
      if let stroke {
        line += " stroke \(stroke.paint.transcript) \(fixed(stroke.width))"
        if !stroke.dash.isEmpty { line += " dash " + stroke.dash.map(fixed).joined(separator: ",") }
      }
      lines.append(line)
    case .text(let run, let box, let role):
      var line = "\(indent)\(role) \(quoted(run.text)) box \(box.transcript) at \(run.at.transcript) \(run.anchor)"
      line +=
        " \(fixed(run.font.size))/\(run.font.weight.rawValue)\(run.font.italic ? "i" : "") \(run.paint.transcript)"
      if run.rotation != 0 { line += " turned \(fixed(run.rotation))" }
      if run.halo != nil { line += " halo" }
      lines.append(line)
    case .group(let name, let marks):
      lines.append("\(indent)group \(quoted(name))")
      for mark in marks { mark.write(to: &lines, depth: depth + 1) }
    }
  }
}

extension Paint {
  fileprivate var transcript: String { opacity == 1 ? colour.name : "\(colour.name)@\(fixed(opacity))" }
}

extension Point {
  fileprivate var transcript: String { "\(fixed(x)),\(fixed(y))" }
}

extension Rect {
  fileprivate var transcript: String { "\(fixed(x)),\(fixed(y)) \(fixed(width))x\(fixed(height))" }
}

extension HitArea.Shape {
  fileprivate var transcript: String {
    switch self {
    case .rectangle(let rect): "rect \(rect.transcript)"
    case .circle(let centre, let radius): "circle \(centre.transcript) r \(fixed(radius))"
    case .path(let path): "path \(path.transcript)"
    }
  }
}

extension Path {
  fileprivate var transcript: String {
    elements.map { element in
      switch element {
      case .move(let p): "M\(p.transcript)"
      case .line(let p): "L\(p.transcript)"
      case .curve(let a, let b, let p): "C\(a.transcript) \(b.transcript) \(p.transcript)"
      case .close: "Z"
      }
    }.joined(separator: " ")
  }
}

/// To 0.01, without a negative zero, so that transcripts agree between machines.
private func fixed(_ value: Double) -> String {
  guard value.isFinite else { return "\(value)" }
  let hundredths = (value * 100).rounded()
  guard abs(hundredths) < 1e15 else { return "\(value)" }
  let whole = Int(abs(hundredths))
  let sign = hundredths < 0 ? "-" : ""
  let rest = whole % 100
  if rest == 0 { return "\(sign)\(whole / 100)" }
  return rest % 10 == 0 ? "\(sign)\(whole / 100).\(rest / 10)" : "\(sign)\(whole / 100).\(rest < 10 ? "0" : "")\(rest)"
}

private func quoted(_ text: String) -> String {
  "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
}
