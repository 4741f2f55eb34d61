import CSQLite

/// A connection to one SQLite file, for one thread at a time. Statements keep it open for as long as they live.
final class SQLiteConnection {
  let handle: OpaquePointer

  /// Opens the file at `path` for reading and writing, and makes it where there is none.
  init(path: String) throws(SQLiteError) {
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(path, &handle, flags, nil)
    guard code == SQLITE_OK, let handle else {
      let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      let systemError = handle.map { sqlite3_system_errno($0) } ?? 0
      sqlite3_close_v2(handle)
      throw SQLiteError(code: code, message: message, systemError: systemError)
    }
    self.handle = handle
    // Somebody may be looking at the file with SQLite's own shell.
    sqlite3_busy_timeout(handle, 5_000)
  }

  deinit { sqlite3_close_v2(handle) }

  /// Runs several statements that take no values and give no rows.
  func execute(_ script: String) throws(SQLiteError) {
    let code = sqlite3_exec(handle, script, nil, nil, nil)
    guard code == SQLITE_OK else { throw error(code, in: script) }
  }

  func prepare(_ text: String) throws(SQLiteError) -> SQLiteStatement { try SQLiteStatement(text, on: self) }

  /// The first column of the first row of `query`, as an integer.
  func integer(_ query: String) throws(SQLiteError) -> Int64? {
    try prepare(query).map { $0.integer(0) }.first ?? nil
  }

  /// Runs `body` in one transaction: all of it is kept, or when it throws nothing.
  func transaction<Value>(_ body: () throws(SQLiteError) -> Value) throws(SQLiteError) -> Value {
    rollBack()
    try execute("BEGIN IMMEDIATE")
    do {
      let value = try body()
      try execute("COMMIT")
      return value
    } catch {
      rollBack()
      throw error
    }
  }

  func error(_ code: Int32, in statement: String? = nil) -> SQLiteError {
    let isOfTheSystem = [SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_FULL].contains(code & 0xff)
    return SQLiteError(
      code: code, message: String(cString: sqlite3_errmsg(handle)), statement: statement,
      systemError: isOfTheSystem ? sqlite3_system_errno(handle) : 0)
  }

  /// Ends a transaction that failed; some failures have ended it already. Where even this fails, the next transaction
  /// tries it again before it begins.
  private func rollBack() {
    guard sqlite3_get_autocommit(handle) == 0 else { return }
    sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
  }
}
