import Dispatch
import RegistryModel
import Synchronization

/// Parts of what is being loaded, on their way from the writer's thread to the one that waits for them; a few at a time.
final class PartQueue: Sendable {
  private enum Item: Sendable {
    case part(StoredState)
    case end(Result<Void, SQLiteError>)
  }

  private let items = Mutex<[Item]>([])
  private let room = DispatchSemaphore(value: 0)
  private let filled = DispatchSemaphore(value: 0)
  private static let most = 8

  init() {
    for _ in 0..<Self.most { room.signal() }
  }

  /// Waits for room.
  func give(_ part: StoredState) {
    room.wait()
    put(.part(part))
  }

  func end(_ result: Result<Void, SQLiteError>) { put(.end(result)) }

  /// Hands every part to `take` as it comes; throws what the reader met.
  func forEach(_ take: (StoredState) -> Void) throws(SQLiteError) {
    while true {
      filled.wait()
      switch items.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
      case .part(let part):
        room.signal()
        take(part)
      case .end(let result): return try result.get()
      case nil: break
      }
    }
  }

  private func put(_ item: Item) {
    items.withLock { $0.append(item) }
    filled.signal()
  }
}
