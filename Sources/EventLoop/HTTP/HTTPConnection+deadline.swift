import CEvent

extension HTTPConnection {
  /// What the client, or the server, is given time for.
  enum Phase {
    /// Another request.
    case idle
    /// The rest of a request's head, or a TLS handshake.
    case head
    /// The rest of its body.
    case body
    /// The answer.
    case held
    /// Nothing: who streams takes the time there is.
    case streaming
    /// The next bytes of what waits to be sent.
    case sending
    /// To stop sending.
    case lingering
  }

  /// A phase's time runs from its beginning: bytes that come one a minute do not stretch it.
  func enter(_ next: Phase) {
    if next == phase, next != .idle { return }
    phase = next
    extendDeadline()
  }

  /// Gives the phase its time anew. The timer is moved only if it has to wake earlier, so for a request that is answered at once this is a store.
  func extendDeadline() {
    guard let time = time(of: phase) else {
      deadline = .max
      return
    }
    let now = LoopCore.coarseNow
    deadline = now &+ time
    if deadline < timerWakesAt { planTimer(now: now) }
  }

  private func time(of phase: Phase) -> Int64? {
    let times = owner.times
    switch phase {
    case .idle: return times.idle
    case .head: return times.head
    case .body: return times.body
    case .held: return times.hold
    case .sending: return times.send
    case .lingering: return times.linger
    case .streaming: return nil
    }
  }

  private func planTimer(now: Int64) {
    guard let timerEvent, !isClosed else { return }
    timerWakesAt = deadline
    var time = timeval(nanosecondsRoundedUp: deadline - now)
    event_add(timerEvent, &time)
  }

  func timerFired() {
    timerWakesAt = .max
    guard !isClosed, deadline != .max else { return }
    let now = LoopCore.coarseNow
    guard now >= deadline else { return planTimer(now: now) }
    switch phase {
    case .idle, .lingering: close()
    case .sending: breakOff()
    case .head where parser == nil: close()
    case .head, .body: refuse(.requestTimeout)
    case .held: answer(token, .serviceUnavailable)
    case .streaming: break
    }
  }
}

/// The times of ``HTTPLimits`` in nanoseconds, at most a year.
struct HTTPTimes {
  let idle, head, body, hold, send, linger: Int64

  init(_ limits: HTTPLimits) {
    idle = Self.bounded(limits.idleTime)
    head = Self.bounded(limits.headTime)
    body = Self.bounded(limits.bodyTime)
    hold = Self.bounded(limits.holdTime)
    send = Self.bounded(limits.sendTime)
    linger = Self.bounded(limits.lingerTime)
  }

  private static func bounded(_ time: Duration) -> Int64 {
    min(max(0, time.nanoseconds), 366 * 86_400 * 1_000_000_000)
  }
}
