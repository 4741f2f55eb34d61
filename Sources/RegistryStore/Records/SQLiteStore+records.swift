import Dispatch
public import RegistryModel

extension SQLiteStore: RecordStore {
  public func write(_ changes: [RecordChange], done: @escaping @Sendable (RegistryError?) -> Void) {
    if queue.append(.records(changes), .done(done)) { return }
    late.async { done(.unavailable("the store is closed")) }
  }

  /// Damage that is met on the way is put by, reported, and dated by the newest commit.
  public func document(_ key: RecordKey, done: @escaping @Sendable (Result<String?, RegistryError>) -> Void) {
    let isTaken = queue.append { [report] writer in
      let reader = DocumentReader(connection: writer.connection, structure: writer.structure, now: writer.newest)
      let found = Result { () throws(SQLiteError) in try reader.text(key) }
      if case .success(let found) = found, let damage = found.report { report(damage) }
      done(found.map(\.text).mapError { .storeFailed($0.description) })
    }
    if !isTaken { late.async { done(.failure(.unavailable("the store is closed"))) } }
  }
}
