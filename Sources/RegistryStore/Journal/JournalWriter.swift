import RegistryModel

/// Adds what people and programs caused to the journal, and takes the oldest out of it.
struct JournalWriter {
  private let rows: TableWriter
  private let oldest: SQLiteStatement
  private let removal: SQLiteStatement
  private let bounds: JournalBounds
  /// How many of the oldest rows are looked at in one go.
  private static let step = 512

  init(on connection: SQLiteConnection, bounds: JournalBounds) throws(SQLiteError) {
    rows = try TableWriter(.journal, on: connection)
    oldest = try connection.prepare(
      "SELECT at, bytes FROM journal ORDER BY revision, position LIMIT \(Self.step)")
    // So many, and not up to a key that a flipped bit may have made another.
    removal = try connection.prepare(
      """
      DELETE FROM journal WHERE (revision, position) IN (
        SELECT revision, position FROM journal ORDER BY revision, position LIMIT ?)
      """)
    self.bounds = bounds
  }

  func add(_ commit: Commit, to progress: inout Progress) throws(SQLiteError) {
    guard commit.isDurable, let origin = JournalOrigin(commit.origin) else { return }
    var position = 0
    for change in commit.changes where change.isTold && position < bounds.rowsPerCommit {
      progress.journalBytes += try rows.put(JournalLine(commit: commit, origin: origin, position: position, change: change))
      progress.journalRows += 1
      position += 1
    }
  }

  /// Takes out what is over a bound at `now`, at most a step for age: a clock that goes wrong for a while must not cost
  /// the whole of it.
  func prune(_ progress: inout Progress, at now: WallTime) throws(SQLiteError) {
    var isOver: Bool
    repeat {
      isOver = self.isOver(progress)
      let removed = try pruneStep(&progress, at: now)
      if removed == 0, isOver { (progress.journalRows, progress.journalBytes) = (0, 0) }
    } while isOver && self.isOver(progress)
  }

  private func isOver(_ progress: Progress) -> Bool {
    progress.journalRows > bounds.rows || progress.journalBytes > bounds.bytes
  }

  private func pruneStep(_ progress: inout Progress, at now: WallTime) throws(SQLiteError) -> Int {
    var removed = 0
    var rest = progress
    try oldest.walk { row in
      let isOld = row.integer(0).map { $0 < now.milliseconds - bounds.age } ?? true
      guard isOld || isOver(rest) else { return false }
      removed += 1
      rest.journalRows = max(0, rest.journalRows - 1)
      rest.journalBytes -= min(max(0, Int(row.integer(1) ?? 0)), rest.journalBytes)
      return true
    }
    if removed == 0 { return 0 }
    try removal.run([.integer(Int64(removed))])
    progress = rest
    return removed
  }
}
