import CEvent

/// A libevent event that calls a closure with what happened (`EV_READ`, `EV_WRITE`, `EV_TIMEOUT`, `EV_SIGNAL`).
/// It is quiet until it is added, and again when it is let go.
final class EventSource {
  private let core: LoopCore
  private let handler: (Int32) -> Void
  private var event: OpaquePointer?

  /// - Parameters:
  ///   - descriptor: a descriptor, a signal's number with `EV_SIGNAL`, or -1 for a mere timer.
  ///   - watches: flags of libevent.
  init(_ core: LoopCore, descriptor: Int32, watches: Int32, handler: @escaping (Int32) -> Void) {
    self.core = core
    self.handler = handler
    event = event_new(
      core.base, descriptor, Int16(watches),
      { _, what, context in
        guard let context else { return }
        Unmanaged<EventSource>.fromOpaque(context).takeUnretainedValue().handler(Int32(what))
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit {
    if let event { event_free(event) }
  }

  /// Whether there was memory for it.
  var exists: Bool { event != nil }

  func add() {
    if let event { event_add(event, nil) }
  }

  /// Adds it with a time after which it happens anyhow; an event that waits already waits anew.
  func add(nanoseconds: Int64) {
    guard let event else { return }
    var time = timeval(nanosecondsRoundedUp: nanoseconds)
    event_add(event, &time)
  }

  func remove() {
    if let event { event_del(event) }
  }

  /// Makes it happen at the end of this turn, after all that is already due.
  func activate(_ what: Int32) {
    if let event { event_active(event, what, 0) }
  }
}

extension timeval {
  /// Never shorter than asked: a timer may be late, not early.
  init(nanosecondsRoundedUp nanoseconds: Int64) {
    let microseconds = max(0, nanoseconds) / 1000 + (max(0, nanoseconds) % 1000 > 0 ? 1 : 0)
    self.init(tv_sec: Int(microseconds / 1_000_000), tv_usec: Int(microseconds % 1_000_000))
  }
}

extension Duration {
  /// Nanoseconds, held within what 64 bits can tell (292 years).
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    if overflows { return seconds > 0 ? .max : .min }
    let (sum, spills) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
    return spills ? (whole > 0 ? .max : .min) : sum
  }
}
