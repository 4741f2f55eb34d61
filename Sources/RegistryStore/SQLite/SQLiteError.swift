import CSQLite

/// Why SQLite refused.
struct SQLiteError: Error, Hashable, CustomStringConvertible {
  /// The extended result code (sqlite.org/rescode.html).
  var code: Int32
  var message: String
  /// What was being done, where that is known.
  var statement: String?

  /// The result code without the detail that extends it.
  var primaryCode: Int32 { code & 0xff }

  var description: String { "\(message) (SQLite \(code))" }
}

extension SQLiteError {
  /// Whether the disk, the file system or the file stands in the way of any write, so that writing less would not help.
  var isOfTheMachine: Bool {
    switch primaryCode {
    case SQLITE_FULL, SQLITE_READONLY, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH, SQLITE_BUSY,
      SQLITE_LOCKED, SQLITE_NOMEM, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_PROTOCOL, SQLITE_NOLFS:
      true
    default: false
    }
  }

  /// Whether the file is not what SQLite wrote.
  var isDamage: Bool { primaryCode == SQLITE_CORRUPT || primaryCode == SQLITE_NOTADB }

  /// Whether a synchronisation failed: the kernel may have dropped what was written and report the failure only once.
  var isLostWrite: Bool { code == Int32(CSQLITE_IOERR_FSYNC) || code == Int32(CSQLITE_IOERR_DIR_FSYNC) }
}
