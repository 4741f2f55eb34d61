/// The steps that bring a file from each format to the next; `user_version` counts those that were taken.
struct SQLiteMigrations {
  enum Failure: Error, Hashable {
    /// The file was written by a later release.
    case newerFormat(found: Int, known: Int)
    /// The file belongs to another program.
    case foreign
    case sqlite(SQLiteError)
  }

  /// Says whose file it is, in `application_id`.
  var applicationID: Int32
  var steps: [String]

  /// Takes the steps that are missing, each in a transaction of its own; how many steps the file had taken before.
  @discardableResult
  func apply(to connection: SQLiteConnection) throws(Failure) -> Int {
    let taken: Int
    let isOurs: Bool
    do {
      taken = Int(try connection.integer("PRAGMA user_version") ?? 0)
      isOurs = try belongsToUs(connection, taken: taken)
    } catch {
      throw .sqlite(error)
    }
    guard isOurs else { throw .foreign }
    guard taken <= steps.count else { throw .newerFormat(found: taken, known: steps.count) }
    do {
      for index in steps.indices.dropFirst(taken) { try take(index, on: connection) }
    } catch {
      throw .sqlite(error)
    }
    return taken
  }

  /// An empty file becomes ours; any other says whose it is.
  private func belongsToUs(_ connection: SQLiteConnection, taken: Int) throws(SQLiteError) -> Bool {
    let owner = try connection.integer("PRAGMA application_id") ?? 0
    // We never count below zero.
    if owner == Int64(applicationID) { return taken >= 0 }
    let tables = try connection.integer("SELECT count(*) FROM sqlite_schema") ?? 0
    return owner == 0 && taken == 0 && tables == 0
  }

  private func take(_ index: Int, on connection: SQLiteConnection) throws(SQLiteError) {
    try connection.transaction { () throws(SQLiteError) in
      try connection.execute(steps[index])
      try connection.execute("PRAGMA application_id = \(applicationID); PRAGMA user_version = \(index + 1)")
    }
  }
}
