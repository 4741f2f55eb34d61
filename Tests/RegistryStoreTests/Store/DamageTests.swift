import Foundation
import RegistryModel
import Testing

@testable import RegistryStore

/// A file that is not as it was written gives an error or a report, and never wrong data in silence (reliability R02,
/// R03).
@Suite struct DamageTests {
  private let fixture: StoreFixture

  init() async throws {
    fixture = try StoreFixture()
    await fixture.commit(
      .namespace(id: "prod", before: nil, after: Samples.namespace),
      .service(Samples.service, before: nil, after: Samples.settings),
      .cluster(Samples.service, name: "c1", before: nil, after: Samples.cluster(.none)),
      .registered(Samples.instance("10.0.0.1")), .registered(Samples.laden),
      .switches(entry: "batch", before: "", after: "", all: Samples.switches))
  }

  private func count(_ query: String) throws -> Int64? { try SQLiteConnection(path: fixture.database).integer(query) }

  @Test func anAlteredRowIsPutByAndReported() async throws {
    try fixture.alter("UPDATE instance SET weight = 9 WHERE ip = '10.0.0.1'")
    #expect(try fixture.reloaded().instances.map(\.instance) == [Samples.laden])
    let reports = fixture.reports.all
    #expect(reports.count == 1)
    #expect(reports.first?.description.contains("1 damaged row in the table instance") == true)
    #expect(reports.first?.description.contains("10.0.0.1") == true)
    // It is told of once, and nothing of it is lost.
    #expect(try fixture.reloaded().instances.count == 1)
    #expect(fixture.reports.all.count == 1)
    fixture.store.close()
    #expect(try count("SELECT count(*) FROM damaged WHERE source = 'instance' AND row LIKE '%10.0.0.1%'") == 1)
  }

  @Test(arguments: [
    ("instance", "metadata = '{'"), ("instance", "overlay = '[1]'"), ("instance", "mark = '{\"text\":1}'"),
    ("instance", "metadata = CAST(x'ff' AS TEXT)"), ("instance", "port = 99999999999"),
    ("cluster", "checker = '{\"type\":\"odd\"}'"), ("service", "selector = 'null'"), ("service", "declared = 2"),
    ("switches", "entries = '{\"checkTimes\":\"3\"}'"), ("namespace", "about = CAST(x'c3' AS TEXT)"),
  ])
  func contentThatCannotBeReadIsPutBy(_ table: String, _ assignment: String) async throws {
    try fixture.alter("UPDATE \(table) SET \(assignment)")
    try resign(table)
    let state = try fixture.reloaded()
    let kept = ["instance": state.instances.count, "cluster": state.services.first?.clusters.count ?? 0]
    #expect((kept[table] ?? 0) == 0)
    #expect(fixture.reports.all.count == 1)
    #expect(fixture.reports.all.first?.description.contains("cannot be read") == true)
  }

  /// Gives every row of a table the digest of what it now holds.
  private func resign(_ name: String) throws {
    let table = try #require(Table.ofState.first { "\($0.name)" == name })
    let connection = try SQLiteConnection(path: fixture.database)
    var rows: [[SQLiteValue]] = []
    try connection.prepare(table.selection).forEach { row in rows.append(table.columns.indices.map { row.value($0) }) }
    let update = try connection.prepare("UPDATE \(name) SET digest = ? WHERE \(table.isOfKey)")
    for row in rows { try update.run([.integer(row.digest(in: table))] + row.prefix(table.keyCount)) }
  }

  @Test func aLostCountIsMadeUpFromTheJournal() async throws {
    try fixture.alter("UPDATE progress SET revision = 1000")
    try fixture.reopen()
    #expect(try fixture.load().revision == 1)
    #expect(fixture.reports.all.count == 1)
  }

  @Test func aClusterOutlivesItsServicesRow() async throws {
    try fixture.alter("UPDATE service SET declared = 0")
    let services = try fixture.reloaded().services
    #expect(services.map(\.clusters) == [["c1": Samples.cluster(.none)]])
  }

  @Test func aFileThatWasCutIsRefused() async throws {
    fixture.store.close()
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture.database))
    for size in stride(from: 0, to: whole.count, by: 1_024) {
      try whole.prefix(size).write(to: URL(fileURLWithPath: fixture.database))
      let error = #expect(throws: StoreError.self, "cut to \(size) bytes") { try fixture.reloaded() }
      guard case .damaged = error else { return #expect(Bool(false), "cut to \(size) bytes: \(String(describing: error))") }
    }
  }

  @Test func aJournalInPiecesCostsHistoryAlone() async throws {
    fixture.store.close()
    let root = try #require(try count("SELECT rootpage FROM sqlite_schema WHERE name = 'journal'"))
    var data = try Data(contentsOf: URL(fileURLWithPath: fixture.database))
    data.replaceSubrange(Int(root - 1) * 4_096..<Int(root) * 4_096, with: Data(repeating: 0x5a, count: 4_096))
    try data.write(to: URL(fileURLWithPath: fixture.database))
    #expect(try fixture.reloaded().instances.count == 2)
    for port in 1...3 { #expect(await fixture.commit(.registered(Samples.instance(port: port))) == nil) }
    #expect(fixture.reports.all.count == 1)
    guard case .journalDamaged = fixture.reports.all.first else { return #expect(Bool(false), "\(fixture.reports.all)") }
    await #expect(throws: RegistryError.self) {
      try await fixture.store.events(before: nil, limit: 10, at: StoreFixture.now)
    }
    #expect(try fixture.reloaded().instances.count == 5)
  }

  @Test func aFileThatWentAwayIsRefused() async throws {
    fixture.store.close()
    try FileManager.default.removeItem(atPath: fixture.database)
    let error = #expect(throws: StoreError.self) { try fixture.reopen() }
    #expect(error?.description.contains("empty or missing") == true)
  }

  @Test func anythingElseInItsPlaceIsRefused() async throws {
    fixture.store.close()
    try Data(repeating: 0x41, count: 40_000).write(to: URL(fileURLWithPath: fixture.database))
    let error = #expect(throws: StoreError.self) { try fixture.reopen() }
    guard case .damaged = error else { return #expect(Bool(false), "\(String(describing: error))") }
  }
}
