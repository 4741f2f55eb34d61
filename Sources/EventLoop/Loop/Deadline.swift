import CEvent

/// A timer that is set again and again: moving it costs a store and, when it moves to an earlier time, one insertion in a heap.
///
/// It calls its closure once for each time it is armed, never early, and is quiet from then on until armed anew.
/// It lives as long as somebody holds it.
public final class Deadline {
  private var source: EventSource?
  private let body: () -> Void
  /// When it is due; nil while it is not armed.
  public private(set) var instant: Int64?
  /// When libevent will wake us, which is `instant` or before it.
  private var wakesAt = Int64.max

  public init(_ loop: Loop, _ body: @escaping () -> Void) {
    self.body = body
    source = EventSource(loop.core, descriptor: -1, watches: 0) { [unowned self] _ in woke() }
  }

  /// - Parameter instant: nanoseconds as ``Loop/now`` counts them; one that has passed is due at once.
  public func arm(at instant: Int64) {
    self.instant = instant
    if instant < wakesAt { schedule(instant, now: Self.now) }
  }

  public func arm(after delay: Duration) {
    let (instant, overflows) = Self.now.addingReportingOverflow(delay.nanoseconds)
    arm(at: overflows ? .max : instant)
  }

  /// Not due at all. The wake-up that was planned finds nothing to do.
  public func disarm() {
    instant = nil
  }

  private static var now: Int64 { cevent_monotonic(false) }

  private func schedule(_ instant: Int64, now: Int64) {
    wakesAt = instant
    source?.add(nanoseconds: instant.subtractingReportingOverflow(now).partialValue)
  }

  private func woke() {
    wakesAt = .max
    guard let due = instant else { return }
    let now = Self.now
    // Moved to a later time, or woken by a clock that was behind.
    if due > now { return schedule(due, now: now) }
    instant = nil
    let deadline = self
    body()
    withExtendedLifetime(deadline) {}
  }
}
