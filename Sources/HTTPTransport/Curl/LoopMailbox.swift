import CCurl
import Synchronization

enum LoopCommand: Sendable {
  case start(Ticket, HTTPRequest, Delivery)
  case cancel(Ticket)
  case resume(Ticket)
  case stop
}

/// Where the answer of a transfer goes.
enum Delivery: Sendable {
  case response(CheckedContinuation<Result<HTTPResponse, HTTPFailure>, Never>)
  case lines(head: CheckedContinuation<Result<ResponseHead, HTTPFailure>, Never>, LineChannel, HTTPLineLimits)

  /// Answers a transfer that never began.
  func fail(_ failure: HTTPFailure) {
    switch self {
    case .response(let continuation): continuation.resume(returning: .failure(failure))
    case .lines(let head, let channel, _):
      channel.finish(failure)
      head.resume(returning: .failure(failure))
    }
  }
}

/// The door to the loop's thread.
final class LoopMailbox: Sendable {
  private struct State {
    var commands: [LoopCommand] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let multi: MultiHandle

  init(multi: MultiHandle) { self.multi = multi }

  func post(_ command: LoopCommand) {
    let isClosed = state.withLock { state in
      guard !state.isClosed else { return true }
      state.commands.append(command)
      // Woken under the lock: once the loop has closed the mailbox the handle is gone.
      if state.commands.count == 1 { multi.wakeUp() }
      return false
    }
    if isClosed, case .start(_, _, let delivery) = command { delivery.fail(.cancelled) }
  }

  func take() -> [LoopCommand] {
    state.withLock { state in
      defer { state.commands.removeAll(keepingCapacity: true) }
      return state.commands
    }
  }

  /// What was posted last; nothing is taken afterwards.
  func close() -> [LoopCommand] {
    state.withLock { state in
      state.isClosed = true
      defer { state.commands = [] }
      return state.commands
    }
  }
}
