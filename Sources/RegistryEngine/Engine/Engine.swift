public import RegistryModel
import Synchronization

/// The registry behind one lock: the shell that gives the pure `Registry` its time, keeps its commits for readers, hands
/// durable ones to the store, and wakes who waits. Everything that wakes, answers or stores happens outside the lock.
///
/// Safe from any thread. Whoever owns an event loop calls `advance` at `nextDeadline` and asks for it anew after `onChange`
/// woke it.
public final class Engine: Sendable {
  let state: Mutex<EngineState>
  let store: (any CommitStore)?
  let clock: @Sendable () -> Moment
  let lists = Atomic<UInt64>(0)
  public let limits: Limits
  public let startedAt: WallTime

  /// `clock` must give a monotonic time that never goes back; it is called inside the lock.
  public convenience init(
    limits: Limits = Limits(), restored: StoredState = StoredState(), store: (any CommitStore)? = nil,
    clock: @escaping @Sendable () -> Moment
  ) {
    self.init(Registry(limits: limits, restored: restored, at: clock()), store: store, clock: clock)
  }

  /// Goes on with `registry`, whose commits so far `store` has; `clock` is the one that the registry was told the time of.
  public init(_ registry: Registry, store: (any CommitStore)?, clock: @escaping @Sendable () -> Moment) {
    limits = registry.limits
    self.store = store
    self.clock = clock
    startedAt = clock().wall
    state = Mutex(EngineState(registry: registry, limits: registry.limits))
  }

  /// `wake` is called after each change, on whatever thread made it and outside the lock; it must be quick. Hooks are
  /// there for good.
  public func onChange(_ wake: @escaping @Sendable () -> Void) {
    state.withLock { $0.wakes.append(wake) }
  }

  /// As ``onChange(_:)``, for changes of the switches alone: nearly no change is one.
  public func onSwitches(_ wake: @escaping @Sendable () -> Void) {
    state.withLock { $0.switchWakes.append(wake) }
  }

  /// Ends every feed. The registry goes on answering.
  public func endFeeds() {
    let stir = state.withLock { state in
      state.hasEnded = true
      return state.stir()
    }
    stir.act()
  }

  /// Runs `body` inside the lock, then wakes readers if it made a commit.
  func act<Result: Sendable>(
    _ body: (inout EngineState, Moment) throws(RegistryError) -> Result
  ) throws(RegistryError) -> Result {
    let (result, stir) = try state.withLock { (state) throws(RegistryError) -> (Result, Stir?) in
      let before = state.log.last
      let result = try body(&state, clock())
      return (result, state.log.last == before ? nil : state.stir())
    }
    stir?.act()
    return result
  }
}

/// What stands behind the engine's lock.
struct EngineState: Sendable {
  var registry: Registry
  var log: ChangeLog
  var timeline = Timeline()
  /// Durable commits on their way, in order: to be handed over, and handed over but not yet on disk.
  var outbox = Fifo<Commit>()
  var pending = Fifo<PendingCommit>()
  /// Whether a thread is handing over; it takes along what others put in meanwhile.
  var isHandingOver = false
  var wakes: [@Sendable () -> Void] = []
  var switchWakes: [@Sendable () -> Void] = []
  /// Whether the switches changed since the last ones to wake were taken.
  var haveSwitchesChanged = false
  var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
  var push = PushBoard()
  var hasEnded = false

  init(registry: Registry, limits: Limits) {
    self.registry = registry
    log = ChangeLog(capacity: limits.changeLogCommits, after: registry.catalog.revision)
  }

  mutating func record(_ commit: Commit) {
    log.append(commit)
    if commit.changesSwitches { haveSwitchesChanged = true }
    timeline.record(commit, totals: registry.catalog.totals)
  }

  /// Takes everybody who must be woken.
  mutating func stir() -> Stir {
    defer {
      if !waiters.isEmpty { waiters.removeAll(keepingCapacity: true) }
      haveSwitchesChanged = false
    }
    let wakes = haveSwitchesChanged ? switchWakes + wakes : wakes
    return Stir(wakes: wakes, waiters: waiters.isEmpty ? [] : Array(waiters.values))
  }
}

/// Those to wake, once the lock is left.
struct Stir: Sendable {
  var wakes: [@Sendable () -> Void]
  var waiters: [CheckedContinuation<Void, Never>]

  func act() {
    for wake in wakes { wake() }
    for waiter in waiters { waiter.resume() }
  }
}

/// A commit that is not on disk yet, and who waits for it.
struct PendingCommit: Sendable {
  var revision: Revision
  var changes: [Change]
  /// The switches before it, when it changes them.
  var switches: Switches?
  var waiting: [(receipt: Receipt, done: Engine.Done)]
}
