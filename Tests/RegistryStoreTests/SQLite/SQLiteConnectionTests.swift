import Foundation
import Testing

@testable import RegistryStore

@Suite struct SQLiteConnectionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var path: String { folder.file("test.db") }

  private func makeTable() throws -> SQLiteConnection {
    let connection = try SQLiteConnection(path: path)
    try connection.makeDurable()
    try connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    return connection
  }

  @Test func aTransactionIsKeptWhole() throws {
    do {
      let connection = try makeTable()
      let insert = try connection.prepare("INSERT INTO t VALUES (?)")
      try connection.transaction { () throws(SQLiteError) in
        for id in 1...3 { try insert.run([.integer(Int64(id))]) }
      }
    }
    #expect(try SQLiteConnection(path: path).integer("SELECT count(*) FROM t") == 3)
  }

  @Test func nothingOfAFailedTransactionIsKept() throws {
    let connection = try makeTable()
    let insert = try connection.prepare("INSERT INTO t VALUES (?)")
    #expect(throws: SQLiteError.self) {
      try connection.transaction { () throws(SQLiteError) in
        try insert.run([.integer(1)])
        try insert.run([.integer(1)])
      }
    }
    #expect(try connection.integer("SELECT count(*) FROM t") == 0)
    try connection.transaction { () throws(SQLiteError) in _ = try insert.run([.integer(2)]) }
    #expect(try connection.integer("SELECT id FROM t") == 2)
  }

  @Test func everyTransactionIsSynchronisedAndLoggedAhead() throws {
    let connection = try makeTable()
    #expect(try connection.prepare("PRAGMA journal_mode").map { $0.text(0) } == ["wal"])
    #expect(try connection.integer("PRAGMA synchronous") == 2)
  }

  @Test func aCheckpointEmptiesTheLog() throws {
    let connection = try makeTable()
    try connection.execute("INSERT INTO t VALUES (1)")
    #expect(try fileSize(path + "-wal") > 0)
    try connection.checkpoint()
    #expect(try fileSize(path + "-wal") == 0)
    #expect(try connection.integer("SELECT count(*) FROM t") == 1)
  }

  @Test func whatCannotBeOpenedSaysWhy() {
    let error = #expect(throws: SQLiteError.self) { try SQLiteConnection(path: folder.path) }
    #expect(error?.primaryCode == 14)
    #expect(error?.isOfTheMachine == true)
  }

  @Test func anotherFileIsNoDatabase() throws {
    try Data(repeating: 65, count: 8_192).write(to: URL(fileURLWithPath: path))
    let connection = try SQLiteConnection(path: path)
    let error = #expect(throws: SQLiteError.self) { try connection.integer("PRAGMA user_version") }
    #expect(error?.isDamage == true)
  }

  private func fileSize(_ path: String) throws -> Int {
    try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
  }
}
