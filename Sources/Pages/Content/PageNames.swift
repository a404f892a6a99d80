import ValueModels

/// A row that gets a page.
struct PageRow: Sendable {
  var name: String
  var slug: String
  var object: TemplateObject
}

/// The rows of a findings table as pages name them: by `name`, or the first text column; `slug` is made where there is none.
func pageRows(of table: FindingsTable) -> [PageRow] {
  pageRowNames(of: table).enumerated().map { index, row in
    var object = table.templateRow(index)
    object["slug"] = .text(row.slug)
    if object["name"] == nil { object["name"] = .text(row.name) }
    return PageRow(name: row.name, slug: row.slug, object: object)
  }
}

/// Names and slugs of the rows, without their cells.
func pageRowNames(of table: FindingsTable) -> [(name: String, slug: String)] {
  let nameColumn =
    table.index(of: "name") ?? table.columns.firstIndex { $0.format == .text && $0.name != "slug" } ?? 0
  let names = table.rows.map { row in
    row.indices.contains(nameColumn) ? row[nameColumn].text ?? row[nameColumn].json : "row"
  }
  let slugs: [String] =
    if let column = table.index(of: "slug") { table.rows.map { slug($0[column].text ?? "") } } else {
      uniqueSlugs(names)
    }
  return zip(names, slugs).map { ($0, $1) }
}

/// `needs-of-buyers.md` reads "Needs of buyers".
func readableName(_ path: String) -> String {
  var name = path.split(separator: "/").last.map(String.init) ?? path
  if name.hasSuffix(".md") { name.removeLast(3) }
  let words = name.replacing("-", with: " ").replacing("_", with: " ")
  return words.prefix(1).uppercased() + words.dropFirst()
}

/// What every page may name: the findings by id, the study, and the page's own names, which come first.
func pageNames(_ own: [(String, TemplateValue)], _ input: SiteInput) -> TemplateObject {
  var object = input.names
  for (name, value) in own { object[name] = value }
  return object
}

/// The names all pages share, made once: a study's findings may hold thousands of cells.
func studyNames(_ input: SiteInput) -> TemplateObject {
  var object = TemplateObject([
    (
      "study",
      .object([
        ("title", .text(input.study.title)), ("client", .optional(input.study.client)),
        ("date", input.study.date.map { .date($0) } ?? .missing),
        ("data_as_of", input.study.dataAsOf.map { .date($0) } ?? .missing),
      ])
    )
  ])
  // Their own errors are told; that their findings have no names would only repeat them.
  for id in input.failed.sorted() { object[id] = .missing }
  let served = ServedSegments(input.parts)
  for part in input.parts { object[part.findings.id] = .object(TemplateObject(part.findings, served)) }
  return object
}
