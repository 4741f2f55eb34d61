import CEvent

/// Listens to a signal as long as somebody holds it.
public final class SignalHandler {
  private var source: EventSource?

  fileprivate init(_ loop: Loop, _ signal: Int32, _ body: @escaping () -> Void) {
    source = EventSource(loop.core, descriptor: signal, watches: EV_SIGNAL | EV_PERSIST) { _ in body() }
    source?.add()
  }
}

extension Loop {
  /// Calls `body` on the loop's thread whenever the process receives `signal`.
  /// libevent gives signals to one loop of a process: the last one that asked for any.
  public func onSignal(_ signal: Int32, _ body: @escaping () -> Void) -> SignalHandler {
    SignalHandler(self, signal, body)
  }
}
