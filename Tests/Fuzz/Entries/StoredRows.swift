import RegistryModel

@testable import RegistryStore

/// Rows of the store that hold anything at all. An input is a line for each column, after a first line that names the
/// table; a line begins with the kind of its value: `i` and a number, `r` and a number, `t` and text, `b` and bytes; any
/// other line is NULL.
enum StoredRows {
  static let read: Entry.Decoder = { bytes in reader?.read(bytes) }

  /// libFuzzer calls from one thread, one input after the other: nobody else ever uses it.
  private nonisolated(unsafe) static let reader = try? Reader()
}

private struct Reader {
  private static let tables: [Table] = Table.ofState + [.journal]

  private var selections: [String: (table: Table, statement: SQLiteStatement)] = [:]

  init() throws {
    let connection = try SQLiteConnection(path: ":memory:")
    for table in Self.tables {
      let places = [String](repeating: "?", count: table.columns.count).joined(separator: ", ")
      selections["\(table.name)"] = (table, try connection.prepare("SELECT \(places)"))
    }
  }

  func read(_ bytes: UnsafeRawBufferPointer) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard let first = lines.first, let (table, statement) = selections[String(decoding: first, as: UTF8.self)] else { return }
    var values = lines.dropFirst().prefix(table.columns.count).map(Self.value)
    while values.count < table.columns.count { values.append(.null) }
    try? statement.forEach(values) { row in
      do throws(UnreadableColumn) { try read(table, row) } catch {}
    }
  }

  private static func value(_ line: Slice<UnsafeRawBufferPointer>) -> SQLiteValue {
    let rest = line.dropFirst()
    return switch line.first {
    case UInt8(ascii: "i"): .integer(Int64(String(decoding: rest, as: UTF8.self)) ?? 0)
    case UInt8(ascii: "r"): .real(Double(String(decoding: rest, as: UTF8.self)) ?? 0)
    case UInt8(ascii: "t"): .rawText(Array(rest))
    case UInt8(ascii: "b"): .blob(Array(rest))
    default: .null
    }
  }

  private func read(_ table: Table, _ row: borrowing SQLiteRow) throws(UnreadableColumn) {
    var repeated = RepeatedColumns()
    switch "\(table.name)" {
    case "progress": _ = try Progress(row)
    case "switches": let _: Switches = try row.json(at: 1)
    case "namespace": _ = try Namespace(row)
    case "service": _ = try StoredState.StoredService(row, &repeated)
    case "cluster": _ = try StoredCluster(row, &repeated)
    case "instance": _ = try StoredState.StoredInstance(row, &repeated)
    case "note": _ = try StoredState.StoredNote(row, &repeated)
    case "journal": _ = try JournalRow(row)
    default: _ = try row.text(at: 0)
    }
  }
}
