import Diagnostics
import Testing

@testable import Tables

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads the real files beside the checkout (`../shared/data`); skipped on machines without them.
@Suite struct SharedDataTests {
  static let folder = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined() + "/shared/data/"
  static let isThere = FileManager.default.fileExists(atPath: folder + "telco_churn.csv")

  func table(_ name: String) throws -> Table? {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: Self.folder + name)))
    let (table, diagnostics) = TableReader(name: name, file: name).read(bytes: bytes)
    #expect(diagnostics.allSatisfy { $0.severity == .note })
    return table
  }

  @Test(.enabled(if: isThere)) func allFilesLoad() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder).sorted() where name.hasSuffix(".csv") {
      #expect(try table(name) != nil, "\(name)")
    }
  }

  @Test(.enabled(if: isThere)) func bankMarketing() throws {
    let table = try table("bank_marketing.csv")
    #expect(table?.rowCount == 45_211)
    let (codes, levels) = table?["y"]?.codes() ?? ([], [])
    #expect(levels == ["no", "yes"])
    #expect(codes.count { $0 == 1 } == 5_289)
    #expect(table?["client_id"]?.type == .text)
    #expect(table?["balance"]?.type == .integer)
  }

  @Test(.enabled(if: isThere)) func telco() throws {
    let table = try table("telco_churn.csv")
    #expect(table?.rowCount == 7_043)
    #expect(table?["total_charges"]?.missingCount == 11)
    #expect(table?["total_charges"]?.type == .number)
  }

  @Test(.enabled(if: isThere)) func cdnow() throws {
    let table = try table("cdnow_transactions.csv")
    #expect(table?.rowCount == 69_659)
    #expect(table?.newestDate.map { CalendarDays.text($0) } == "1998-06-30")
    #expect(table?["amount"]?.numbers().count { $0 == 0 } == 80)
  }
}
