import EventLoop
import Synchronization

/// Has an object on a loop's thread look at what has changed, once for all changes until it does. Any thread may wake;
/// what is looked at must be behind a lock that those who change it held.
final class LoopWaker<Object: AnyObject>: Sendable {
  private let target = Mutex<LoopBound<Object>?>(nil)
  private let isAwake = Atomic<Bool>(false)
  private let look: @Sendable (Object, LoopWaker) -> Void

  /// - Parameter look: has to call `rest` before it looks, or what changes meanwhile would go unseen.
  init(_ look: @escaping @Sendable (Object, LoopWaker) -> Void) { self.look = look }

  /// From now on `object` is woken, at first for whatever there was before; with nil nobody is.
  func aim(at object: LoopBound<Object>?) {
    target.withLock { $0 = object }
    rest()
    wake()
  }

  func wake() {
    // The lock on what has changed orders this after whatever the looker did before it looked.
    if isAwake.load(ordering: .relaxed) || isAwake.exchange(true, ordering: .acquiring) { return }
    // Where there is nobody yet, it stays so until there is.
    target.withLock { $0 }?.post { [self] object in look(object, self) }
  }

  /// The next change wakes again.
  func rest() { isAwake.store(false, ordering: .releasing) }
}
