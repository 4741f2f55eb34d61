import EventLoop
import Glibc
public import RegistryEngine
public import RegistryModel
import Synchronization

/// Health checks of persistent instances (naming-server-v1 3.7): by TCP, HTTP or MySQL, as each cluster says, on a thread
/// of its own.
///
/// A probe connects to what an instance names, so whoever may register can have this process knock at any address that
/// it reaches (reliability T5). It tells them little: a probe sends one fixed GET or login, follows nothing, reads at most
/// 1 kB, and shows only whether the answer was the right one. `Options.ranges` keeps it to addresses that are meant.
///
/// An instance may name its host by a DNS name: that is looked up beside the loop, and what it comes to is held against
/// `ranges` each time. Until it is found, and while the name service does not answer, the instance's health stays as it is.
public final class ProbeService: Sendable {
  public struct Options: Sendable {
    public var rules = ProbeRules()
    /// Addresses that may be probed; nil for all. Health of an instance anywhere else stays as it is.
    public var ranges: [AddressRange]?
    var patience = ProbePatience()

    public init() {}
  }

  private struct State: Sendable {
    var thread: LoopThread?
    var runner: LoopBound<ProbeRunner>?
    var lastRefusal: RegistryError?
  }

  public let desk: ProbeDesk
  private let engine: Engine
  private let options: Options
  private let state = Mutex(State())
  private let waker = LoopWaker<ProbeRunner> { runner, waker in runner.readSoon { waker.rest() } }

  /// - Parameter clock: the same as the engine's; it is monotonic as `Loop.now` is.
  public init(_ engine: Engine, options: Options = Options(), clock: @escaping @Sendable () -> Moment) {
    self.engine = engine
    self.options = options
    var rules = options.rules
    rules.mostAtOnce = max(1, min(rules.mostAtOnce, Self.descriptorShare))
    desk = ProbeDesk(rules: rules, clock: clock)
    engine.onChange { [waker] in waker.wake() }
  }

  /// Starts to probe. A second call does nothing.
  public func start() throws {
    guard state.withLock({ $0.thread == nil }) else { return }
    let (engine, desk, options) = (engine, desk, options)
    let note: @Sendable (RegistryError) -> Void = { [weak self] in self?.note($0) }
    let (thread, runner) = try LoopThread.start(name: "muster-probes") { loop in
      let maker = ProbeMaker(loop, ranges: options.ranges, patience: options.patience)
      let runner = ProbeRunner(loop, engine: engine, desk: desk, maker: maker, refused: note)
      loop.keep(runner)
      return LoopBound(runner, on: loop)
    }
    state.withLock { state in
      state.thread = thread
      state.runner = runner
    }
    waker.aim(at: runner)
  }

  /// Stops probing: what is under way comes to nothing. Not to be called on the probes' own thread.
  public func stop() {
    let (thread, runner) = state.withLock { state in
      defer { state = State(lastRefusal: state.lastRefusal) }
      return (state.thread, state.runner)
    }
    waker.aim(at: nil)
    runner?.post { $0.stop() }
    thread?.stop()
  }

  /// What the session and the pages are told of probing.
  public var report: ProbeReport { desk.report }

  /// Why the registry last refused what probes had found, if it ever did.
  public var lastRefusal: RegistryError? { state.withLock { $0.lastRefusal } }

  private func note(_ error: RegistryError) { state.withLock { $0.lastRefusal = error } }

  /// How many descriptors probes may have of those that this process may: a quarter, the rest is for clients.
  private static var descriptorShare: Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 256 }
    return max(16, Int(clamping: limit.rlim_cur) / 4)
  }
}
