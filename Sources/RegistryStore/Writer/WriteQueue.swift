import Dispatch
import RegistryModel
import Synchronization

/// What waits for the writer, in the order in which it came. Commits past the bound are refused in their turn, so that
/// answers keep that order; a refusal holds no more than its answer.
final class WriteQueue: Sendable {
  typealias Answer = @Sendable (RegistryError?) -> Void

  enum Entry: Sendable {
    case commit(Commit, Answer)
    case refusal(Answer)
    /// Something else that needs the writer.s connection.
    case task(@Sendable (StoreWriter) -> Void)
  }

  private struct State: Sendable {
    var entries: [Entry] = []
    var commits = 0
    var isWriterAsleep = false
    var isClosed = false
  }

  private let state = Mutex(State())
  private let wake = DispatchSemaphore(value: 0)
  private let mostCommits: Int

  init(mostCommits: Int) { self.mostCommits = mostCommits }

  /// False when the queue is closed; nothing was taken then.
  func append(_ commit: Commit, _ answer: @escaping Answer) -> Bool {
    add { state in
      let fits = state.commits < mostCommits
      state.commits += fits ? 1 : 0
      state.entries.append(fits ? .commit(commit, answer) : .refusal(answer))
    }
  }

  /// False when the queue is closed; nothing was taken then.
  func append(_ task: @escaping @Sendable (StoreWriter) -> Void) -> Bool {
    add { $0.entries.append(.task(task)) }
  }

  /// Lets the writer finish what is there and takes nothing more; false when it was closed already.
  func close() -> Bool {
    let (isFirst, isAsleep) = state.withLock { state in
      defer { state.isClosed = true }
      return (!state.isClosed, state.isWriterAsleep)
    }
    if isFirst, isAsleep { wake.signal() }
    return isFirst
  }

  /// All that waits, after waiting for something to come; nil once the queue is closed and empty. For the writer alone.
  func take() -> [Entry]? {
    while true {
      let taken: [Entry]? = state.withLock { state in
        if state.entries.isEmpty, !state.isClosed {
          state.isWriterAsleep = true
          return nil
        }
        defer {
          state.entries = []
          state.commits = 0
        }
        return state.entries
      }
      if let taken { return taken.isEmpty ? nil : taken }
      wake.wait()
    }
  }

  private func add(_ change: (inout State) -> Void) -> Bool {
    let (isOpen, wasAsleep) = state.withLock { state in
      if state.isClosed { return (false, false) }
      change(&state)
      defer { state.isWriterAsleep = false }
      return (true, state.isWriterAsleep)
    }
    if wasAsleep { wake.signal() }
    return isOpen
  }
}
