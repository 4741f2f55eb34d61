import Dispatch
public import RegistryModel
import Synchronization

/// Keeps the table of subscribers where it outlives the process: a server that comes back pushes at once to whoever it
/// pushed to before, and those who have gone meanwhile lapse as they would have.
///
/// Only who joins and who leaves is written, in batches; that a subscriber polls again is not.
public final class SubscriberBook: Sendable {
  /// The kind of the records that it alone writes.
  public static let kind = "subscriber"

  /// How long changes are gathered; also how much of the table a crash may cost.
  private static let delay = DispatchTimeInterval.milliseconds(500)
  /// Newer subscribers are not kept while so many are.
  private static let most = 50_000

  private struct State {
    var kept: Set<RecordKey> = []
    /// By key, so that whoever comes and goes again in a batch is written once.
    var waiting: [RecordKey: RecordChange] = [:]
    var isArmed = false
  }

  private let store: any RecordStore
  private let restored: [Subscriber]
  private let state: Mutex<State>
  private let queue = DispatchQueue(label: "muster.subscribers")

  /// `records` are those of `kind` that the store held at the start.
  public init(store: any RecordStore, records: some Sequence<Record>) {
    self.store = store
    let records = records.filter { $0.key.kind == Self.kind }.prefix(Self.most)
    restored = records.compactMap(Subscriber.init)
    state = Mutex(State(kept: Set(records.map(\.key))))
  }

  /// Has `subscribe` called with each subscriber of before; what it refuses is not kept any longer.
  func restore(_ subscribe: (Subscriber) -> Bool) {
    let refused = restored.filter { !subscribe($0) }
    note(joined: [], left: refused)
  }

  func note(joined: [Subscriber], left: [Subscriber]) {
    let isFirst = state.withLock { state in
      for subscriber in joined { Self.take(subscriber, into: &state) }
      for key in left.compactMap(\.recordKey) where state.kept.remove(key) != nil { state.waiting[key] = .remove(key) }
      defer { if !state.waiting.isEmpty { state.isArmed = true } }
      return !state.isArmed && !state.waiting.isEmpty
    }
    if isFirst { queue.asyncAfter(deadline: .now() + Self.delay) { [self] in flush() } }
  }

  private static func take(_ subscriber: Subscriber, into state: inout State) {
    guard let key = subscriber.recordKey, state.kept.count < most, state.kept.insert(key).inserted else { return }
    state.waiting[key] = .put(Record(key: key, value: subscriber.app))
  }

  /// Writes what has been noted. What cannot be written is not tried again: a table that lacks somebody costs them one
  /// poll's time.
  func flush() {
    let changes = state.withLock { state in
      defer {
        state.waiting = [:]
        state.isArmed = false
      }
      return Array(state.waiting.values)
    }
    if !changes.isEmpty { store.write(changes) { _ in } }
  }
}

/// A subscriber as a record: what tells it from others is the name, one part a line.
extension Subscriber {
  private static let parts = 6

  /// Nil for one whose texts have lines of their own, which no client sends.
  var recordKey: RecordKey? {
    let parts = [service.namespace, service.grouped, clusters, ip, String(port), agent]
    if parts.contains(where: { $0.utf8.contains(UInt8(ascii: "\n")) }) { return nil }
    return RecordKey(kind: SubscriberBook.kind, name: parts.joined(separator: "\n"))
  }

  init?(_ record: Record) {
    let parts = record.key.name.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(Substring($0))
    }
    guard parts.count == Self.parts, let port = UInt16(parts[4]) else { return nil }
    self.init(
      service: ServiceKey(namespace: parts[0], grouped: parts[1]), clusters: parts[2], ip: parts[3], port: port,
      agent: parts[5], app: record.value)
  }
}
