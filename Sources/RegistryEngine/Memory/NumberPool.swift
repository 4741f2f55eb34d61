/// Knows the smallest number from 0 that is not in use (naming-server-v1 2.4, the ids called "snowflake").
struct NumberPool: Sendable {
  private var used: Set<Int> = []
  /// Numbers below `next` that are not in use, the smallest first.
  private var gaps = DelayQueue<Int>()
  private var next = 0

  var isEmpty: Bool { used.isEmpty }
  var count: Int { used.count }

  var smallestFree: Int { gaps.nextTime().map(Int.init) ?? next }

  mutating func reserve(_ number: Int) {
    guard used.insert(number).inserted else { return }
    gaps.cancel(number)
    if number == next { while used.contains(next) { next += 1 } }
  }

  mutating func free(_ number: Int) {
    if used.remove(number) != nil, number < next { gaps.set(number, at: Int64(number)) }
  }
}
