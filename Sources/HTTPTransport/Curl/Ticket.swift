import Synchronization

/// One transfer's identity: what tasks hold of it, while the transfer itself belongs to the loop's thread.
final class Ticket: Sendable {
  private let mailbox: LoopMailbox
  /// A cancel can be posted ahead of its own start; the start then finds this.
  private let cancelled = Atomic(false)

  init(mailbox: LoopMailbox) { self.mailbox = mailbox }

  var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

  func cancel() {
    cancelled.store(true, ordering: .releasing)
    mailbox.post(.cancel(self))
  }

  func resume() { mailbox.post(.resume(self)) }

  /// Posts the command made from a continuation and waits until that is answered; the task's cancellation cancels the transfer.
  func cancelledWithTask<Success: Sendable>(
    _ command: (CheckedContinuation<Result<Success, HTTPFailure>, Never>) -> LoopCommand
  ) async -> Result<Success, HTTPFailure> {
    await withTaskCancellationHandler {
      await withCheckedContinuation { mailbox.post(command($0)) }
    } onCancel: {
      cancel()
    }
  }
}
