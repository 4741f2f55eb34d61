import RegistryModel

/// How far the file is: what the newest commit was, and how much journal there is.
struct Progress: Hashable {
  var revision: Revision = 0
  var journalRows = 0
  var journalBytes = 0

  var storedRow: [SQLiteValue] {
    [.integer(1), .integer(Int64(clamping: revision)), .integer(Int64(journalRows)), .integer(Int64(journalBytes))]
  }
}

extension Progress {
  init(_ row: borrowing SQLiteRow) throws(UnreadableColumn) {
    guard let revision = Revision(exactly: try row.integer(at: 1)) else { throw UnreadableColumn(column: 1) }
    self.init(
      revision: revision, journalRows: Int(try row.integer(at: 2)), journalBytes: Int(try row.integer(at: 3)))
  }

  /// What the file says, or where it says nothing that can be believed, what the journal comes to. The next commit puts
  /// the row right.
  static func stored(in connection: SQLiteConnection) throws(SQLiteError) -> Progress {
    var progress: Progress?
    try connection.prepare(Table.progress.selection).forEach { row in
      if Table.progress.isIntact(row) { progress = try? Progress(row) }
    }
    if let progress { return progress }
    let count = "SELECT coalesce(max(revision), 0), count(*), coalesce(sum(bytes), 0) FROM journal"
    return try connection.prepare(count).map { row in
      Progress(
        revision: Revision(clamping: row.integer(0) ?? 0), journalRows: Int(row.integer(1) ?? 0),
        journalBytes: Int(row.integer(2) ?? 0))
    }.first ?? Progress()
  }
}
