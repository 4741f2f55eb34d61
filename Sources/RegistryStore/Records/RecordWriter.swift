import RegistryModel

/// Makes the changes of records and documents.
struct RecordWriter {
  private let records: TableWriter
  private let documents: TableWriter

  init(on connection: SQLiteConnection) throws(SQLiteError) {
    records = try TableWriter(.record, on: connection)
    documents = try TableWriter(.document, on: connection)
  }

  func apply(_ changes: [RecordChange]) throws(SQLiteError) {
    for change in changes {
      switch change {
      case .put(let record): try records.put(record)
      case .remove(let key): try records.remove(key)
      case .putDocument(let document): try documents.put(document)
      case .removeDocument(let key): try documents.remove(key)
      }
    }
  }
}

/// Reads one document.
struct DocumentReader {
  let connection: SQLiteConnection
  let structure: StructureCheck
  let now: WallTime

  /// The text, and what was found damaged; nil where there is none that can be believed.
  func text(_ key: RecordKey) throws(SQLiteError) -> (text: String?, report: StoreReport?) {
    var text: String?
    let reader = TableReader(table: .document, connection: connection, structure: structure)
    let query = "\(Table.document.selection) WHERE \(Table.document.isOfKey)"
    let report = try reader.forEach(query, key, at: now) { row throws(UnreadableColumn) in
      text = try row.text(at: 2)
    }
    return (text, report)
  }
}

extension RecordKey: SQLiteBindable {
  /// The columns `kind` and `name`.
  func append(to parameters: inout SQLiteParameters) {
    parameters.append(kind)
    parameters.append(name)
  }
}

extension Record: SQLiteBindable {
  func append(to parameters: inout SQLiteParameters) {
    key.append(to: &parameters)
    parameters.append(value)
  }

  init(_ row: borrowing SQLiteRow) throws(UnreadableColumn) {
    self.init(kind: try row.text(at: 0), name: try row.text(at: 1), value: try row.text(at: 2))
  }
}
