import Synchronization

/// A `LineQueue` between two threads: the transfer's, which may not wait, and a task, which may.
final class LineChannel: Sendable {
  typealias Outcome = Result<[UInt8]?, HTTPFailure>

  private struct State {
    var queue: LineQueue
    var readers: [CheckedContinuation<Outcome, Never>] = []
  }

  private let state: Mutex<State>

  init(maximumBacklog: Int) {
    state = Mutex(State(queue: LineQueue(maximumBytes: maximumBacklog)))
  }

  /// Whether the transfer may hand over what it has received; if not, `next` will call for it.
  func admit() -> Bool { state.withLock { $0.queue.admit() } }

  func append(_ lines: [[UInt8]]) {
    guard !lines.isEmpty else { return }
    serve { queue in lines.forEach { queue.append($0) } }
  }

  func finish(_ failure: HTTPFailure?) { serve { $0.finish(failure) } }

  func abandon() { serve { $0.abandon() } }

  /// The next line, nil after the last. `afterPause` is called when a paused transfer may read on.
  func next(afterPause: @Sendable () -> Void) async -> Outcome {
    if let outcome = take(afterPause) { return outcome }
    return await withCheckedContinuation { continuation in
      // A line may have come since the look above: look again in the same breath as the reader is put down.
      let (outcome, resumes) = state.withLock { state -> (Outcome?, Bool) in
        let (next, resumes) = state.queue.next()
        let outcome = Outcome(next)
        if outcome == nil { state.readers.append(continuation) }
        return (outcome, resumes)
      }
      if resumes { afterPause() }
      if let outcome { continuation.resume(returning: outcome) }
    }
  }

  private func take(_ afterPause: () -> Void) -> Outcome? {
    let (next, resumes) = state.withLock { $0.queue.next() }
    if resumes { afterPause() }
    return Outcome(next)
  }

  /// Changes the queue, then answers the readers that wait, outside the lock.
  private func serve(_ change: (inout LineQueue) -> Void) {
    let answers = state.withLock { state -> [(CheckedContinuation<Outcome, Never>, Outcome)] in
      change(&state.queue)
      var answers: [(CheckedContinuation<Outcome, Never>, Outcome)] = []
      // A queue that someone waits for is empty, so it is not paused either.
      while let reader = state.readers.first, let outcome = Outcome(state.queue.next().next) {
        answers.append((reader, outcome))
        state.readers.removeFirst()
      }
      return answers
    }
    for (reader, outcome) in answers { reader.resume(returning: outcome) }
  }
}

extension LineChannel.Outcome {
  /// nil for `.wait`.
  fileprivate init?(_ next: LineQueue.Next) {
    switch next {
    case .line(let line): self = .success(line)
    case .end: self = .success(nil)
    case .failed(let failure): self = .failure(failure)
    case .wait: return nil
    }
  }
}
