import CSQLite

/// A statement compiled once and run many times, on its connection's thread. It must not be run again from the closure
/// that it hands its rows to.
final class SQLiteStatement {
  private let connection: SQLiteConnection
  private let handle: OpaquePointer
  private let placeholders: Int
  private let cells: UnsafeMutableBufferPointer<SQLiteRow.Cell>
  /// The bytes of what is bound.
  private var bound = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  let text: String

  init(_ text: String, on connection: SQLiteConnection) throws(SQLiteError) {
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v3(connection.handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard code == SQLITE_OK, let handle else { throw connection.error(code, in: text) }
    self.connection = connection
    self.handle = handle
    self.text = text
    placeholders = Int(sqlite3_bind_parameter_count(handle))
    cells = .allocate(capacity: Int(sqlite3_column_count(handle)))
    cells.initialize(repeating: .null)
  }

  deinit {
    sqlite3_finalize(handle)
    cells.deallocate()
    bound.deallocate()
  }

  /// Runs it to its end with `values` for its placeholders, and `last` for the one after them; how many rows an insert, update
  /// or delete touched.
  @discardableResult
  func run(_ values: [SQLiteValue] = [], _ last: SQLiteValue? = nil) throws(SQLiteError) -> Int {
    defer { reset() }
    try bind(values, last)
    var code = sqlite3_step(handle)
    while code == SQLITE_ROW { code = sqlite3_step(handle) }
    guard code == SQLITE_DONE else { throw connection.error(code, in: text) }
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
    defer { reset() }
    try bind(values, nil)
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

  private func bind(_ values: [SQLiteValue], _ last: SQLiteValue?) throws(SQLiteError) {
    let bytes = values.reduce(last?.byteCount ?? 0) { $0 + $1.byteCount }
    if bytes > bound.count {
      sqlite3_clear_bindings(handle)
      bound.deallocate()
      bound = .allocate(byteCount: 2 * bytes, alignment: 1)
    }
    var room = bound[...]
    for index in values.indices { try check(values[index].bind(to: handle, at: Int32(index + 1), room: &room)) }
    if let last { try check(last.bind(to: handle, at: Int32(values.count + 1), room: &room)) }
    for index in (0..<placeholders).dropFirst(values.count + (last == nil ? 0 : 1)) {
      try check(sqlite3_bind_null(handle, Int32(index + 1)))
    }
  }

  /// What is bound stays so until the next run. A long text is let go.
  private func reset() {
    sqlite3_reset(handle)
    guard bound.count > Self.mostKept else { return }
    sqlite3_clear_bindings(handle)
    bound.deallocate()
    bound = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  }

  private static let mostKept = 65_536

  private func currentRow() -> SQLiteRow {
    for column in cells.indices { cells[column] = SQLiteRow.Cell(handle, Int32(column)) }
    return SQLiteRow(cells)
  }

  private func check(_ code: Int32) throws(SQLiteError) {
    guard code == SQLITE_OK else { throw connection.error(code, in: text) }
  }
}
