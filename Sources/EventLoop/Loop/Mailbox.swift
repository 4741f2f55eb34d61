import CEvent
import Glibc
import Synchronization

/// The thread-safe side of a loop: closures that are to run on the loop's thread, in the order in which they were posted.
///
/// It wakes the loop once for all that gathers until it is emptied. It has no bound: who posts has to have one.
public final class Mailbox: Sendable {
  private struct Contents {
    var tasks: [@Sendable (Loop) -> Void] = []
    var isClosed = false
  }

  let descriptor: Int32
  private let contents = Mutex(Contents())

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
    if isFirst { eventfd_write(descriptor, 1) }
    return isAccepted
  }

  /// What has gathered.
  func take() -> [@Sendable (Loop) -> Void] {
    var count: eventfd_t = 0
    eventfd_read(descriptor, &count)
    return contents.withLock { contents in
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
