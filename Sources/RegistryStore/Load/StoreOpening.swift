import RegistryModel

/// Opens the file in a folder and makes sure that it is ours, whole, and of a format that is known.
struct StoreOpening {
  let folder: StoreFolder
  let bounds: JournalBounds
  let report: @Sendable (StoreReport) -> Void

  func writer() throws(StoreError) -> StoreWriter {
    let size = try folder.prepareDatabase()
    let connection: SQLiteConnection
    do {
      connection = try SQLiteConnection(path: folder.database)
    } catch {
      throw StoreError(error, path: folder.database)
    }
    try migrate(connection)
    do {
      try connection.makeDurable()
      try check(connection, size: size)
    } catch {
      throw StoreError(error, path: folder.database)
    }
    try folder.markBirth()
    do {
      return try StoreWriter(on: connection, bounds: bounds, report: report)
    } catch {
      throw StoreError(error, path: folder.database)
    }
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

  /// The journal is left out: it is long, and what is wrong in it must cost history alone.
  private func check(_ connection: SQLiteConnection, size: Int?) throws(SQLiteError) {
    // SQLite reads what is missing of the last page as zeros.
    let pageSize = Int(try connection.integer("PRAGMA page_size") ?? 1)
    if let size, !size.isMultiple(of: pageSize) { throw .fault("it ends in the middle of a page") }
    for table in Table.ofState {
      if let fault = try connection.fault(in: "\(table.name)") { throw .fault(fault) }
    }
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
