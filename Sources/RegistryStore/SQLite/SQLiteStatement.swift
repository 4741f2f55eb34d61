import CSQLite

/// A statement compiled once and run many times, on its connection's thread. It must not be run again from the closure
/// that it hands its rows to.
final class SQLiteStatement {
  private let connection: SQLiteConnection
  private let handle: OpaquePointer
  private let cells: UnsafeMutableBufferPointer<SQLiteRow.Cell>
  private var parameters = SQLiteParameters()
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

  /// Runs it to its end with `values` for its placeholders, and NULL for those behind them; how many rows an insert, update
  /// or delete touched.
  @discardableResult
  func run(_ values: some SQLiteBindable = [SQLiteValue]()) throws(SQLiteError) -> Int {
    try withBound(values) { () throws(SQLiteError) in
      var code = sqlite3_step(handle)
      while code == SQLITE_ROW { code = sqlite3_step(handle) }
      guard code == SQLITE_DONE else { throw connection.error(code, in: text) }
      return Int(sqlite3_changes64(connection.handle))
    }
  }

  /// How many bytes of text the last run was given.
  var boundBytes: Int { parameters.bytes.count }

  /// Runs it with `values` for its placeholders and hands over each row of the result.
  func forEach(
    _ values: some SQLiteBindable = [SQLiteValue](), _ body: (borrowing SQLiteRow) throws(SQLiteError) -> Void
  ) throws(SQLiteError) {
    try walk(values) { row throws(SQLiteError) in
      try body(row)
      return true
    }
  }

  /// Runs it with `values` for its placeholders and hands over one row of the result after the other, until `body` says
  /// false.
  func walk(
    _ values: some SQLiteBindable = [SQLiteValue](), _ body: (borrowing SQLiteRow) throws(SQLiteError) -> Bool
  ) throws(SQLiteError) {
    try withBound(values) { () throws(SQLiteError) in
      var code = sqlite3_step(handle)
      while code == SQLITE_ROW, try body(currentRow()) { code = sqlite3_step(handle) }
      guard code == SQLITE_ROW || code == SQLITE_DONE else { throw connection.error(code, in: text) }
    }
  }

  /// Every row of the result as what `body` makes of it.
  func map<Value>(
    _ values: some SQLiteBindable = [SQLiteValue](), _ body: (borrowing SQLiteRow) -> Value
  ) throws(SQLiteError) -> [Value] {
    var results: [Value] = []
    try forEach(values) { results.append(body($0)) }
    return results
  }

  /// Binds `values`, which SQLite takes no copy of, for as long as `body` runs.
  private func withBound<Result>(
    _ values: some SQLiteBindable, _ body: () throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    parameters.removeAll()
    values.append(to: &parameters)
    defer {
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }
    return try parameters.bytes.withUnsafeBufferPointer { bytes throws(SQLiteError) in
      for (index, value) in parameters.values.enumerated() {
        let code = value.bind(to: handle, at: Int32(index + 1), bytes)
        guard code == SQLITE_OK else { throw connection.error(code, in: text) }
      }
      return try body()
    }
  }

  private func currentRow() -> SQLiteRow {
    for column in cells.indices { cells[column] = SQLiteRow.Cell(handle, Int32(column)) }
    return SQLiteRow(cells)
  }
}

extension SQLiteParameters.Value {
  /// Binds it to the placeholder `index`, counted from 1; the result code. Its bytes, which stand in `bytes`, must stay there
  /// for as long as they are bound.
  fileprivate func bind(to statement: OpaquePointer, at index: Int32, _ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    switch self {
    case .null: return sqlite3_bind_null(statement, index)
    case .integer(let value): return sqlite3_bind_int64(statement, index, value)
    case .real(let value): return sqlite3_bind_double(statement, index, value)
    case .text(let range):
      let text = UnsafeBufferPointer(rebasing: bytes[range])
      return csqlite_bind_text(statement, index, text.baseAddress, UInt64(text.count))
    case .blob(let range):
      let blob = UnsafeBufferPointer(rebasing: bytes[range])
      return csqlite_bind_blob(statement, index, blob.baseAddress, UInt64(blob.count))
    }
  }
}
