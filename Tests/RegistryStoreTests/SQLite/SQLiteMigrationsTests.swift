import Testing

@testable import RegistryStore

@Suite struct SQLiteMigrationsTests {
  private let connection: SQLiteConnection
  private let first = SQLiteMigrations(applicationID: 7, steps: ["CREATE TABLE a (x)"])
  private let second = SQLiteMigrations(applicationID: 7, steps: ["CREATE TABLE a (x)", "CREATE TABLE b (y)"])

  init() throws { connection = try SQLiteConnection(path: ":memory:") }

  private func tables() throws -> [String?] {
    try connection.prepare("SELECT name FROM sqlite_schema ORDER BY name").map { $0.text(0) }
  }

  @Test func eachStepIsTakenOnce() throws {
    #expect(try first.apply(to: connection) == 0)
    #expect(try second.apply(to: connection) == 1)
    #expect(try second.apply(to: connection) == 2)
    #expect(try tables() == ["a", "b"])
  }

  @Test func aLaterFormatIsRefusedAndLeftAlone() throws {
    try second.apply(to: connection)
    #expect(throws: SQLiteMigrations.Failure.newerFormat(found: 2, known: 1)) { try first.apply(to: connection) }
    #expect(try connection.integer("PRAGMA user_version") == 2)
  }

  @Test func anotherProgramsFileIsRefusedAndLeftAlone() throws {
    try connection.execute("CREATE TABLE theirs (x)")
    #expect(throws: SQLiteMigrations.Failure.foreign) { try first.apply(to: connection) }
    #expect(try tables() == ["theirs"])
  }

  @Test func aFileMarkedByAnotherIsRefused() throws {
    try connection.execute("PRAGMA application_id = 8")
    #expect(throws: SQLiteMigrations.Failure.foreign) { try first.apply(to: connection) }
  }

  @Test func aCountBelowZeroIsNobodys() throws {
    try first.apply(to: connection)
    try connection.execute("PRAGMA user_version = -7")
    #expect(throws: SQLiteMigrations.Failure.foreign) { try second.apply(to: connection) }
  }

  @Test func aStepThatFailsLeavesTheFormatBefore() throws {
    try first.apply(to: connection)
    let broken = SQLiteMigrations(applicationID: 7, steps: ["", "CREATE TABLE b (y); CREATE TABLE a (x)"])
    #expect(throws: SQLiteMigrations.Failure.self) { try broken.apply(to: connection) }
    #expect(try connection.integer("PRAGMA user_version") == 1)
    #expect(try tables() == ["a"])
  }
}
