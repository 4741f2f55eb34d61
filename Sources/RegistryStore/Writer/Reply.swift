import Dispatch
import Synchronization

/// A value that one thread waits for and another gives, once.
final class Reply<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let given = DispatchSemaphore(value: 0)

  func give(_ value: Value) {
    self.value.withLock { $0 = value }
    given.signal()
  }

  /// Nil when nothing was ever given.
  func wait() -> Value? {
    given.wait()
    return value.withLock { $0 }
  }
}
