import RegistryModel

/// Reads the rows of a table that are as they were written, and puts the others by: what is wrong in one row must not
/// keep a registry from starting, and must neither be believed nor lost (reliability R03).
struct TableReader {
  private struct Damage {
    var key: [SQLiteValue]
    var why: String
  }

  let table: Table
  let connection: SQLiteConnection
  let structure: StructureCheck

  /// Hands every sound row to `read`; what is damaged leaves the table and is told of.
  func forEach(
    _ query: String? = nil, _ values: some SQLiteBindable = [SQLiteValue](), at now: WallTime,
    _ read: (borrowing SQLiteRow) throws(UnreadableColumn) -> Void
  ) throws(SQLiteError) -> StoreReport? {
    var damages: [Damage] = []
    try connection.prepare(query ?? table.selection).forEach(values) { row in
      if let why = why(row, read) {
        damages.append(Damage(key: (0..<table.keyCount).map { row.value($0) }, why: why))
      }
    }
    guard let first = damages.first else { return nil }
    try structure.pass()
    try putBy(damages, at: now)
    let key = first.key.map { Self.text($0) }.joined(separator: " ")
    return .damagedRows(table: "\(table.name)", count: damages.count, example: "\(key) (\(first.why))")
  }

  /// Why a row cannot be believed; nil for a sound one.
  private func why(
    _ row: borrowing SQLiteRow, _ read: (borrowing SQLiteRow) throws(UnreadableColumn) -> Void
  ) -> String? {
    guard table.isIntact(row) else { return "its digest is another" }
    do {
      try read(row)
      return nil
    } catch {
      return "its \(table.columns[error.column]) cannot be read"
    }
  }

  private func putBy(_ damages: [Damage], at now: WallTime) throws(SQLiteError) {
    let texts = (table.columns + ["digest"]).map { "quote(\($0))" }.joined(separator: " || ', ' || ")
    let copy = try connection.prepare(
      "INSERT INTO damaged SELECT ?, '\(table.name)', ?, \(texts) FROM \(table.name) WHERE \(table.isOfKey)")
    let removal = try connection.prepare("DELETE FROM \(table.name) WHERE \(table.isOfKey)")
    try connection.transaction { () throws(SQLiteError) in
      for damage in damages {
        try copy.run([.integer(now.milliseconds), .text(damage.why)] + damage.key)
        guard try removal.run(damage.key) == 1 else { throw .unreachableRow(in: "\(table.name)") }
      }
    }
  }

  private static func text(_ value: SQLiteValue) -> String {
    switch value {
    case .null: "NULL"
    case .integer(let value): "\(value)"
    case .real(let value): "\(value)"
    case .text(let value): value.debugDescription
    case .rawText(let value), .blob(let value): String(decoding: value, as: UTF8.self).debugDescription
    }
  }
}
