import RegistryModel
import Testing

@testable import RegistryStore

@Suite struct FormatTests {
  @Test func aLaterFormatIsRefusedWithAClearText() async throws {
    let fixture = try StoreFixture()
    await fixture.commit(.registered(Samples.instance()))
    try fixture.alter("PRAGMA user_version = 7")
    let error = #expect(throws: StoreError.self) { try fixture.reopen() }
    #expect(error == .newerFormat(path: fixture.database, found: 7, known: Schema.migrations.steps.count))
    #expect(error?.description.contains("written by a newer release (format 7") == true)
    // It was left as it is.
    try SQLiteConnection(path: fixture.database).execute("PRAGMA user_version = \(Schema.migrations.steps.count)")
    #expect(try fixture.reloaded().instances.count == 1)
  }

  @Test func anotherProgramsFileIsRefused() throws {
    let fixture = try StoreFixture()
    try fixture.alter("PRAGMA application_id = 1")
    #expect(throws: StoreError.foreign(path: fixture.database)) { try fixture.reopen() }
  }

  @Test func theTablesAreThoseThatAreRead() throws {
    let connection = try SQLiteConnection(path: ":memory:")
    try Schema.migrations.apply(to: connection)
    for table in Table.ofState + [.journal, .document] {
      let columns = try connection.prepare("SELECT name FROM pragma_table_info('\(table.name)')").map { $0.text(0) }
      #expect(columns == table.columns + ["digest"])
      let keys = try connection.prepare("SELECT name FROM pragma_table_info('\(table.name)') WHERE pk > 0 ORDER BY pk")
        .map { $0.text(0) }
      #expect(keys == Array(table.columns.prefix(table.keyCount)))
    }
  }
}
