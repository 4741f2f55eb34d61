/// What is to happen when; what is planned for the same time happens in the order in which it was planned.
struct Agenda<Event> {
  private struct Entry {
    var time: Int64
    var order: Int
    var event: Event

    func isBefore(_ other: Entry) -> Bool { time != other.time ? time < other.time : order < other.order }
  }

  private var heap: [Entry] = []
  private var planned = 0

  var nextTime: Int64? { heap.first?.time }
  var isEmpty: Bool { heap.isEmpty }

  mutating func plan(_ event: Event, at time: Int64) {
    planned += 1
    heap.append(Entry(time: time, order: planned, event: event))
    var child = heap.count - 1
    while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes the next event when it is due by `time`.
  mutating func popDue(by time: Int64) -> Event? {
    guard let first = heap.first, first.time <= time else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    sink()
    return first.event
  }

  private mutating func sink() {
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
