import RegistryModel
import Synchronization

/// A store over a simulated disk: one transaction at a time, with all that came while the last one was under way. A crash
/// between a transaction's end and its answers keeps what was never answered, as a real one may.
final class SimulatedStore: CommitStore {
  private typealias Entry = (commit: Commit, receiver: any CommitReceiver)

  private struct State {
    var waiting: [Entry] = []
    var underWay: [Entry] = []
  }

  private let state = Mutex(State())

  func append(_ commit: Commit, for receiver: any CommitReceiver) {
    state.withLock { $0.waiting.append((commit, receiver)) }
  }

  var isIdle: Bool { state.withLock { $0.waiting.isEmpty && $0.underWay.isEmpty } }

  /// Whether a transaction began.
  func begin() -> Bool {
    state.withLock { state in
      guard state.underWay.isEmpty, !state.waiting.isEmpty else { return false }
      state.underWay = state.waiting
      state.waiting = []
      return true
    }
  }

  /// The commits of the transaction that is under way.
  var commits: [Commit] { state.withLock { $0.underWay.map(\.commit) } }

  /// Ends the transaction: tells everybody how it went.
  func answer(_ failure: RegistryError?) {
    let entries = state.withLock { state in
      defer { state.underWay = [] }
      return state.underWay
    }
    entries.first?.receiver.settle(entries.map { CommitOutcome($0.commit.revision, failure: failure) })
  }
}
