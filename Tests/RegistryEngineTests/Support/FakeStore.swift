import RegistryModel
import Synchronization

@testable import RegistryEngine

/// A store that keeps commits in memory and answers when it is told to, or at once.
final class FakeStore: CommitStore {
  private struct State {
    var kept: [Commit] = []
    var waiting: [(commit: Commit, receiver: any CommitReceiver)] = []
    var answersAtOnce: Bool
    var failure: RegistryError?
  }

  private let state: Mutex<State>

  init(answersAtOnce: Bool = true) { state = Mutex(State(answersAtOnce: answersAtOnce)) }

  func append(_ commit: Commit, for receiver: any CommitReceiver) {
    let answersAtOnce = state.withLock { state in
      state.waiting.append((commit, receiver))
      return state.answersAtOnce
    }
    if answersAtOnce { answer() }
  }

  /// Answers the next `count` commits that wait, in order.
  func answer(_ count: Int = .max) {
    for _ in 0..<count {
      let next = state.withLock { state -> (outcome: CommitOutcome, receiver: any CommitReceiver)? in
        guard !state.waiting.isEmpty else { return nil }
        let (commit, receiver) = state.waiting.removeFirst()
        if state.failure == nil { state.kept.append(commit) }
        return (CommitOutcome(commit.revision, failure: state.failure), receiver)
      }
      guard let next else { return }
      next.receiver.settle([next.outcome])
    }
  }

  func fail(_ failure: RegistryError?) { state.withLock { $0.failure = failure } }

  var kept: [Commit] { state.withLock { $0.kept } }
  var waiting: Int { state.withLock { $0.waiting.count } }
}

/// A clock that the test turns.
final class FakeClock: Sendable {
  private let time = Mutex<Int64>(0)

  var now: Moment {
    let milliseconds = time.withLock { $0 }
    return Moment(
      wall: WallTime(milliseconds: 1_700_000_000_000 + milliseconds), monotonic: MonotonicTime(milliseconds: milliseconds))
  }

  func pass(_ milliseconds: Int64) { time.withLock { $0 += milliseconds } }
}

/// Answers in the order in which they came.
final class Answers: Sendable {
  private let results = Mutex<[Result<Receipt, RegistryError>]>([])

  var done: @Sendable (Result<Receipt, RegistryError>) -> Void {
    { [self] result in results.withLock { $0.append(result) } }
  }

  var all: [Result<Receipt, RegistryError>] { results.withLock { $0 } }
  var count: Int { all.count }
  var errors: [RegistryError] { all.compactMap { if case .failure(let error) = $0 { error } else { nil } } }
}

extension Engine {
  func submit(_ action: Action, _ answers: Answers = Answers()) {
    submit(Command(action, by: .operator(name: "li")), done: answers.done)
  }
}

struct Behind: Error {}

func commits(_ reading: LogReading) throws -> [Commit] {
  guard case .commits(let commits) = reading else { throw Behind() }
  return commits
}
