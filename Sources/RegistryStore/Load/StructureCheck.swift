/// Whether the pages of the file hang together, found out on a thread of its own while the rows are being read: what was
/// read is believed, and anything written, only once this has been answered (reliability R03).
final class StructureCheck: Sendable {
  private let reply = Reply<Result<String?, SQLiteError>>()

  /// Begins to check `tables` of the file at `path`. The journal is best left out: it is long, and what is wrong in it
  /// must cost history alone.
  init(path: String, tables: [Table]) {
    let names = tables.map { "\($0.name)" }
    let thread = StoreThread { [reply] in reply.give(Self.result(path, names)) }
    if let thread { thread.detach() } else { reply.give(Self.result(path, names)) }
  }

  /// Waits for the check to end; throws what it found.
  func pass() throws(SQLiteError) {
    if let fault = try reply.wait()?.get() ?? nil { throw .fault(fault) }
  }

  /// Waits for the check to have let go of the file.
  func end() { _ = reply.wait() }

  private static func result(_ path: String, _ tables: [String]) -> Result<String?, SQLiteError> {
    Result { () throws(SQLiteError) in
      let connection = try SQLiteConnection(path: path)
      for table in tables {
        if let fault = try connection.fault(in: table) { return fault }
      }
      return nil
    }
  }
}
