import RegistryModel

/// Instances that were deregistered a moment ago: a beat of theirs that was under way must not bring them back
/// (reliability E1, G5). Bounded: beyond the bound the oldest is forgotten first.
struct Tombstones: Sendable {
  private var queue = DelayQueue<InstanceKey>()
  private let most: Int

  init(most: Int) { self.most = most }

  var count: Int { queue.count }

  mutating func put(_ key: InstanceKey, until time: Int64, now: Int64) {
    forget(by: now)
    if queue.count >= most { _ = queue.popDue(by: .max) }
    queue.set(key, at: time)
  }

  mutating func clear(_ key: InstanceKey) {
    if queue.count > 0 { queue.cancel(key) }
  }

  /// As `covers`, for whom it is not wrong to be remembered a little longer.
  func remembers(_ key: InstanceKey) -> Bool { queue.contains(key) }

  mutating func covers(_ key: InstanceKey, now: Int64) -> Bool {
    if queue.count == 0 { return false }
    forget(by: now)
    return queue.contains(key)
  }

  private mutating func forget(by now: Int64) {
    while queue.popDue(by: now) != nil {}
  }
}
