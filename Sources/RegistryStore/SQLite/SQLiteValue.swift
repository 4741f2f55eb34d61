import CSQLite

/// What a placeholder takes.
enum SQLiteValue: Hashable, Sendable {
  case null
  case integer(Int64)
  /// A number; SQLite has no NaN and keeps NULL in its place.
  case real(Double)
  case text(String)
  /// Text that may not be UTF-8: what a damaged file holds.
  case rawText([UInt8])
  case blob([UInt8])

  init(_ value: Bool) { self = .integer(value ? 1 : 0) }
  init(_ value: Int64?) { self = value.map(Self.integer) ?? .null }
  init(_ value: String?) { self = value.map(Self.text) ?? .null }

  /// Binds to the placeholder `index`, counted from 1; the result code.
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    switch self {
    case .null: return sqlite3_bind_null(statement, index)
    case .integer(let value): return sqlite3_bind_int64(statement, index, value)
    case .real(let value): return sqlite3_bind_double(statement, index, value)
    case .text(var value): return value.withUTF8 { Self.bind($0, to: statement, at: index) }
    case .rawText(let value): return value.withUnsafeBufferPointer { Self.bind($0, to: statement, at: index) }
    case .blob(let value):
      return value.withUnsafeBytes { csqlite_bind_blob(statement, index, $0.baseAddress, UInt64($0.count)) }
    }
  }

  private static func bind(_ text: UnsafeBufferPointer<UInt8>, to statement: OpaquePointer, at index: Int32) -> Int32 {
    text.withMemoryRebound(to: CChar.self) {
      csqlite_bind_text(statement, index, $0.baseAddress, UInt64($0.count))
    }
  }
}
