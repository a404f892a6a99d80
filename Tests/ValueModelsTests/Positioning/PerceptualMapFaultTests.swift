import Diagnostics
import Testing

@testable import ValueModels

/// What a map refuses, each with its place.
@Suite struct PerceptualMapFaultTests {
  func faults(_ settings: String, _ csv: String) -> [String] {
    Asking(perceptualMapKind, settings, ["data": csv]).faults()
  }

  @Test func allErrorsAtOnce() {
    #expect(
      faults(
        "data: data\nbrand: brnd\nmehtod: correspondence\nscaling: symetric\ndimensions: 1\nown: [a]",
        "brand,a,b,c\nX,1,2,3\nY,2,1,1\nZ,4,4,1") == [
          "valuemap.yaml:2:8 analysis.unknown-column", "valuemap.yaml:3:1 settings.unknown-key",
          "valuemap.yaml:4:10 settings.unknown-choice", "valuemap.yaml:5:13 settings.out-of-range",
          "valuemap.yaml:6:6 settings.wrong-type",
        ])
  }

  @Test func negativeCounts() {
    let csv = "brand,a,b,light\nX,1,2,3\nY,2,-1,1\nAero,4,4,-3"
    #expect(
      faults("data: data", csv) == [
        "data/data.csv:3:5 analysis.negative-count", "data/data.csv:4:10 analysis.negative-count",
      ])
    let said = Asking(perceptualMapKind, "data: data", ["data": csv]).refusals().last
    #expect(said?.message == "counts are 0 or more, and 'Aero' has -3 under 'light'")
    #expect(said?.hint == "for ratings that can be negative set 'method: principal-components'")
    #expect(faults("data: data\nmethod: principal-components", csv).isEmpty)
  }

  /// A table too small for a map says what is not in it: cautions would not be seen.
  @Test func whatATooSmallTableLacks() {
    func hints(_ csv: String, below: Int = 10) -> [String?] {
      var ask = Asking(perceptualMapKind, "data: data", ["data": csv])
      ask.privacy = Privacy(minimumBase: 30, suppressBelow: below)
      return ask.refusals().map(\.hint)
    }
    #expect(
      hints("respondent,brand,a,b,c\n1,X,1,0,1\n1,Y,0,1,1\n1,Z,1,1,0") == [
        "'X', 'Y', 'Z' have fewer than 10 respondents and so no place on the map ('suppress_below' under 'privacy')"
      ])
    #expect(
      hints("brand,a,b,c\nX,1,,2\nY,2,1,1\nZ,4,4,\nW,4,1,2") == [
        "2 rows were left out (no value in 'b'; no value in 'c')"
      ])
    #expect(
      hints("brand,a,b,c\nX,12 %,1,\"1,200\"\nY,2 %,2,\"1,044\"\nZ,4 %,3,\"2,100\"") == [
        "columns 'a' (line 2), 'c' (line 2) hold other values than numbers, so they are not counted in: numbers are "
          + "written without '%' or thousands separators, ticks as 1 and 0 or true and false"
      ])
  }

  @Test func cellsThatAreNoNumbers() {
    #expect(
      faults("data: data\nbrand: brand\nattributes: [a, b, c]", "brand,a,b,c\nX,1,2,3\nY,2,many,1\nZ,4,4,few") == [
        "data/data.csv:3:5 analysis.not-a-number", "data/data.csv:4:7 analysis.not-a-number",
      ])
  }

  @Test func oneWordInAColumnOfNumbersDoesNotTakeTheColumnAway() {
    let rows = "X,1,2,3,red\nY,2,9,1,2\nZ,4,4,2,blue\nQ,3,o2,2,3\nR,5,7,4,4"
    let said = Asking(perceptualMapKind, "data: data", ["data": "brand,a,b,c,colour\n" + rows]).refusals()
    #expect(said.map(\.message) == ["a column of numbers holds numbers, and 'b' has 'o2'"])
    #expect(said.first?.position.map { "\($0)" } == "data/data.csv:5:5")
    #expect(
      faults("data: data\nattributes: [a, c]\ndimensions: 1", "brand,a,b,c,colour\n" + rows).allSatisfy {
        !$0.contains("not-a-number")
      })
    // Codes are words: a leading zero, a plus sign.
    #expect(faults("data: data", "brand,a,b,c,zip\nX,1,2,3,1234\nY,2,9,1,0321\nZ,4,4,2,7710-2\nQ,3,2,2,8123").isEmpty)
  }

  @Test func namesThatAreMissingOrRepeated() {
    #expect(
      faults("data: data\nbrand: brand", "brand,a,b,c\nX,1,2,3\n,2,1,1\nX,4,4,1\nZ,1,1,4") == [
        "data/data.csv:3:1 analysis.missing-name", "data/data.csv:4:1 analysis.repeated-brand",
      ])
  }

  @Test func emptyBrandsAndAttributes() {
    #expect(
      faults("data: data", "brand,a,b,c,d\nX,1,2,0,3\nY,0,0,0,0\nZ,4,4,0,1\nQ,1,1,0,1") == [
        "data/data.csv:1:11 analysis.empty-attribute", "data/data.csv:3:1 analysis.empty-brand",
      ])
  }

  @Test func constantAttributes() {
    let csv = "brand,a,b,c\nX,1,5,3\nY,2,5,1\nZ,4,5,1"
    #expect(
      faults("data: data\nmethod: principal-components", csv) == ["data/data.csv:1:9 analysis.constant-attribute"])
    #expect(faults("data: data\nmethod: principal-components\nscale: covariance", csv).isEmpty)
  }

  @Test func fewerThanTheDimensionsAskFor() {
    #expect(
      faults("data: data", "brand,a,b\nX,1,2\nY,2,1") == [
        "data/data.csv:1:9 analysis.too-few-attributes", "data/data.csv:3:1 analysis.too-few-brands",
      ])
    #expect(
      faults("data: data\ndimensions: 3", "brand,a,b,c\nX,1,2,1\nY,2,1,4\nZ,3,1,1\nQ,3,3,1") == [
        "data/data.csv:1:11 analysis.too-few-attributes"
      ])
  }

  @Test func brandsWithOneProfile() {
    #expect(
      faults("data: data", "brand,a,b,c\nX,1,2,3\nY,2,4,6\nZ,3,6,9") == [
        "data/data.csv:3:1 analysis.no-association"
      ])
  }

  @Test func namesThatDoNotExistHaveANearestOne() {
    let ask = Asking(
      perceptualMapKind,
      "data: data\nown: Toyata\nsupplementary: {brands: [Hnda], attributes: [cost]}\norient: {right: vlaue, left: fun}\nwhere: {brand: [Toyota, Frod]}",
      ["data": "brand,value,fun,price\nToyota,1,2,3\nHonda,2,1,1\nFord,4,4,1"])
    #expect(
      ask.faults() == [
        "valuemap.yaml:2:6 analysis.unknown-name", "valuemap.yaml:3:26 analysis.unknown-name",
        "valuemap.yaml:3:46 analysis.unknown-column", "valuemap.yaml:4:17 analysis.unknown-name",
        "valuemap.yaml:4:24 settings.unknown-key",
        "valuemap.yaml:5:25 analysis.unknown-value",
      ])
    #expect(ask.refusals().last?.hint == "did you mean 'Ford'?")
  }

  @Test func namesOfBrandsAndAttributes() {
    let ask = Asking(
      perceptualMapKind,
      "data: data\nown: Toyata\nsupplementary: {brands: [Hnda]}\norient: {right: vlaue}",
      ["data": "brand,value,fun,price\nToyota,1,2,3\nHonda,2,1,1\nFord,4,4,1\nFiat,4,1,1"])
    #expect(
      ask.faults() == [
        "valuemap.yaml:2:6 analysis.unknown-name", "valuemap.yaml:3:26 analysis.unknown-name",
        "valuemap.yaml:4:17 analysis.unknown-name",
      ])
    #expect(
      ask.refusals().map(\.hint) == ["did you mean 'Toyota'?", "did you mean 'Honda'?", "did you mean 'value'?"])
  }

  @Test func tablesThatAreMissingOrEmpty() {
    #expect(Asking(perceptualMapKind, "brand: b", [:]).faults() == ["valuemap.yaml:1:1 settings.missing"])
    #expect(Asking(perceptualMapKind, "data: none", [:]).faults() == ["valuemap.yaml:1:7 analysis.unknown-table"])
  }

  @Test func weightsMustBePossible() {
    let csv = "respondent,brand,w,a,b,c\n1,X,-1,1,1,0\n1,Y,1,0,1,0\n1,Z,1,1,0,1"
    #expect(faults("data: data\nweight: w", csv) == ["data/data.csv:2:5 analysis.negative-weight"])
    #expect(
      faults("data: data\nweight: a", "brand,a,b,c,d\nX,1,2,3,1\nY,2,1,1,1\nZ,4,4,1,1") == [
        "valuemap.yaml:2:9 settings.wrong-type"
      ])
  }

  /// A thousand bad cells give a page of messages and a count.
  @Test func manyErrorsAreCounted() {
    let rows = (0..<1000).map { "B\($0),1,2,-1" }.joined(separator: "\n")
    let said = Asking(perceptualMapKind, "data: data", ["data": "brand,a,b,c\n" + rows]).refusals()
    #expect(said.count == 21)
    #expect(said.last?.message == "and 980 more of the same kind")
  }

  /// A cell that nothing is computed from may be empty; any other takes its brand out, and then it can have no place.
  @Test func emptyCellsOfSupplementaryPoints() throws {
    let csv = "brand,a,b,c,d\nX,5,2,3,1\nY,2,6,1,4\nZ,4,4,9,2\nV,3,1,2,"
    let passive = "data: data\nsupplementary: {brands: [V], attributes: [d]}"
    let findings = try Asking(perceptualMapKind, passive, ["data": csv]).findings()
    #expect(findings.table("brands")?.rows.count == 4)
    #expect(!findings.cautions.contains { $0.id == "incomplete-rows" })
    let ask = Asking(perceptualMapKind, "data: data\nsupplementary: {brands: [V]}", ["data": csv])
    #expect(ask.faults() == ["valuemap.yaml:2:26 analysis.unknown-name"])
    #expect(ask.refusals().first?.message.hasSuffix("'V' is left out because a cell of its row is empty") == true)
  }

  /// Scaling asked for, and one column named like no brand: not a table of attributes.
  @Test func oneStrangerInASquareTable() {
    let csv = "brand,A,B,C,X\nA,0,2,3,4\nB,2,0,1,6\nC,3,1,0,1\nD,4,6,1,0"
    #expect(
      faults("data: data\nmethod: multidimensional-scaling", csv) == [
        "data/data.csv:1:13 analysis.not-square", "data/data.csv:5:1 analysis.not-square",
      ])
  }
}
