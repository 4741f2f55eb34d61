/// When to paint: at once after a key, and otherwise at most so often, however much changes. Times are milliseconds.
struct PaintSchedule {
  let interval: Int64
  private var last: Int64?
  /// When the next frame is due; nil while nothing has changed.
  private(set) var due: Int64?

  init(interval: Int64) {
    self.interval = interval
  }

  /// Somebody is waiting for an answer to a key.
  mutating func paintNow(_ now: Int64) {
    due = now
  }

  /// Something changed by itself.
  mutating func paintSoon(_ now: Int64) {
    let next = last.map { max(now, $0 + interval) } ?? now
    due = min(due ?? next, next)
  }

  func isDue(_ now: Int64) -> Bool {
    due.map { $0 <= now } ?? false
  }

  mutating func painted(_ now: Int64) {
    (last, due) = (now, nil)
  }
}
