import CEvent

/// A timer that has been started: what is left to do with it is to cancel it.
public final class Timer {
  private weak var loop: Loop?
  private var source: EventSource?

  fileprivate init(_ loop: Loop, interval: Int64, repeats: Bool, body: @escaping () -> Void) {
    self.loop = loop
    source = EventSource(loop.core, descriptor: -1, watches: repeats ? EV_PERSIST : 0) { [unowned self] _ in
      // The loop's hold may be the last one, and `body` may cancel.
      let timer = self
      if !repeats { timer.cancel() }
      body()
      withExtendedLifetime(timer) {}
    }
    source?.add(nanoseconds: interval)
    loop.keep(self)
  }

  /// Nothing will be called any more, and what the closure holds is let go. Harmless for one that has fired.
  public func cancel() {
    source = nil
    loop?.drop(self)
  }
}

extension Loop {
  /// Calls `body` once, after `delay`.
  @discardableResult
  public func timer(after delay: Duration, _ body: @escaping () -> Void) -> Timer {
    Timer(self, interval: delay.nanoseconds, repeats: false, body: body)
  }

  /// Calls `body` every `interval` until it is cancelled; turns that were missed are not made up for.
  @discardableResult
  public func timer(every interval: Duration, _ body: @escaping () -> Void) -> Timer {
    Timer(self, interval: max(interval.nanoseconds, 1_000_000), repeats: true, body: body)
  }
}
