import CEvent
import Glibc
import Synchronization

/// The thread-safe side of a loop: closures that are to run on the loop's thread, in the order in which they were posted.
///
/// It wakes the loop once for all that gathers until it is emptied, and not at all for what is posted on the loop's own
/// thread in a turn: the end of the turn empties it anyhow. It has no bound: who posts has to have one.
public final class Mailbox: Sendable {
  private struct Contents {
    var tasks: [@Sendable (Loop) -> Void] = []
    var isClosed = false
  }

  let descriptor: Int32
  private let contents = Mutex(Contents())
  /// The thread that is running the loop; 0 while none is.
  private let runner = Atomic<UInt>(0)

  /// Fails when the process has no descriptor left.
  public init() throws(SocketError) {
    descriptor = cevent_eventfd()
    guard descriptor >= 0 else { throw SocketError(operation: "make a mailbox", code: errno) }
  }

  deinit {
    Glibc.close(descriptor)
  }

  /// Runs `task` on the loop's thread. False when the loop has gone: then the task is dropped and never runs.
  @discardableResult
  public func post(_ task: @escaping @Sendable (Loop) -> Void) -> Bool {
    let (isAccepted, isFirst) = contents.withLock { contents in
      guard !contents.isClosed else { return (false, false) }
      contents.tasks.append(task)
      return (true, contents.tasks.count == 1)
    }
    if isFirst, runner.load(ordering: .relaxed) != UInt(pthread_self()) { eventfd_write(descriptor, 1) }
    return isAccepted
  }

  /// From now on this thread empties it after every turn, and need not be woken by itself.
  func beginTurns() { runner.store(UInt(pthread_self()), ordering: .relaxed) }

  /// Ends ``beginTurns()``: what is left now has the next run woken for it.
  func endTurns() {
    runner.store(0, ordering: .relaxed)
    if !isEmpty { eventfd_write(descriptor, 1) }
  }

  var isEmpty: Bool { contents.withLock { $0.tasks.isEmpty } }

  /// Lets the descriptor be quiet until the next wake-up.
  func silence() {
    var count: eventfd_t = 0
    eventfd_read(descriptor, &count)
  }

  /// What has gathered.
  func take() -> [@Sendable (Loop) -> Void] {
    contents.withLock { contents in
      if contents.tasks.isEmpty { return [] }
      defer { contents.tasks = [] }
      return contents.tasks
    }
  }

  /// Drops what has gathered, outside the lock: letting it go may run code of others.
  func close() {
    _ = contents.withLock { contents in
      defer { contents = Contents(isClosed: true) }
      return contents.tasks
    }
  }
}
