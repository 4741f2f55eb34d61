import CSQLite

/// One row of a result, alive only inside the closure it is handed to. Columns are counted from 0. A column that holds
/// another type than the one asked for, or text that is not UTF-8, reads as nil: the file is not trusted to be ours.
struct SQLiteRow: ~Copyable {
  private let statement: OpaquePointer

  init(_ statement: OpaquePointer) { self.statement = statement }

  var columnCount: Int { Int(sqlite3_data_count(statement)) }

  func isNull(_ column: Int) -> Bool { type(column) == SQLITE_NULL }

  func integer(_ column: Int) -> Int64? {
    type(column) == SQLITE_INTEGER ? sqlite3_column_int64(statement, Int32(column)) : nil
  }

  func real(_ column: Int) -> Double? {
    type(column) == SQLITE_FLOAT ? sqlite3_column_double(statement, Int32(column)) : nil
  }

  func text(_ column: Int) -> String? {
    withText(column) { String(validating: $0, as: UTF8.self) } ?? nil
  }

  func blob(_ column: Int) -> [UInt8]? {
    guard type(column) == SQLITE_BLOB else { return nil }
    let bytes = sqlite3_column_blob(statement, Int32(column))
    return [UInt8](UnsafeRawBufferPointer(start: bytes, count: byteCount(column)))
  }

  /// The bytes of a text column, valid only inside `body`.
  func withText<Result>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
    guard type(column) == SQLITE_TEXT else { return nil }
    // The text is asked for before its length, which asking for it may change.
    let bytes = sqlite3_column_text(statement, Int32(column))
    return body(UnsafeBufferPointer(start: bytes, count: byteCount(column)))
  }

  /// The value of a column as it would be bound to a placeholder; nil for text that is not UTF-8.
  func value(_ column: Int) -> SQLiteValue? {
    switch type(column) {
    case SQLITE_INTEGER: integer(column).map(SQLiteValue.integer)
    case SQLITE_FLOAT: real(column).map(SQLiteValue.real)
    case SQLITE_TEXT: text(column).map(SQLiteValue.text)
    case SQLITE_BLOB: blob(column).map(SQLiteValue.blob)
    default: .null
    }
  }

  private func type(_ column: Int) -> Int32 { sqlite3_column_type(statement, Int32(column)) }

  private func byteCount(_ column: Int) -> Int { Int(sqlite3_column_bytes(statement, Int32(column))) }
}
