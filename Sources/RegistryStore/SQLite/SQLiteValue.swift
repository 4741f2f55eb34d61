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

  /// How many bytes of it `bind` takes room for.
  var byteCount: Int {
    switch self {
    case .null, .integer, .real: 0
    case .text(let value): value.utf8.count
    case .rawText(let value), .blob(let value): value.count
    }
  }

  /// Binds to the placeholder `index`, counted from 1; the result code. Its bytes are copied to the beginning of `room`,
  /// which loses them, and must stay there until the placeholder is bound anew: SQLite takes no copy of its own.
  func bind(to statement: OpaquePointer, at index: Int32, room: inout Slice<UnsafeMutableRawBufferPointer>) -> Int32 {
    switch self {
    case .null: return sqlite3_bind_null(statement, index)
    case .integer(let value): return sqlite3_bind_int64(statement, index, value)
    case .real(let value): return sqlite3_bind_double(statement, index, value)
    case .text(var value):
      let place = value.withUTF8 { Self.move(UnsafeRawBufferPointer($0), into: &room) }
      return csqlite_bind_text(statement, index, place.baseAddress, UInt64(place.count))
    case .rawText(let value):
      let place = value.withUnsafeBytes { Self.move($0, into: &room) }
      return csqlite_bind_text(statement, index, place.baseAddress, UInt64(place.count))
    case .blob(let value):
      let place = value.withUnsafeBytes { Self.move($0, into: &room) }
      return csqlite_bind_blob(statement, index, place.baseAddress, UInt64(place.count))
    }
  }

  private static func move(
    _ bytes: UnsafeRawBufferPointer, into room: inout Slice<UnsafeMutableRawBufferPointer>
  ) -> UnsafeRawBufferPointer {
    let place = UnsafeMutableRawBufferPointer(rebasing: room.prefix(bytes.count))
    place.copyMemory(from: bytes)
    room = room.dropFirst(bytes.count)
    return UnsafeRawBufferPointer(place)
  }
}
