import Dispatch
import Synchronization

/// A value that is given once and can be waited for.
final class Reply<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let given = DispatchSemaphore(value: 0)

  func give(_ value: Value) {
    self.value.withLock { $0 = value }
    given.signal()
  }

  /// Waits until it is given.
  func wait() -> Value? {
    given.wait()
    // Whoever else waits, or asks again, gets it too.
    given.signal()
    return value.withLock { $0 }
  }
}
