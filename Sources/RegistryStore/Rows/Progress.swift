import RegistryModel

/// How far the file is: what the newest commit was, and how much journal there is.
struct Progress: Hashable, SQLiteBindable {
  var revision: Revision = 0
  var journalRows = 0
  var journalBytes = 0

  func append(to parameters: inout SQLiteParameters) {
    parameters.append(1)
    parameters.append(Int64(clamping: revision))
    parameters.append(Int64(journalRows))
    parameters.append(Int64(journalBytes))
  }
}

extension Progress {
  init(_ row: borrowing SQLiteRow) throws(UnreadableColumn) {
    guard let revision = Revision(exactly: try row.integer(at: 1)) else { throw UnreadableColumn(column: 1) }
    self.init(revision: revision, journalRows: try Self.count(row, 2), journalBytes: try Self.count(row, 3))
  }

  /// What the file says; where it says nothing that can be believed, what the journal comes to, and that it was so.
  static func stored(in connection: SQLiteConnection) throws(SQLiteError) -> (progress: Progress, isDamaged: Bool) {
    var progress: Progress?
    var isDamaged = false
    try connection.prepare(Table.progress.selection).forEach { row in
      progress = Table.progress.isIntact(row) ? try? Progress(row) : nil
      isDamaged = progress == nil
    }
    if let progress { return (progress, false) }
    let count = """
      SELECT coalesce(max(revision), 0), count(*),
        coalesce(sum(CASE WHEN bytes BETWEEN 0 AND 1000000000 THEN bytes ELSE 0 END), 0) FROM journal
      """
    let counted = try connection.prepare(count).map { row in
      Progress(
        revision: Revision(clamping: row.integer(0) ?? 0), journalRows: Int(row.integer(1) ?? 0),
        journalBytes: Int(row.integer(2) ?? 0))
    }.first
    return (counted ?? Progress(), isDamaged)
  }

  private static func count(_ row: borrowing SQLiteRow, _ column: Int) throws(UnreadableColumn) -> Int {
    let count = try row.integer(at: column)
    guard (0...Self.most).contains(count) else { throw UnreadableColumn(column: column) }
    return Int(count)
  }

  /// More is not there: SQLite's files end before.
  private static let most: Int64 = 1 << 48
}
