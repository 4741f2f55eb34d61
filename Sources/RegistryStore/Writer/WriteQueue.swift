import Dispatch
import RegistryModel
import Synchronization

/// What waits for the writer, in the order in which it came. What is past a bound is refused in its turn, so that answers
/// keep that order; a refusal holds no more than its answer.
final class WriteQueue: Sendable {
  /// Who is told what became of a work.
  enum Answer: Sendable {
    case commit(Revision, any CommitReceiver)
    case done(@Sendable (RegistryError?) -> Void)
  }

  enum Work: Sendable {
    case commit(Commit)
    case records([RecordChange])
  }

  enum Entry: Sendable {
    case work(Work, Answer)
    case refusal(Answer)
    /// Something else that needs the writer's connection.
    case task(@Sendable (StoreWriter) -> Void)
  }

  private struct State: Sendable {
    var entries: [Entry] = []
    var works = 0
    var recordBytes = 0
    var isWriterAsleep = false
    var isClosed = false
  }

  private let state = Mutex(State())
  private let wake = DispatchSemaphore(value: 0)
  private let mostWorks: Int
  private let mostRecordBytes: Int

  /// At most `mostWorks` commits and writes wait, and the writes among them hold at most `mostRecordBytes` of text.
  init(mostWorks: Int, mostRecordBytes: Int = 256 << 20) {
    self.mostWorks = mostWorks
    self.mostRecordBytes = mostRecordBytes
  }

  /// False when the queue is closed; nothing was taken then.
  func append(_ work: Work, _ answer: Answer) -> Bool {
    let bytes = work.recordBytes
    return add { state in
      let fits = state.works < mostWorks && (bytes == 0 || bytes <= mostRecordBytes - state.recordBytes)
      state.works += fits ? 1 : 0
      state.recordBytes += fits ? bytes : 0
      state.entries.append(fits ? .work(work, answer) : .refusal(answer))
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
          (state.works, state.recordBytes) = (0, 0)
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

extension WriteQueue.Work {
  /// Whether any of it must be on disk before it is answered.
  var isDurable: Bool {
    switch self {
    case .commit(let commit): commit.isDurable
    case .records(let changes): !changes.isEmpty
    }
  }

  fileprivate var recordBytes: Int {
    guard case .records(let changes) = self else { return 0 }
    return changes.reduce(0) { sum, change in
      switch change {
      case .put(let record), .putDocument(let record): sum + record.value.utf8.count
      case .remove, .removeDocument: sum
      }
    }
  }
}
