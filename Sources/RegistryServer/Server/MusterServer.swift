import Dispatch
public import EventLoop
public import RegistryEngine
import Synchronization

/// A registry that takes requests: the naming API over HTTP and the push to subscribers over UDP on one thread, and the
/// probes of persistent instances on another.
public final class MusterServer: Sendable {
  public struct Options: Sendable {
    /// Port 0 lets the system pick one. Pushes come from the same address, and the same port if it is free.
    public var listen = SocketAddress.loopback(port: 8848)
    public var limits = HTTPLimits()
    /// Nil speaks plain text.
    public var tls: TLSContext?
    /// Nil lets everybody do everything.
    public var access: AccessOptions?
    /// Where configurations are kept; nil keeps them until the server ends.
    public var configuration: ConfigurationOptions?
    public var origins = OriginRules()
    public var pushTargets = PushTargets()
    public var pushRules = PushRules()
    /// How persistent instances are probed; nil where others see to that.
    public var probes: ProbeService.Options? = ProbeService.Options()
    /// Whether `/nacos/actuator/prometheus` answers as well as `/actuator/prometheus`.
    public var hasMetricsBelowContext = false
    /// Where subscribers are kept across a restart; nil forgets them.
    public var subscribers: SubscriberBook?
    /// What happened before the engine's memory begins.
    public var history: EmbeddedSession.History?
    /// Bytes of lists that are kept written.
    public var listCacheBytes = 64 << 20
    /// The program's, for consoles far away.
    public var version = ""
    /// Whether the registry's clients are simulated; consoles say so.
    public var isDemo = false

    public init() {}
  }

  /// The version of Nacos whose protocol this is, for clients that ask.
  public static let protocolVersion = "1.4.8"

  /// Where it listens; its port is a real one.
  public let address: SocketAddress
  /// Where pushes come from.
  public let pushAddress: SocketAddress
  public let push: PushService
  /// What became of probes.
  public let probes: ProbeReport
  private let prober: ProbeService?
  private let thread: LoopThread
  private let core: LoopBound<ServerCore>
  private let log: Logger
  private let subscribers: SubscriberBook?
  private let isStopped = Atomic<Bool>(false)

  private struct Started: Sendable {
    var core: LoopBound<ServerCore>
    var address: SocketAddress
    var pushAddress: SocketAddress
    var unreadableConfigurations: Int
  }

  /// Returns once it takes requests. The engine's clock must be as `SystemClock.now` is where anybody is to be probed.
  /// - Throws: ``SocketError`` when it cannot listen; its `isAddressInUse` tells that somebody else has the address.
  public init(_ options: Options = Options(), engine: Engine, log: Logger) throws {
    let push = PushService(
      engine, targets: options.pushTargets, rules: options.pushRules, book: options.subscribers)
    let prober = options.probes.map { ProbeService(engine, options: $0, clock: SystemClock.now) }
    let probes = prober?.report ?? .none
    let (thread, started) = try LoopThread.start(name: "muster-server") { loop in
      let core = try ServerCore(loop, options, engine: engine, push: push, probes: probes, log: log)
      loop.keep(core)
      return Started(
        core: LoopBound(core, on: loop), address: core.address, pushAddress: core.pushAddress,
        unreadableConfigurations: core.unreadableConfigurations)
    }
    self.push = push
    self.probes = probes
    self.prober = prober
    self.thread = thread
    self.log = log
    subscribers = options.subscribers
    core = started.core
    address = started.address
    pushAddress = started.pushAddress
    do {
      try prober?.start()
    } catch {
      thread.stop()
      throw error
    }
    if started.unreadableConfigurations > 0 {
      log.warning("configurations cannot be read", ("count", String(started.unreadableConfigurations)))
    }
    log.info("takes requests", ("address", address.description), ("push", pushAddress.description))
  }

  /// Takes no more requests, lets those that are under way be answered for at most `grace`, and ends its thread. A
  /// second call does nothing. Not to be called on that thread.
  public func stop(grace: Duration = .seconds(2)) {
    let wasStopped = isStopped.exchange(true, ordering: .acquiringAndReleasing)
    if wasStopped { return }
    prober?.stop()
    let ended = DispatchSemaphore(value: 0)
    let isPosted = thread.mailbox.post { [core] loop in
      guard let core = core.on(loop) else { return _ = ended.signal() }
      core.drain(within: grace) { ended.signal() }
    }
    if isPosted { ended.wait() }
    thread.stop()
    subscribers?.flush()
    log.info("stopped", ("address", address.description))
  }
}
