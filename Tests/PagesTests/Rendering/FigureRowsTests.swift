import Testing
import ValueModels

@testable import Pages

@Suite struct FigureRowsTests {
  private var profile: FindingsTable {
    var table = FindingsTable(
      "profile", title: "Profile", columns: [.init("variable", .text), .init("value"), .init("name", .text)])
    for variable in ["Price", "Service"] {
      for name in ["Uptime first", "A good ride"] { table.add([.text(variable), .number(1), .text(name)]) }
    }
    return table
  }

  @Test func aFigureOfOneThingShowsItsRows() {
    let shown = profile.rows(shownBy: "profile-uptime-first")
    #expect(shown.rows.map { $0[2].text } == ["Uptime first", "Uptime first"])
    #expect(shown.columns == profile.columns && shown.name == "profile")
  }

  @Test func otherFiguresShowAllRows() {
    for name in ["profile", "profile-nobody", "profile-", ""] { #expect(profile.rows(shownBy: name) == profile) }
  }

  @Test func rowsThatNothingLeadsToHaveNoId() {
    let html = TableHTML(table: profile, language: .british).html(
      caption: "Data", rowAnchor: "fig-x", linked: [1], own: nil)
    #expect(html.contains("id=\"fig-x-row-2\"") && !html.contains("fig-x-row-1\"") && !html.contains("fig-x-row-3"))
  }

  @Test func sentencesGetSomeWidth() {
    var table = FindingsTable("words", title: "Words", columns: [.init("what", .text), .init("why", .text)])
    table.add([.text("A"), .text("Short")])
    table.add([.text("B"), .text("A sentence that would stand as a tower of words")])
    let html = TableHTML(table: table, language: .british).html(caption: "Data", rowAnchor: nil, own: nil)
    #expect(html.contains("<td>Short</td>") && html.contains("<td class=\"w\">A sentence"))
  }
}
