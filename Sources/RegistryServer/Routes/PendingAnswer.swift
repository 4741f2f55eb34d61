import EventLoop
import RegistryModel
import Synchronization

/// The answer of a command that is on its way: it may be known before the request is put off, or later on another thread.
final class PendingAnswer: Sendable {
  private enum State {
    case open
    case known(Reply)
    case awaited(Responder)
    case given
  }

  private let submission: Submission
  private let headers: HeaderLines
  private let mailbox: Mailbox
  private let state = Mutex(State.open)

  init(_ submission: Submission, headers: HeaderLines, mailbox: Mailbox) {
    self.submission = submission
    self.headers = headers
    self.mailbox = mailbox
  }

  func resolve(_ result: Result<Receipt, RegistryError>) {
    let reply = submission.reply(to: result)
    let responder: Responder? = state.withLock { state in
      if case .awaited(let responder) = state {
        state = .given
        return responder
      }
      state = .known(reply)
      return nil
    }
    if let responder { send(reply, responder) }
  }

  /// Gives the answer to a request that was put off, as soon as it is known.
  func wait(_ responder: Responder) {
    let reply: Reply? = state.withLock { state in
      if case .known(let reply) = state {
        state = .given
        return reply
      }
      state = .awaited(responder)
      return nil
    }
    if let reply { send(reply, responder) }
  }

  /// There are never more of these in the mailbox than requests that are held.
  private func send(_ reply: Reply, _ responder: Responder) {
    let headers = headers
    mailbox.post { loop in
      responder.send(reply.status, contentType: reply.contentType, headers: headers, body: reply.body, on: loop)
    }
  }
}
