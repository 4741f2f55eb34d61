import Synchronization

/// Counts the elements that maps look at or move, for tests that ask how work grows. Release builds count nothing.
package final class Steps: Sendable {
  #if DEBUG
    @TaskLocal private static var current: Steps?
  #endif
  private let total = Mutex(0)

  private init() {}

  /// The steps that `body` took on this thread; 0 in a release build.
  package static func taken(by body: () throws -> Void) rethrows -> Int {
    let steps = Steps()
    #if DEBUG
      try $current.withValue(steps) { try body() }
    #else
      try body()
    #endif
    return steps.total.withLock { $0 }
  }

  #if DEBUG
    fileprivate static func count() { current?.total.withLock { $0 += 1 } }
  #endif
}

#if DEBUG
  /// What inlinable code calls: it may not name `Steps`.
  @usableFromInline
  func countStep() { Steps.count() }
#endif
