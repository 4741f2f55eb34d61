import CEvent

/// A closure that runs at the end of a turn of the loop, when all that the turn found due has been called:
/// once, however often it was asked for. What it causes belongs to the turn that follows.
///
/// libevent has no such call. It appends what is made active to the queue that it is working off, and that is this queue's end.
public final class TurnHook {
  private var source: EventSource?
  private let body: () -> Void
  private var isRequested = false

  fileprivate init(_ loop: Loop, _ body: @escaping () -> Void) {
    self.body = body
    source = EventSource(loop.core, descriptor: -1, watches: 0) { [unowned self] _ in
      isRequested = false
      let hook = self
      hook.body()
      withExtendedLifetime(hook) {}
    }
  }

  /// Asks for it in this turn.
  public func request() {
    guard !isRequested else { return }
    isRequested = true
    source?.activate(EV_TIMEOUT)
  }
}

extension Loop {
  /// A hook that lives as long as somebody holds it.
  public func afterTurn(_ body: @escaping () -> Void) -> TurnHook {
    TurnHook(self, body)
  }
}
