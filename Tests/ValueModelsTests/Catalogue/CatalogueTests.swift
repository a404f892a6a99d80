import Testing

@testable import ValueModels

@Suite struct CatalogueTests {
  @Test func kindsAreWholeAndPlannedOnesAreOthers() {
    let names = AnalysisCatalogue.kinds.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Set(names).isDisjoint(with: AnalysisCatalogue.planned))
    for kind in AnalysisCatalogue.kinds {
      #expect(!kind.question.isEmpty && !kind.figures.isEmpty && !kind.tables.isEmpty)
      let settings = kind.settings.map(\.name)
      #expect(Set(settings).count == settings.count)
      #expect((kind.settings.map(\.meaning) + kind.facts.map(\.meaning)).allSatisfy { !$0.isEmpty })
    }
  }

  @Test func titlesAreReadable() {
    #expect(readableTitle("brand-map") == "Brand map")
    #expect(readableTitle("a_b") == "A b")
    #expect(readableTitle("") == "")
  }
}
