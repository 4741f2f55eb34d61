/// Topics by the time at which they want to be looked at: a binary heap. An entry that its topic no longer stands by is
/// dropped by whoever takes it.
struct WakeQueue: Sendable {
  struct Entry: Sendable {
    var at: Int64
    var topic: Int
  }

  private var heap: [Entry] = []

  var next: Int64? { heap.first?.at }
  var count: Int { heap.count }

  mutating func insert(_ entry: Entry) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      if heap[parent].at <= heap[child].at { break }
      heap.swapAt(parent, child)
      child = parent
    }
  }

  mutating func popDue(at now: Int64) -> Entry? {
    guard let first = heap.first, first.at <= now else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    return first
  }

  private mutating func sink() {
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < heap.count else { return }
      let right = left + 1
      let child = right < heap.count && heap[right].at < heap[left].at ? right : left
      if heap[parent].at <= heap[child].at { return }
      heap.swapAt(parent, child)
      parent = child
    }
  }
}
