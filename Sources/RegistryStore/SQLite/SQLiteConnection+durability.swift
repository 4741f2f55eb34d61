import CSQLite

extension SQLiteConnection {
  /// Writes go to a log beside the file, and a transaction that has ended is on the disk.
  func makeDurable() throws(SQLiteError) {
    let mode = try prepare("PRAGMA journal_mode = WAL").map { $0.text(0) }.first ?? nil
    guard mode == "wal" else {
      throw SQLiteError(code: SQLITE_CANTOPEN, message: "no write-ahead log is possible here, the journal is \(mode ?? "none")")
    }
    // Debian's SQLite overwrites what is deleted with zeros, which nobody needs here.
    try execute("PRAGMA synchronous = FULL; PRAGMA secure_delete = OFF; PRAGMA journal_size_limit = \(Self.mostLogBytes)")
    try execute("PRAGMA cache_size = -\(Self.mostCachedBytes / 1_024)")
    let pageSize = max(512, Int(try integer("PRAGMA page_size") ?? 4_096))
    try execute("PRAGMA wal_autocheckpoint = \(Self.mostLogBytes / 2 / pageSize)")
  }

  /// Instances are written all over their table: what is not at hand is read anew, from the log or the file. A hundred
  /// thousand of them come to less.
  private static let mostCachedBytes = 16 << 20

  /// The log is brought into the file when it has come to half of this, and cut to it then. Pages are written again and
  /// again: the longer the log, the more of them go into the file once for many times.
  private static let mostLogBytes = 16 << 20

  /// Brings what can be brought of the log into the file, and leaves the log as it is; of how many frames the log is. Nil
  /// when there is none.
  func framesOfLog() throws(SQLiteError) -> Int? {
    var frames: Int32 = -1
    let code = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_PASSIVE, &frames, nil)
    guard code == SQLITE_OK else { throw error(code, in: "checkpoint") }
    return frames < 0 ? nil : Int(frames)
  }

  /// Brings what is in the log into the file and empties the log.
  func checkpoint() throws(SQLiteError) {
    let code = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
    guard code == SQLITE_OK else { throw error(code, in: "checkpoint") }
  }

  /// Whether the file at the path is still the one that was opened. What is written to one that was moved away or
  /// removed is not where the next start will look for it.
  var isInPlace: Bool {
    var hasMoved: Int32 = 0
    return sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved) != SQLITE_OK || hasMoved == 0
  }

  /// What is wrong with how the pages of a table hang together; nil for nothing.
  func fault(in table: String) throws(SQLiteError) -> String? {
    let findings = try prepare("PRAGMA quick_check('\(table)')").map { $0.text(0) ?? "" }
    return findings == ["ok"] ? nil : findings.first ?? "no finding"
  }
}
