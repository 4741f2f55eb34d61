import CEvent
import Glibc

/// One short conversation with a TCP server: it connects, says and hears what its speaker wants, and ends.
///
/// It lives until it has called its completion, once, or is cancelled.
public final class TCPConversation<Speaker: TCPSpeaker> {
  /// Receives how it ended, our side as it was then, and how long it took from the beginning.
  public typealias Completion = (TCPEnding, Speaker, Duration) -> Void

  private weak var loop: Loop?
  private let core: LoopCore
  private let address: SocketAddress
  private let limits: TCPConversationLimits
  private let completion: Completion
  private var speaker: Speaker
  private var descriptor: Int32
  private var source: EventSource?
  private let began: Int64
  private var deadline: Int64
  private var isConnected = false
  private var isOver = false
  /// Why the connection could not even be begun; 0 if it was.
  private var earlyError: Int32 = 0
  private var unsent: ArraySlice<UInt8> = []
  /// How many bytes are listened for; 0 when what is unsent is the last.
  private var room = 0

  /// Starts it. The completion is called on the loop's thread, never within this call.
  @discardableResult
  public init(
    _ loop: Loop, with address: SocketAddress, as speaker: Speaker, limits: TCPConversationLimits,
    completion: @escaping Completion
  ) {
    self.loop = loop
    core = loop.core
    self.address = address
    self.limits = limits
    self.speaker = speaker
    self.completion = completion
    began = loop.now
    deadline = Self.instant(limits.connecting, after: began)
    var raw = address.raw
    descriptor = cevent_connect(&raw, core.spareSockets.take(isIPv6: address.isIPv6) ?? -1)
    if descriptor < 0 { earlyError = errno }
    loop.keep(self)
    core.freshConnections.add(self, descriptor)
  }

  deinit {
    source = nil
    close()
  }

  /// The completion will not be called.
  public func cancel() {
    isOver = true
    source = nil
    close()
    loop?.drop(self)
  }

  /// What watches the descriptor has to go before it: it may be connected again.
  private func close() {
    guard descriptor >= 0 else { return }
    if isConnected, limits.endsByReset {
      core.spareSockets.retire(descriptor, isIPv6: address.isIPv6)
    } else {
      Glibc.close(descriptor)
    }
    descriptor = -1
  }

  private func end(_ ending: TCPEnding) {
    let conversation = self
    conversation.cancel()
    conversation.completion(ending, conversation.speaker, .nanoseconds(conversation.core.now - conversation.began))
  }

  private func ending(_ code: Int32) -> TCPEnding {
    switch code {
    case ECONNREFUSED: .refused
    // The kernel's own patience is longer than ours; should it end first, nothing was late.
    case ETIMEDOUT: .timedOut(late: .zero)
    case ECONNRESET, EPIPE: isConnected ? .closed : .refused
    default: .failed(SocketError(operation: "reach \(address)", code: code))
    }
  }
}

/// How long a conversation may take.
public struct TCPConversationLimits: Hashable, Sendable {
  /// Until the connection is made.
  public var connecting: Duration
  /// From then to the end.
  public var talking: Duration
  /// Whether to end with a reset: nothing of the connection is left on either side then, where a regular end makes the
  /// kernel remember it for a minute, and the socket is used again. For who connects thousands of times a second and has
  /// no more to say.
  public var endsByReset: Bool

  public init(connecting: Duration, talking: Duration, endsByReset: Bool) {
    self.connecting = connecting
    self.talking = talking
    self.endsByReset = endsByReset
  }
}

extension TCPConversation: FreshConnection {
  func looked(isReady: Bool) {
    if isOver { return }
    if earlyError != 0 { return end(ending(earlyError)) }
    if isReady { connected() } else { watch(EV_WRITE) { [unowned self] in connected() } }
  }
}

extension TCPConversation {
  /// Calls `body` once when the descriptor is ready, or ends when the deadline comes first.
  private func watch(_ event: Int32, _ body: @escaping () -> Void) {
    source = EventSource(core, descriptor: descriptor, watches: event) { [unowned self] what in
      // Ready and late at once: what is there counts.
      if what & event != 0 { return body() }
      timeCame()
    }
    wait()
  }

  private static func instant(_ delay: Duration, after now: Int64) -> Int64 {
    let (instant, overflows) = now.addingReportingOverflow(delay.nanoseconds)
    return overflows ? .max : instant
  }

  private func wait() { source?.add(nanoseconds: deadline - core.now) }

  private func timeCame() {
    let now = core.now
    // The timer counts from the beginning of the turn that set it, which may be earlier than now.
    if now < deadline { return wait() }
    end(.timedOut(late: .nanoseconds(now - deadline)))
  }

  private func connected() {
    let code = cevent_take_error(descriptor)
    guard code == 0 else { return end(ending(code)) }
    isConnected = true
    deadline = Self.instant(limits.talking, after: core.now)
    make(speaker.connected())
  }

  private func make(_ move: TCPMove) {
    switch move {
    case .hangUp: end(.hungUp)
    case .listen(let most): listen(most)
    case .say(let bytes, let most):
      unsent = bytes[...]
      room = max(1, most)
      send()
    case .sayLast(let bytes):
      unsent = bytes[...]
      room = 0
      send()
    }
  }

  private func send() {
    while !unsent.isEmpty {
      let count = unsent.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count >= 0 {
        unsent = unsent.dropFirst(count)
      } else if errno == EAGAIN {
        return watch(EV_WRITE) { [unowned self] in send() }
      } else if errno != EINTR {
        return end(ending(errno))
      }
    }
    if room > 0 { listen(room) } else { end(.hungUp) }
  }

  private func listen(_ most: Int) {
    room = max(1, min(most, core.scratch.count))
    watch(EV_READ) { [unowned self] in receive() }
  }

  private func receive() {
    let count = Glibc.read(descriptor, core.scratch.baseAddress, room)
    if count > 0 { return make(speaker.received(UnsafeRawBufferPointer(rebasing: core.scratch[..<count]))) }
    if count == 0 { return end(.closed) }
    if errno == EAGAIN || errno == EINTR { return wait() }
    end(ending(errno))
  }
}
