import EventLoop
import Synchronization

/// Hashes passwords one after another on a thread of its own, so that nobody else waits for it.
final class PasswordDesk: Sendable {
  /// Some four seconds of work; whoever comes beyond is sent away.
  private static let mostWaiting = 64

  private let thread: LoopThread
  private let waiting = Atomic<Int>(0)

  init() throws {
    thread = try LoopThread.start(name: "muster-password") { _ in }.0
  }

  deinit { thread.stop() }

  /// Calls `done` on its thread with whether it is the password of that hash. False when too many wait: then it is not called.
  func match(_ phrase: String, _ hash: String, _ done: @escaping @Sendable (Bool) -> Void) -> Bool {
    work { done(Password.matches(phrase, hash)) }
  }

  /// Calls `done` on its thread with the hash, nil for a phrase that cannot be a password. False when too many wait.
  func hash(_ phrase: String, _ done: @escaping @Sendable (String?) -> Void) -> Bool {
    work { done(Password.hash(phrase)) }
  }

  private func work(_ body: @escaping @Sendable () -> Void) -> Bool {
    guard waiting.add(1, ordering: .relaxed).newValue <= Self.mostWaiting else {
      waiting.subtract(1, ordering: .relaxed)
      return false
    }
    return thread.mailbox.post { [weak self] _ in
      body()
      self?.waiting.subtract(1, ordering: .relaxed)
    }
  }
}
