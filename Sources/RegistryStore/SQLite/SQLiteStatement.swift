import CSQLite

/// A statement compiled once and run many times, on its connection's thread. It must not be run again from the closure
/// that it hands its rows to.
final class SQLiteStatement {
  private let connection: SQLiteConnection
  private let handle: OpaquePointer
  private let cells: UnsafeMutableBufferPointer<SQLiteRow.Cell>
  let text: String

  init(_ text: String, on connection: SQLiteConnection) throws(SQLiteError) {
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v3(connection.handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard code == SQLITE_OK, let handle else { throw connection.error(code, in: text) }
    self.connection = connection
    self.handle = handle
    self.text = text
    cells = .allocate(capacity: Int(sqlite3_column_count(handle)))
    cells.initialize(repeating: .null)
  }

  deinit {
    sqlite3_finalize(handle)
    cells.deallocate()
  }

  /// Runs it to its end with `values` for its placeholders; how many rows an insert, update or delete touched.
  @discardableResult
  func run(_ values: [SQLiteValue] = []) throws(SQLiteError) -> Int {
    try forEach(values) { _ in }
    return Int(sqlite3_changes64(connection.handle))
  }

  /// Runs it with `values` for its placeholders and hands over each row of the result.
  func forEach(_ values: [SQLiteValue] = [], _ body: (borrowing SQLiteRow) throws(SQLiteError) -> Void) throws(SQLiteError) {
    try walk(values) { row throws(SQLiteError) in
      try body(row)
      return true
    }
  }

  /// Runs it with `values` for its placeholders and hands over one row of the result after the other, until `body` says
  /// false.
  func walk(_ values: [SQLiteValue] = [], _ body: (borrowing SQLiteRow) throws(SQLiteError) -> Bool) throws(SQLiteError) {
    defer {
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }
    for (index, value) in values.enumerated() { try check(value.bind(to: handle, at: Int32(index + 1))) }
    var code = sqlite3_step(handle)
    while code == SQLITE_ROW, try body(currentRow()) { code = sqlite3_step(handle) }
    guard code == SQLITE_ROW || code == SQLITE_DONE else { throw connection.error(code, in: text) }
  }

  /// Every row of the result as what `body` makes of it.
  func map<Value>(_ values: [SQLiteValue] = [], _ body: (borrowing SQLiteRow) -> Value) throws(SQLiteError) -> [Value] {
    var results: [Value] = []
    try forEach(values) { results.append(body($0)) }
    return results
  }

  private func currentRow() -> SQLiteRow {
    for column in cells.indices { cells[column] = SQLiteRow.Cell(handle, Int32(column)) }
    return SQLiteRow(cells)
  }

  private func check(_ code: Int32) throws(SQLiteError) {
    guard code == SQLITE_OK else { throw connection.error(code, in: text) }
  }
}
