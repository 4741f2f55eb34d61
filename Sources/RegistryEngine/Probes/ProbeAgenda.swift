/// Members by when they are to be probed: a binary heap that knows where each member stands in it. Moving one or taking
/// it out costs the logarithm of how many there are and leaves nothing behind, however often members come and go.
struct ProbeAgenda: Sendable {
  private struct Entry {
    var at: Int64
    var member: Int32
  }

  private var heap: [Entry] = []
  /// By member: its place in the heap, or `absent`.
  private var places: [Int32] = []
  private static let absent: Int32 = -1

  /// How many entries were moved so far; for tests that ask how work grows.
  private(set) var steps = 0

  var count: Int { heap.count }
  /// When the first member is due.
  var next: Int64? { heap.first?.at }

  /// When `member` is due; nil when it is not to be probed.
  func time(of member: Int) -> Int64? {
    place(of: member).map { heap[$0].at }
  }

  /// Makes `member` due at `time`, whatever it was before.
  mutating func set(_ member: Int, at time: Int64) {
    let entry = Entry(at: time, member: Int32(truncatingIfNeeded: member))
    if let place = place(of: member) {
      heap[place] = entry
      settle(place)
      return
    }
    while places.count <= member { places.append(Self.absent) }
    heap.append(entry)
    settle(heap.count - 1)
  }

  mutating func remove(_ member: Int) {
    guard let place = place(of: member) else { return }
    places[member] = Self.absent
    let last = heap.removeLast()
    if place == heap.count { return }
    heap[place] = last
    settle(place)
  }

  /// Takes out the member that is due first, if it is by `now`.
  mutating func popDue(by now: Int64) -> (member: Int, at: Int64)? {
    guard let first = heap.first, first.at <= now else { return nil }
    remove(Int(first.member))
    return (Int(first.member), first.at)
  }

  private func place(of member: Int) -> Int? {
    guard member < places.count, places[member] != Self.absent else { return nil }
    return Int(places[member])
  }

  /// Brings the entry at `place` to where it belongs.
  private mutating func settle(_ place: Int) {
    let entry = heap[place]
    var hole = place
    while hole > 0, heap[(hole - 1) / 2].at > entry.at {
      move(from: (hole - 1) / 2, to: hole)
      hole = (hole - 1) / 2
    }
    while let child = smallerChild(of: hole), heap[child].at < entry.at {
      move(from: child, to: hole)
      hole = child
    }
    heap[hole] = entry
    places[Int(entry.member)] = Int32(truncatingIfNeeded: hole)
  }

  private func smallerChild(of place: Int) -> Int? {
    let left = 2 * place + 1
    if left >= heap.count { return nil }
    return left + 1 < heap.count && heap[left + 1].at < heap[left].at ? left + 1 : left
  }

  private mutating func move(from source: Int, to target: Int) {
    steps &+= 1
    heap[target] = heap[source]
    places[Int(heap[target].member)] = Int32(truncatingIfNeeded: target)
  }
}
