import Glibc

/// Starts a transfer loop on a thread of its own, and ends it when nobody holds it any more.
final class TransferLoopOwner: Sendable {
  let mailbox: LoopMailbox

  init(connectionsPerHost: Int, maximumInFlight: Int) throws(HTTPFailure) {
    let multi = try MultiHandle(connectionsPerHost: connectionsPerHost)
    mailbox = LoopMailbox(multi: multi)
    let start = ThreadStart(multi: multi, mailbox: mailbox, maximumInFlight: maximumInFlight)
    let argument = Unmanaged.passRetained(start)
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, argument.toOpaque())
    guard code == 0 else {
      argument.release()
      multi.free()
      throw .unavailable("no thread (error \(code))")
    }
    pthread_detach(thread)
  }

  deinit { mailbox.post(.stop) }
}

/// What crosses from the thread that starts the loop to the loop's own.
private final class ThreadStart: Sendable {
  private let multi: MultiHandle
  private let mailbox: LoopMailbox
  private let maximumInFlight: Int

  init(multi: MultiHandle, mailbox: LoopMailbox, maximumInFlight: Int) {
    self.multi = multi
    self.mailbox = mailbox
    self.maximumInFlight = maximumInFlight
  }

  func run() {
    TransferLoop(multi: multi, mailbox: mailbox, maximumInFlight: maximumInFlight).run()
  }
}
