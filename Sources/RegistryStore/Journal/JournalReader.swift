import RegistryModel

/// Reads the journal backwards.
struct JournalReader {
  let connection: SQLiteConnection
  let structure: StructureCheck
  let now: WallTime

  static let mostCommits = 1_000

  /// Commits older than `before`, newest first, at most `limit`; and what was found damaged on the way.
  func commits(before: Revision?, limit: Int) throws(SQLiteError) -> (commits: [Commit], report: StoreReport?) {
    let limit = min(max(limit, 0), Self.mostCommits)
    let end = Int64(clamping: before ?? .max)
    let oldest = """
      SELECT min(revision) FROM (
        SELECT DISTINCT revision FROM journal WHERE revision < ? ORDER BY revision DESC LIMIT ?)
      """
    let start = try connection.prepare(oldest).map([.integer(end), .integer(Int64(limit))]) { $0.integer(0) }.first ?? nil
    guard let start else { return ([], nil) }
    let query = "\(Table.journal.selection) WHERE revision >= ? AND revision < ? ORDER BY revision DESC, position"
    var commits: [Commit] = []
    let reader = TableReader(table: .journal, connection: connection, structure: structure)
    let report = try reader.forEach(query, [.integer(start), .integer(end)], at: now) { row throws(UnreadableColumn) in
      let commit = try JournalRow(row).commit
      if let last = commits.last, last.revision == commit.revision {
        commits[commits.count - 1] = last.appending(commit.changes)
      } else {
        commits.append(commit)
      }
    }
    return (commits, report)
  }
}
