import CEvent
import Glibc
import Synchronization

/// A thread of its own that makes a loop and runs it.
public final class LoopThread: Sendable {
  public let mailbox: Mailbox
  private let thread: Mutex<pthread_t?>

  private init(mailbox: Mailbox, thread: pthread_t) {
    self.mailbox = mailbox
    self.thread = Mutex(thread)
  }

  /// Starts the thread and returns when `setUp` has, with what that returned; what it threw is thrown here, and the thread has ended.
  /// - Parameters:
  ///   - name: for the debugger, up to 15 bytes.
  ///   - setUp: makes what the loop is to serve. What it makes has to be kept alive: see ``Loop/keep(_:)``.
  public static func start<Result: Sendable>(
    name: String, _ setUp: @escaping @Sendable (Loop) throws -> Result
  ) throws -> (LoopThread, Result) {
    let mailbox = try Mailbox()
    let outcome = try Outcome<Result>()
    let thread = try spawn(name: name) {
      do {
        let loop = try Loop(mailbox: mailbox)
        outcome.set(.success(try setUp(loop)))
        loop.run()
      } catch {
        outcome.set(.failure(error))
      }
    }
    let started = LoopThread(mailbox: mailbox, thread: thread)
    do {
      return (started, try outcome.wait().get())
    } catch {
      started.join()
      throw error
    }
  }

  /// Asks the loop to stop, and waits until its thread has ended. Not to be called on that thread.
  public func stop() {
    mailbox.post { $0.stop() }
    join()
  }

  private func join() {
    let thread = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    if let thread { pthread_join(thread, nil) }
  }
}

/// What the new thread tells the one that started it.
private final class Outcome<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let bell: Mailbox

  init() throws(SocketError) {
    bell = try Mailbox()
  }

  func set(_ value: Result<Value, any Error>) {
    result.withLock { $0 = value }
    bell.post { _ in }
  }

  func wait() -> Result<Value, any Error> {
    while true {
      if let value = result.withLock({ $0 }) { return value }
      var descriptor = pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0)
      poll(&descriptor, 1, -1)
    }
  }
}

/// Starts a POSIX thread.
private func spawn(name: String, _ body: @escaping @Sendable () -> Void) throws(SocketError) -> pthread_t {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  let box = Unmanaged.passRetained(Box(body))
  let code = pthread_create(
    &thread, nil,
    { context in
      if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
      return nil
    }, box.toOpaque())
  guard code == 0 else {
    box.release()
    throw SocketError(operation: "start the thread \(name)", code: code)
  }
  cevent_name_thread(thread, name)
  return thread
}
