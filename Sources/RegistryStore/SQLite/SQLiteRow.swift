import CSQLite

/// One row of a result, alive only inside the closure it is handed to. Columns are counted from 0. A column that holds
/// another type than the one asked for, or text that is not UTF-8, reads as nil: the file is not trusted to be ours.
struct SQLiteRow: ~Copyable {
  /// What a column holds, where SQLite keeps it.
  enum Cell {
    case null
    case integer(Int64)
    case real(Double)
    case text(UnsafeBufferPointer<UInt8>)
    case blob(UnsafeBufferPointer<UInt8>)
  }

  private let cells: UnsafeMutableBufferPointer<Cell>

  /// A view of `cells`, which must hold what the statement's current row holds.
  init(_ cells: UnsafeMutableBufferPointer<Cell>) { self.cells = cells }

  var columnCount: Int { cells.count }

  func isNull(_ column: Int) -> Bool {
    if case .null = cells[column] { true } else { false }
  }

  func integer(_ column: Int) -> Int64? {
    if case .integer(let value) = cells[column] { value } else { nil }
  }

  func real(_ column: Int) -> Double? {
    if case .real(let value) = cells[column] { value } else { nil }
  }

  func text(_ column: Int) -> String? {
    guard case .text(let bytes) = cells[column] else { return nil }
    // The library's validation costs ten times as much as this look at what is ASCII.
    if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
    return String(validating: bytes, as: UTF8.self)
  }

  func blob(_ column: Int) -> [UInt8]? {
    if case .blob(let bytes) = cells[column] { [UInt8](bytes) } else { nil }
  }

  /// The bytes of a text column, valid only inside `body`.
  func withText<Result>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
    if case .text(let bytes) = cells[column] { body(bytes) } else { nil }
  }

  /// The value of a column, to be bound as it is.
  func value(_ column: Int) -> SQLiteValue {
    switch cells[column] {
    case .null: .null
    case .integer(let value): .integer(value)
    case .real(let value): .real(value)
    case .text(let bytes): text(column).map(SQLiteValue.text) ?? .rawText([UInt8](bytes))
    case .blob(let bytes): .blob([UInt8](bytes))
    }
  }

  /// Mixes a column into a digest as the value that was bound for it was.
  func mix(_ column: Int, into digest: inout RowDigest) {
    switch cells[column] {
    case .null: digest.mixNull()
    case .integer(let value): digest.mix(value)
    case .real(let value): digest.mix(value)
    case .text(let bytes), .blob(let bytes): digest.mix(bytes)
    }
  }
}

extension SQLiteRow.Cell {
  /// What a column of the statement's current row holds; its bytes stay where they are until the statement moves on.
  ///
  /// The column is asked for once and its value looked at directly, which only the connection's one thread may do.
  init(_ statement: OpaquePointer, _ column: Int32) {
    let value = sqlite3_column_value(statement, column)
    switch sqlite3_value_type(value) {
    case SQLITE_INTEGER: self = .integer(sqlite3_value_int64(value))
    case SQLITE_FLOAT: self = .real(sqlite3_value_double(value))
    case SQLITE_TEXT:
      // The text is asked for before its length, which asking for it may change.
      let bytes = sqlite3_value_text(value)
      self = .text(UnsafeBufferPointer(start: bytes, count: Int(sqlite3_value_bytes(value))))
    case SQLITE_BLOB:
      let bytes = sqlite3_value_blob(value)?.assumingMemoryBound(to: UInt8.self)
      self = .blob(UnsafeBufferPointer(start: bytes, count: Int(sqlite3_value_bytes(value))))
    default: self = .null
    }
  }
}
