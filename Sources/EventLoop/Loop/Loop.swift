import CEvent
import Glibc

/// One libevent base and the thread that runs it.
///
/// A loop is made, used and let go on one thread: it is not `Sendable`, and whoever holds one is on that thread.
/// Other threads reach it by its ``mailbox``.
public final class Loop {
  /// Where other threads leave what is to be done here.
  public let mailbox: Mailbox

  let core: LoopCore
  private var kept: [ObjectIdentifier: AnyObject] = [:]
  private var mailboxSource: EventSource?
  private var shouldStop = false

  /// Takes the mailbox, which no other loop may have; without one it makes its own.
  public init(mailbox given: Mailbox? = nil) throws(SocketError) {
    let mailbox = if let given { given } else { try Mailbox() }
    self.mailbox = mailbox
    core = try LoopCore()
    Self.ignoreBrokenPipes()
    let source = EventSource(core, descriptor: mailbox.descriptor, watches: EV_READ | EV_PERSIST) { _ in
      // Being awake is all that this is for: the end of the turn empties it.
      mailbox.silence()
    }
    mailboxSource = source
    source.add()
  }

  deinit {
    mailbox.close()
    mailboxSource = nil
    kept = [:]
    core.freshConnections.drop()
    for connection in core.exchanges.values { connection.close() }
    core.turnAnswers.send()
  }

  /// Runs until ``stop()``; the loop can be run again.
  public func run() {
    mailbox.beginTurns()
    while !shouldStop {
      // What was posted or begun while the turn ended has its turn after the sockets, without a wait.
      let waiting = mailbox.isEmpty && core.freshConnections.isEmpty ? 0 : EVLOOP_NONBLOCK
      guard event_base_loop(core.base, EVLOOP_ONCE | EVLOOP_NO_EXIT_ON_EMPTY | waiting) == 0 else { break }
      for task in mailbox.take() { task(self) }
      core.freshConnections.look()
      core.turnAnswers.send()
    }
    mailbox.endTurns()
    shouldStop = false
  }

  /// Ends ``run()`` when what is being called has returned; before a run, the run that follows.
  public func stop() {
    shouldStop = true
    event_base_loopbreak(core.base)
  }

  /// Nanoseconds of the monotonic clock, which stands still while the machine sleeps.
  public var now: Int64 { cevent_monotonic(false) }

  /// Keeps `object` alive as long as the loop, or until it is dropped: a server, say, that nobody else holds.
  public func keep(_ object: AnyObject) {
    kept[ObjectIdentifier(object)] = object
  }

  /// Ends ``keep(_:)``.
  public func drop(_ object: AnyObject) {
    kept[ObjectIdentifier(object)] = nil
  }

  /// A peer that has gone shall be an error of a write, not the end of the process.
  /// OpenSSL writes without `MSG_NOSIGNAL`, so it takes the process's disposition; one that somebody chose is kept.
  private static func ignoreBrokenPipes() {
    var current = sigaction()
    guard sigaction(SIGPIPE, nil, &current) == 0, current.__sigaction_handler.sa_handler == nil else { return }
    signal(SIGPIPE, SIG_IGN)
  }
}
