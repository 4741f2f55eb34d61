import CEvent
import Glibc

/// One attempt to reach a TCP port, and if wanted to say something there and hear an answer.
///
/// It lives until it has called its completion, once, or is cancelled.
public final class TCPProbe {
  public enum Outcome: Equatable, Sendable {
    /// Reached; with what was received, nothing unless it was asked for.
    case connected([UInt8])
    /// Nobody listens there.
    case refused
    /// Not connected, or not answered, in time.
    case timedOut
    /// Anything else: no route, a reset, no descriptor left.
    case failed(SocketError)
  }

  public struct Request: Sendable {
    public var address: SocketAddress
    /// For all of it together.
    public var timeout: Duration
    /// What to send once connected.
    public var sends: [UInt8] = []
    /// How many bytes to receive at most; with 0 being connected is enough. The other side may end sooner.
    public var receivesBytes = 0

    public init(address: SocketAddress, timeout: Duration) {
      self.address = address
      self.timeout = timeout
    }
  }

  private weak var loop: Loop?
  private let request: Request
  private let completion: (Outcome) -> Void
  private var descriptor: Int32 = -1
  private var source: EventSource?
  private var timer: EventSource?
  private var isConnected = false
  private var sent = 0
  private var received: [UInt8] = []
  /// Known before the loop could turn.
  private var earlyOutcome: Outcome?

  /// Starts it. The completion is called on the loop's thread, never within this call.
  @discardableResult
  public init(_ loop: Loop, _ request: Request, completion: @escaping (Outcome) -> Void) {
    self.loop = loop
    self.request = request
    self.completion = completion
    loop.keep(self)
    var raw = request.address.raw
    descriptor = cevent_connect(&raw, -1)
    if descriptor < 0 { earlyOutcome = outcome(of: errno) }
    timer = EventSource(loop.core, descriptor: -1, watches: 0) { [unowned self] _ in finish(earlyOutcome ?? .timedOut) }
    timer?.add(nanoseconds: earlyOutcome == nil ? request.timeout.nanoseconds : 0)
    if descriptor >= 0 { watch(EV_WRITE, loop.core) { [unowned self] in connected() } }
  }

  deinit {
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  /// The completion will not be called.
  public func cancel() {
    guard source != nil || timer != nil else { return }
    source = nil
    timer = nil
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
    loop?.drop(self)
  }

  private func finish(_ outcome: Outcome) {
    let probe = self
    probe.cancel()
    probe.completion(outcome)
  }

  private func watch(_ event: Int32, _ core: LoopCore, _ body: @escaping () -> Void) {
    source = EventSource(core, descriptor: descriptor, watches: event | EV_PERSIST) { _ in body() }
    source?.add()
  }

  private func connected() {
    let code = cevent_take_error(descriptor)
    guard code == 0, let core = loop?.core else { return finish(outcome(of: code)) }
    if request.sends.isEmpty { return receive(core) }
    watch(EV_WRITE, core) { [unowned self] in sendRest(core) }
  }

  private func sendRest(_ core: LoopCore) {
    let count = request.sends[sent...].withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    if count < 0 {
      if errno != EAGAIN, errno != EINTR { finish(outcome(of: errno)) }
      return
    }
    sent += count
    if sent == request.sends.count { receive(core) }
  }

  private func receive(_ core: LoopCore) {
    if request.receivesBytes <= 0 { return finish(.connected([])) }
    watch(EV_READ, core) { [unowned self] in receiveMore(core) }
  }

  private func receiveMore(_ core: LoopCore) {
    let room = min(core.scratch.count, request.receivesBytes - received.count)
    let count = Glibc.read(descriptor, core.scratch.baseAddress, room)
    if count < 0 {
      if errno != EAGAIN, errno != EINTR { finish(outcome(of: errno)) }
      return
    }
    received.append(contentsOf: core.scratch[..<count])
    if count == 0 || received.count == request.receivesBytes { finish(.connected(received)) }
  }

  private func outcome(of code: Int32) -> Outcome {
    switch code {
    case ECONNREFUSED: .refused
    case ETIMEDOUT: .timedOut
    default: .failed(SocketError(operation: "reach \(request.address)", code: code))
    }
  }
}
