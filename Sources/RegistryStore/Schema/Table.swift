/// A table as rows are put into it, taken out of it and read: its columns in order, the first `keyCount` of them the key.
/// The digest follows them.
struct Table {
  var name: StaticString
  var columns: [String]
  var keyCount: Int

  static let progress = Table(
    name: "progress", columns: ["id", "revision", "journal_rows", "journal_bytes"], keyCount: 1)
  static let switches = Table(name: "switches", columns: ["id", "entries"], keyCount: 1)
  static let namespace = Table(name: "namespace", columns: ["id", "name", "about", "created_at"], keyCount: 1)
  static let service = Table(
    name: "service",
    columns: ["namespace", "name", "declared", "protect_threshold", "metadata", "selector", "created_at"], keyCount: 2)
  static let cluster = Table(
    name: "cluster",
    columns: ["namespace", "service", "name", "checker", "check_port", "uses_instance_port", "metadata"], keyCount: 3)
  static let instance = Table(
    name: "instance",
    columns: [
      "namespace", "service", "cluster", "ip", "port", "weight", "enabled", "healthy", "metadata", "app", "number",
      "registered_at", "health_changed_at", "overlay", "mark",
    ], keyCount: 5)
  static let note = Table(
    name: "note",
    columns: ["namespace", "service", "cluster", "ip", "port", "overlay", "mark"], keyCount: 5)
  static let record = Table(name: "record", columns: ["kind", "name", "value"], keyCount: 2)
  static let document = Table(name: "document", columns: ["kind", "name", "value"], keyCount: 2)
  static let journal = Table(
    name: "journal",
    columns: [
      "revision", "position", "at", "origin", "who", "agent", "reason", "kind", "namespace", "service", "target", "cause",
      "before", "after", "bytes",
    ], keyCount: 2)

  /// All but the journal and the documents: what a registry starts from.
  static let ofState = [progress, switches, namespace, service, cluster, instance, note, record]

  var isOfKey: String { columns.prefix(keyCount).map { "\($0) = ?" }.joined(separator: " AND ") }

  /// Columns and digest, to be read.
  var selection: String { "SELECT \(columns.joined(separator: ", ")), digest FROM \(name)" }

  func digest(of row: SQLiteParameters) -> Int64 {
    var digest = RowDigest(table: name)
    row.mix(into: &digest)
    return digest.value
  }

  /// Whether a row of `selection` is as it was written.
  func isIntact(_ row: borrowing SQLiteRow) -> Bool {
    var digest = RowDigest(table: name)
    for column in columns.indices { row.mix(column, into: &digest) }
    return row.integer(columns.count) == digest.value
  }
}

/// The statements that change one table.
struct TableWriter {
  private let table: Table
  private let insertion: SQLiteStatement
  private let deletion: SQLiteStatement

  init(_ table: Table, on connection: SQLiteConnection) throws(SQLiteError) {
    self.table = table
    let places = [String](repeating: "?", count: table.columns.count + 1).joined(separator: ", ")
    let columns = table.columns.joined(separator: ", ")
    insertion = try connection.prepare("INSERT OR REPLACE INTO \(table.name) (\(columns), digest) VALUES (\(places))")
    deletion = try connection.prepare("DELETE FROM \(table.name) WHERE \(table.isOfKey)")
  }

  /// Puts the row in, in place of the one with its key; how many bytes of text it has.
  @discardableResult
  func put(_ row: some SQLiteBindable) throws(SQLiteError) -> Int {
    try insertion.run(Sealed(row: row, table: table))
    return insertion.boundBytes
  }

  /// How many rows there were to take out: one or none.
  @discardableResult
  func remove(_ key: some SQLiteBindable) throws(SQLiteError) -> Int { try deletion.run(key) }
}

/// A row and its digest.
private struct Sealed<Row: SQLiteBindable>: SQLiteBindable {
  let row: Row
  let table: Table

  func append(to parameters: inout SQLiteParameters) {
    row.append(to: &parameters)
    parameters.append(table.digest(of: parameters))
  }
}
