import Dispatch
public import RegistryModel
import Synchronization

/// Records that end with the process: for a registry without a data folder, and for tests.
public final class MemoryRecords: RecordStore {
  fileprivate struct State {
    var records: [RecordKey: String] = [:]
    var documents: [RecordKey: String] = [:]
  }

  private let state: Mutex<State>
  private let answers = DispatchQueue(label: "records.memory")

  /// Begins with `records`.
  public init(_ records: [Record] = []) {
    var state = State()
    for record in records { state.records[record.key] = record.value }
    self.state = Mutex(state)
  }

  /// The records as a store would hand them over at its next start, in no order.
  public var records: [Record] {
    state.withLock { $0.records.map { Record(key: $0.key, value: $0.value) } }
  }

  public func write(_ changes: [RecordChange], done: @escaping @Sendable (RegistryError?) -> Void) {
    state.withLock { state in
      for change in changes { state.apply(change) }
      // Under the lock, so that answers keep the order of the writes.
      answers.async { done(nil) }
    }
  }

  public func document(_ key: RecordKey, done: @escaping @Sendable (Result<String?, RegistryError>) -> Void) {
    state.withLock { state in
      let text = state.documents[key]
      answers.async { done(.success(text)) }
    }
  }
}

extension MemoryRecords.State {
  fileprivate mutating func apply(_ change: RecordChange) {
    switch change {
    case .put(let record): records[record.key] = record.value
    case .remove(let key): records[key] = nil
    case .putDocument(let document): documents[document.key] = document.value
    case .removeDocument(let key): documents[key] = nil
    }
  }
}
