import RegistryModel

/// Opens the file in a folder and makes sure that it is ours, whole, and of a format that is known.
struct StoreOpening {
  let folder: StoreFolder
  let bounds: JournalBounds
  let report: @Sendable (StoreReport) -> Void

  func writer() throws(StoreError) -> StoreWriter {
    let size = try folder.prepareDatabase()
    let connection = try sqlite { () throws(SQLiteError) in try SQLiteConnection(path: folder.database) }
    try migrate(connection)
    try tellOfCutLog(connection)
    try sqlite { () throws(SQLiteError) in
      try connection.makeDurable()
      try checkEnd(connection, size: size)
    }
    try folder.markBirth()
    let structure = StructureCheck(path: folder.database, tables: Table.ofState)
    do {
      return try StoreWriter(on: connection, structure: structure, bounds: bounds, report: report)
    } catch {
      structure.end()
      throw StoreError(error, path: folder.database)
    }
  }

  private func sqlite<Value>(_ body: () throws(SQLiteError) -> Value) throws(StoreError) -> Value {
    do {
      return try body()
    } catch {
      throw StoreError(error, path: folder.database)
    }
  }

  /// Looks at the log before it is written over.
  private func tellOfCutLog(_ connection: SQLiteConnection) throws(StoreError) {
    let frames = try sqlite { () throws(SQLiteError) in try connection.framesOfLog() }
    let pageSize = try sqlite { () throws(SQLiteError) in try connection.integer("PRAGMA page_size") }
    guard let frames, let pageSize, let log = folder.openLog(),
      let remainder = LogRemainder(of: log, behind: frames, pageSize: Int(pageSize))
    else { return }
    let copy = remainder.transactions > 0 ? try folder.copyLog(log) : nil
    report(.logCut(bytes: remainder.bytes, transactions: remainder.transactions, copy: copy))
  }

  private func migrate(_ connection: SQLiteConnection) throws(StoreError) {
    do {
      try Schema.migrations.apply(to: connection)
    } catch {
      switch error {
      case .newerFormat(let found, let known): throw .newerFormat(path: folder.database, found: found, known: known)
      case .foreign: throw .foreign(path: folder.database)
      case .sqlite(let error): throw StoreError(error, path: folder.database)
      }
    }
  }

  private func checkEnd(_ connection: SQLiteConnection, size: Int?) throws(SQLiteError) {
    // SQLite reads what is missing of the last page as zeros.
    let pageSize = Int(try connection.integer("PRAGMA page_size") ?? 1)
    if let size, !size.isMultiple(of: pageSize) { throw .fault("it ends in the middle of a page") }
  }
}

extension StoreError {
  init(_ error: SQLiteError, path: String) {
    self =
      error.isDamage
      ? .damaged(path: path, why: error.message)
      : .cannotUse(path: path, why: error.isFullDisk ? "the disk is full" : error.description)
  }
}
