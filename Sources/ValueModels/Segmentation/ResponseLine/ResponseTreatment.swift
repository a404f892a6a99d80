import Diagnostics
import Settings
import Tables

/// Who was treated and who was not, in a test where chance decided.
struct ResponseTreatment {
  let column: Column
  /// One a row of the table; nil where the row is in neither arm.
  let isTreated: [Bool?]
  /// The values of either arm, for print.
  let treated: [String]
  let control: [String]

  /// Reads `treatment`, `treated` and `control`; nil where there is no treatment, or none that can be compared.
  init?(in rows: SourceRows, _ work: inout Groundwork) {
    let column = work.column("treatment", in: rows, isNeeded: false)
    let treatedNames = work.texts("treated")
    let controlNames = work.texts("control")
    guard let column else {
      for (key, names) in [("treated", treatedNames), ("control", controlNames)] {
        guard let first = names?.first, work.setting("treatment") == nil else { continue }
        work.fail(
          "settings.missing", at: first.position, "'\(key)' names values of the column 'treatment', which is not given")
      }
      return nil
    }
    let (codes, levels) = column.codes()
    var occurs = [Bool](repeating: false, count: levels.count)
    for row in rows.kept where codes[row] >= 0 { occurs[Int(codes[row])] = true }
    let present = levels.indices.filter { occurs[$0] }
    let list = "'\(column.name)' has \(ResponseAnswers.listed(present.map { levels[$0] }))"
    var control = Set<Int>()
    if let controlNames {
      control = ResponseAnswers.chosen(controlNames, levels, present, column, rows, &work, key: "control")
      if control.isEmpty { return nil }
    } else if treatedNames == nil {
      control = Set(present.filter { ResponseAnswers.no.contains(levels[$0].lowercased()) })
      work.record("control", .list(levels.indices.filter { control.contains($0) }.map { .text(levels[$0]) }))
    }
    guard !control.isEmpty else {
      work.fail(
        "analysis.no-control", at: work.position(of: treatedNames == nil ? "treatment" : "treated"),
        "a treatment is compared with a control: customers who could have been treated and by chance were not; "
          + "'control' names their value, and \(list)",
        hint: "say 'control: VALUE'; without such customers leave 'treatment' out")
      return nil
    }
    var treated = Set(present.filter { !control.contains($0) })
    if let treatedNames {
      treated = ResponseAnswers.chosen(treatedNames, levels, present, column, rows, &work, key: "treated")
      if treated.isEmpty { return nil }
    } else {
      work.record("treated", .list(levels.indices.filter { treated.contains($0) }.map { .text(levels[$0]) }))
    }
    guard !treated.isEmpty, treated.isDisjoint(with: control) else {
      work.fail(
        "analysis.no-control", at: work.position(of: controlNames == nil ? "treatment" : "control"),
        treated.isEmpty
          ? "a control is compared with customers treated, and \(list)"
          : "a value means treated or control, and one was named for both")
      return nil
    }
    self.column = column
    self.treated = levels.indices.filter { treated.contains($0) }.map { levels[$0] }
    self.control = levels.indices.filter { control.contains($0) }.map { levels[$0] }
    isTreated = codes.map { code in
      let level = Int(code)
      return treated.contains(level) ? true : control.contains(level) ? false : nil
    }
  }
}
