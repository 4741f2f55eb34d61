import NacosWire

/// A column does not hold what its table says it does.
struct UnreadableColumn: Error, Hashable {
  var column: Int
}

extension SQLiteRow {
  func integer(at column: Int) throws(UnreadableColumn) -> Int64 { try need(integer(column), column) }

  func real(at column: Int) throws(UnreadableColumn) -> Double { try need(real(column), column) }

  func text(at column: Int) throws(UnreadableColumn) -> String { try need(text(column), column) }

  func bool(at column: Int) throws(UnreadableColumn) -> Bool {
    switch integer(column) {
    case 0: false
    case 1: true
    default: throw UnreadableColumn(column: column)
    }
  }

  func int32(at column: Int) throws(UnreadableColumn) -> Int32 { try need(Int32(exactly: integer(at: column)), column) }

  func json<Value: StoredJSON>(at column: Int) throws(UnreadableColumn) -> Value {
    let value = withText(column) { bytes in
      (try? JSONDocument(UnsafeRawBufferPointer(bytes))).flatMap { Value(json: $0.root) }
    }
    return try need(value ?? nil, column)
  }

  /// Nil where the column is NULL.
  func optionalInteger(at column: Int) throws(UnreadableColumn) -> Int64? {
    isNull(column) ? nil : try integer(at: column)
  }

  /// Nil where the column is NULL.
  func optionalText(at column: Int) throws(UnreadableColumn) -> String? { isNull(column) ? nil : try text(at: column) }

  /// Nil where the column is NULL.
  func optionalJSON<Value: StoredJSON>(at column: Int) throws(UnreadableColumn) -> Value? {
    isNull(column) ? nil : try json(at: column)
  }

  private func need<Value>(_ value: Value?, _ column: Int) throws(UnreadableColumn) -> Value {
    guard let value else { throw UnreadableColumn(column: column) }
    return value
  }
}
