/// When the server's process stood still. Times are microseconds.
struct Wakefulness {
  private(set) var pauses: [Range<Int64>] = []

  mutating func note(_ pause: Range<Int64>) {
    pauses.append(pause)
    if pauses.count > 64 { pauses.removeFirst() }
  }

  /// How long it stood still between two moments, and how often.
  func asleep(from start: Int64, to end: Int64) -> (time: Int64, times: Int64) {
    var sum: (time: Int64, times: Int64) = (0, 0)
    for pause in pauses where pause.upperBound > start && pause.lowerBound < end {
      sum.time += min(pause.upperBound, end) - max(pause.lowerBound, start)
      sum.times += 1
    }
    return sum
  }
}
