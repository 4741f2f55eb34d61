import RegistryModel
import Testing

@testable import RegistryStore

@Suite struct SQLiteStatementTests {
  private let connection: SQLiteConnection

  init() throws {
    connection = try SQLiteConnection(path: ":memory:")
    try connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, value ANY) STRICT")
  }

  private func roundTrip(_ value: SQLiteValue) throws -> SQLiteValue? {
    try connection.prepare("INSERT OR REPLACE INTO t VALUES (1, ?)").run([value])
    return try connection.prepare("SELECT value FROM t").map { $0.value(0) }.first
  }

  @Test(arguments: [
    SQLiteValue.null, .integer(.min), .integer(.max), .real(0.1), .real(-.infinity), .text(""), .text("a\u{0}b"),
    .text("grün 🦀"), .rawText([0x61, 0xff]), .blob([]), .blob([0, 255]),
  ])
  func everyValueComesBackAsItWas(_ value: SQLiteValue) throws {
    #expect(try roundTrip(value) == value)
  }

  /// The room of what is bound is used again; none of it may show in the next run.
  @Test func aRunLeavesNothingForTheNext() throws {
    let insert = try connection.prepare("INSERT INTO t VALUES (?, ?)")
    let long = String(repeating: "long ", count: 30_000)
    try insert.run([.integer(1), .text("one")])
    try insert.run([.integer(2), .text(long)])
    try insert.run([.integer(3), .blob([1, 2])])
    try insert.run([.integer(4)])
    try insert.run([.integer(5), .text("last")])
    try insert.run()
    let values = try connection.prepare("SELECT value FROM t ORDER BY id").map { $0.value(0) }
    #expect(values == [.text("one"), .text(long), .blob([1, 2]), .null, .text("last"), .null])
    #expect(throws: SQLiteError.self) { try insert.run([.integer(7), .null, .null]) }
  }

  @Test func whatMayBeMissingIsNull() throws {
    struct Row: SQLiteBindable {
      func append(to parameters: inout SQLiteParameters) {
        parameters.append(ifAny: nil as Int64?)
        parameters.append(ifAny: 7)
        parameters.append(ifAny: nil as String?)
        parameters.append(ifAny: "x")
        parameters.append(true)
        parameters.append(metadata: [:])
        parameters.append(metadata: ["a": "b"])
        parameters.append(json: Samples.mark)
      }
    }
    let values = try connection.prepare("SELECT ?, ?, ?, ?, ?, ?, ?, ?").map(Row()) { row in (0..<8).map { row.value($0) } }
    #expect(
      values == [
        [
          .null, .integer(7), .null, .text("x"), .integer(1), .null, .text(#"{"a":"b"}"#), .text(Samples.mark.storedText),
        ]
      ])
  }

  @Test func aNumberThatIsNoneBecomesNull() throws {
    #expect(try roundTrip(.real(.nan)) == SQLiteValue.null)
  }

  @Test func aColumnReadsAsItsOwnTypeOnly() throws {
    let row = try connection.prepare("SELECT 1, 1.5, 'x', x'00', NULL").map { row in
      [
        row.integer(0) == 1, row.integer(1) == nil, row.integer(2) == nil, row.real(1) == 1.5, row.real(0) == nil,
        row.text(2) == "x", row.text(3) == nil, row.blob(3) == [0], row.blob(4) == nil, row.isNull(4), !row.isNull(0),
        row.columnCount == 5,
      ]
    }
    #expect(row == [[Bool](repeating: true, count: 12)])
  }

  @Test func textThatIsNotUTF8IsNoText() throws {
    let texts = try connection.prepare("SELECT CAST(x'61ff62' AS TEXT)").map { ($0.text(0), $0.value(0)) }
    #expect(texts.count == 1)
    #expect(texts[0].0 == nil)
    #expect(texts[0].1 == .rawText([0x61, 0xff, 0x62]))
  }

  @Test func runTellsHowManyRowsItTouched() throws {
    for id in 1...3 { try connection.prepare("INSERT INTO t VALUES (?, NULL)").run([.integer(Int64(id))]) }
    #expect(try connection.prepare("UPDATE t SET value = 1 WHERE id > ?").run([.integer(1)]) == 2)
    #expect(try connection.prepare("DELETE FROM t WHERE id = 9").run() == 0)
  }

  @Test func aStatementRunsAgainAfterItFailed() throws {
    let insert = try connection.prepare("INSERT INTO t VALUES (?, ?)")
    try insert.run([.integer(1), .text("one")])
    let error = #expect(throws: SQLiteError.self) { try insert.run([.integer(1), .text("again")]) }
    #expect(error?.primaryCode == 19)
    #expect(error?.isOfTheMachine == false)
    try insert.run([.integer(2), .text("two")])
    #expect(try connection.integer("SELECT count(*) FROM t") == 2)
  }

  @Test func valuesOfTheRunBeforeDoNotLinger() throws {
    let insert = try connection.prepare("INSERT INTO t VALUES (?, ?)")
    try insert.run([.integer(1), .text("kept")])
    try insert.run([.integer(2)])
    #expect(try connection.integer("SELECT count(*) FROM t WHERE value IS NULL") == 1)
  }

  @Test func aWrongStatementSaysWhatIsWrong() {
    let error = #expect(throws: SQLiteError.self) { try connection.prepare("SELEC 1") }
    #expect(error?.description.contains("SELEC") == true)
    #expect(throws: SQLiteError.self) { try connection.prepare("") }
  }
}
