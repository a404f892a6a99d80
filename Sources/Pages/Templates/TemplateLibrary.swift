import Diagnostics
import Mustache

/// One template: its text, its tags with places, and swift-mustache's own form of it.
struct Template: Sendable {
  var name: String
  var file: String
  var text: String
  var tags: [TemplateTag]
}

/// All templates by name (`layouts/page`, `partials/figure`): the built-in ones, each replaced by the study's file of that path.
package struct TemplateLibrary: Sendable {
  private var templates: [String: Template] = [:]
  private(set) var names: [String] = []
  private var mustache = MustacheLibrary()
  package private(set) var diagnostics: [Diagnostic] = []
  /// Of each template's text and those of all it brings in.
  private var fingerprints: [String: UInt64] = [:]
  /// Whether the words of a template and of all it brings in stay as they stand: blocks and indented partials are indented anew, by
  /// the line ends of the values among them.
  private var isPlain: [String: Bool] = [:]
  private let skeletons = TemplateSkeletons()

  /// - Parameter overrides: The study's own files, by path below `templates/`, with their text.
  package init(overrides: [(path: String, text: String)]) {
    var sources: [String: (file: String, text: String)] = [:]
    for template in embeddedTemplates where template.path.hasSuffix(".mustache") {
      sources[template.path] = ("templates/" + template.path, template.text)
    }
    for override in overrides where override.path.hasSuffix(".mustache") {
      sources[override.path] = ("templates/" + override.path, override.text)
    }
    for path in sources.keys.sorted() {
      guard let source = sources[path] else { continue }
      add(name: String(path.dropLast(".mustache".count)), file: source.file, text: source.text)
    }
    for name in names {
      let all = reached(from: name)
      var print = Fingerprint()
      for name in all.sorted() {
        print.add(name)
        print.add(templates[name]?.text)
      }
      fingerprints[name] = print.value
      isPlain[name] = all.allSatisfy { name in
        templates[name]?.tags.allSatisfy { tag in
          tag.kind == .partial ? tag.position.column == 1 : tag.kind != .parent && tag.kind != .block
        } ?? true
      }
    }
  }

  /// Changes with the text of a template and of all it brings in; 0 for one that there is not.
  func fingerprint(of name: String) -> UInt64 { fingerprints[name] ?? 0 }

  /// A template and all that it brings in.
  private func reached(from name: String) -> Set<String> {
    var reached: Set<String> = []
    var pending = [name]
    while let next = pending.popLast() {
      guard reached.insert(next).inserted, let template = templates[next] else { continue }
      pending += template.tags.filter { $0.kind == .partial || $0.kind == .parent }.map(\.name)
    }
    return reached
  }

  private mutating func add(name: String, file: String, text: String) {
    let (tags, found) = TemplateScanner.scan(text, file: file)
    diagnostics += found
    names.append(name)
    templates[name] = Template(name: name, file: file, text: text, tags: tags)
    guard found.isEmpty else { return }
    do {
      // Each says how its values are escaped: what a template brings in starts afresh.
      HTMLValues.register()
      mustache.register(try MustacheTemplate(string: HTMLValues.pragma + text), named: name)
    } catch {
      // Sections that do not close have better words than the parser's.
      let unbalanced = TemplateChecker.unbalanced(tags)
      diagnostics += unbalanced.isEmpty ? [unparsable(error, file: file, linesBefore: 1)] : unbalanced
    }
  }

  func template(_ name: String) -> Template? { templates[name] }

  package func has(_ name: String) -> Bool { templates[name] != nil }

  /// Names of the layouts, without their folder.
  package var layouts: [String] {
    names.filter { $0.hasPrefix("layouts/") }.map { String($0.dropFirst("layouts/".count)) }
  }

  /// A layout's or partial's HTML. Everything named is checked first.
  package func render(_ name: String, _ context: TemplateObject, language: TemplateLanguage) throws(Rejection) -> String
  {
    guard let template = templates[name] else {
      throw Rejection(
        Diagnostic(
          .error, "template.unknown-layout", "a layout is a file below templates/, and there is none named '\(name)'",
          hint: nearestHint(to: name, among: names)))
    }
    guard isPlain[name] ?? false else { return try renderWhole(template, context, language) }
    let shape = TemplateShape(context)
    let key = TemplateSkeletons.Key(template: name, shape: shape.key)
    switch skeletons[key] {
    case .skeleton(let skeleton)?: return skeleton.filled(shape.texts)
    case nil:
      let text = try renderWhole(template, context, language)
      skeletons[key] = .seen
      return text
    case .seen?:
      let text = try renderWhole(template, context, language)
      let marked = mustache.render(
        TemplateNode(.object(TemplateShape.marked(context)), language), withTemplate: name)
      if let skeleton = marked.flatMap({ TemplateSkeleton($0, escaped: shape.escaped) }),
        skeleton.filled(shape.texts) == text
      {
        skeletons[key] = .skeleton(skeleton)
      } else {
        skeletons[key] = .unfit
      }
      return text
    case .unfit?: return try renderWhole(template, context, language)
    }
  }

  private func renderWhole(
    _ template: Template, _ context: TemplateObject, _ language: TemplateLanguage
  ) throws(Rejection) -> String {
    var checker = TemplateChecker(library: self)
    checker.check(template.tags, in: context)
    guard checker.diagnostics.isEmpty else { throw Rejection(checker.diagnostics) }
    return mustache.render(TemplateNode(.object(context), language), withTemplate: template.name) ?? ""
  }

  /// Expands the tags of a page's Markdown. Values come out as plain words, whatever signs they hold.
  ///
  /// - Returns: The text, and for each of its lines the line of the source it came from.
  func expand(
    _ text: String, file: String, firstLine: Int, _ context: TemplateObject, language: TemplateLanguage,
    asks: inout TemplateAsks
  ) throws(Rejection) -> ExpandedText {
    let (tags, found) = TemplateScanner.scan(text, file: file, firstLine: firstLine)
    var checker = TemplateChecker(library: self, notesAsks: true)
    checker.check(tags, in: context)
    let diagnostics = found + checker.diagnostics
    guard diagnostics.isEmpty else { throw Rejection(diagnostics) }
    if let own = checker.asks { asks.add(own) }
    guard !tags.isEmpty else { return ExpandedText(text, firstLine: firstLine) }
    do {
      MarkdownValues.register()
      // Blocks are indented anew by the renderer, which must see all their lines.
      let takesOut = !tags.contains { $0.kind == .parent || $0.kind == .block }
      let marked = LineMarks.mark(text, firstLine: firstLine, takesOut: takesOut)
      let template = try MustacheTemplate(string: "{{% CONTENT_TYPE: \(MarkdownValues.name)}}\n" + marked)
      return LineMarks.unmark(
        template.render(TemplateNode(.object(context), language), library: mustache), firstLine: firstLine, source: text
      )
    } catch {
      throw Rejection(unparsable(error, file: file))
    }
  }

  /// Expands the tags of one line to plain text, for titles and slugs.
  func expandPlain(
    _ text: String, at position: SourcePosition, _ context: TemplateObject, language: TemplateLanguage,
    asks: inout TemplateAsks
  ) throws(Rejection) -> String {
    var (tags, diagnostics) = TemplateScanner.scan(text, file: position.file)
    for index in tags.indices { tags[index].position = position }
    for index in diagnostics.indices { diagnostics[index].position = position }
    var checker = TemplateChecker(library: self, notesAsks: true)
    checker.check(tags, in: context)
    diagnostics += checker.diagnostics
    guard diagnostics.isEmpty else { throw Rejection(diagnostics) }
    if let own = checker.asks { asks.add(own) }
    guard !tags.isEmpty else { return text }
    do {
      let template = try MustacheTemplate(string: "{{% CONTENT_TYPE: TEXT}}" + text)
      return template.render(TemplateNode(.object(context), language), library: mustache)
    } catch {
      throw Rejection(unparsable(error, file: position.file))
    }
  }

  private func unparsable(_ error: any Error, file: String, linesBefore: Int = 0) -> Diagnostic {
    guard let failure = error as? MustacheTemplate.ParserError else {
      return Diagnostic(
        .error, "template.unreadable", at: SourcePosition(file: file), "a template is Mustache, and this one is not")
    }
    return Diagnostic(
      .error, "template.unreadable",
      at: SourcePosition(
        file: file, line: failure.context.lineNumber - linesBefore, column: failure.context.columnNumber),
      "a template is Mustache, and this tag is not: \(failure.error)")
  }
}
