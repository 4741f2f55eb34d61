/// Keys that are due at some time, at most once each. Setting, cancelling and taking cost the logarithm of how many there
/// are; keys cancelled or moved leave nothing behind for long.
struct DelayQueue<Key: Hashable & Sendable>: Sendable {
  private struct Item {
    var time: Int64
    /// Keys due at the same time come in the order in which they were set.
    var order: UInt64
    var key: Key

    func isBefore(_ other: Item) -> Bool { time != other.time ? time < other.time : order < other.order }
  }

  private var heap: [Item] = []
  private var orders: [Key: UInt64] = [:]
  private var nextOrder: UInt64 = 0

  var count: Int { orders.count }
  /// The memory that keys not yet taken and keys left behind need.
  var storedItems: Int { heap.count }

  func contains(_ key: Key) -> Bool { orders[key] != nil }

  /// Makes `key` due at `time`, whatever it was before.
  mutating func set(_ key: Key, at time: Int64) {
    nextOrder += 1
    orders[key] = nextOrder
    heap.append(Item(time: time, order: nextOrder, key: key))
    siftUp(from: heap.count - 1)
    dropStale()
    if heap.count > 2 * orders.count + 32 { compact() }
  }

  mutating func cancel(_ key: Key) {
    if orders.removeValue(forKey: key) != nil { dropStale() }
  }

  /// When the first key is due.
  func nextTime() -> Int64? { heap.first?.time }

  /// Takes the first key that is due by `now`.
  mutating func popDue(by now: Int64) -> Key? {
    guard let first = heap.first, first.time <= now else { return nil }
    removeFirst()
    orders[first.key] = nil
    dropStale()
    return first.key
  }

  /// Keeps the first of the heap one that counts.
  private mutating func dropStale() {
    while let first = heap.first, orders[first.key] != first.order { removeFirst() }
  }

  private mutating func compact() {
    heap = heap.filter { orders[$0.key] == $0.order }.sorted { $0.isBefore($1) }
  }

  private mutating func removeFirst() {
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    siftDown()
  }

  private mutating func siftUp(from start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      if !heap[child].isBefore(heap[parent]) { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      let left = 2 * parent + 1
      if left >= heap.count { return }
      let right = left + 1
      let child = right < heap.count && heap[right].isBefore(heap[left]) ? right : left
      if !heap[child].isBefore(heap[parent]) { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
