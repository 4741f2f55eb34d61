import CSQLite

/// Why SQLite refused.
struct SQLiteError: Error, Hashable, CustomStringConvertible {
  /// The extended result code (sqlite.org/rescode.html).
  var code: Int32
  var message: String
  /// What was being done, where that is known.
  var statement: String?
  /// What the system said (`errno`), 0 where it was not asked.
  var systemError: Int32 = 0

  /// The result code without the detail that extends it.
  var primaryCode: Int32 { code & 0xff }

  var description: String {
    let system = systemError == 0 ? "" : ": \(systemText(systemError))"
    return "\(message)\(failedOperation)\(system) (SQLite \(code))"
  }

  /// What the disk was asked for when it failed, where the result code says.
  private var failedOperation: String {
    guard primaryCode == SQLITE_IOERR else { return "" }
    return switch code >> 8 {
    case 1, 2: " while reading"
    case 3: " while writing"
    case 4, 5: " while synchronising"
    case 6: " while cutting a file"
    default: ""
    }
  }
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

  var isFullDisk: Bool { primaryCode == SQLITE_FULL }

  /// Whether the file is not what SQLite wrote.
  var isDamage: Bool { primaryCode == SQLITE_CORRUPT || primaryCode == SQLITE_NOTADB }

  /// Whether a synchronisation failed: the kernel may have dropped what was written and report the failure only once.
  var isLostWrite: Bool { code == Int32(CSQLITE_IOERR_FSYNC) || code == Int32(CSQLITE_IOERR_DIR_FSYNC) }
}

extension SQLiteError {
  /// A row that was read is not found by its key: the table is out of order.
  static func unreachableRow(in table: String) -> SQLiteError {
    SQLiteError(code: SQLITE_CORRUPT, message: "a row of the table \(table) is not where it belongs")
  }

  static let movedAway = SQLiteError(code: SQLITE_READONLY | 4 << 8, message: "the file was moved away or removed")

  /// What a check of the pages found.
  static func fault(_ finding: String) -> SQLiteError { SQLiteError(code: SQLITE_CORRUPT, message: finding) }
}
