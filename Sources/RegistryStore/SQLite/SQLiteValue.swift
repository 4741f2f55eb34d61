/// What one placeholder takes, or one column holds.
enum SQLiteValue: Hashable, Sendable {
  case null
  case integer(Int64)
  /// A number; SQLite has no NaN and keeps NULL in its place.
  case real(Double)
  case text(String)
  /// Text that may not be UTF-8: what a damaged file holds.
  case rawText([UInt8])
  case blob([UInt8])
}
