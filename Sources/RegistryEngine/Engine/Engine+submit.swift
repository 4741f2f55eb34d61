public import RegistryModel
import Synchronization

extension Engine {
  /// Who is told what became of a command.
  public typealias Done = @Sendable (Result<Receipt, RegistryError>) -> Void

  /// Carries out a command. `done` is called exactly once: before this returns when nothing of it has to be stored,
  /// otherwise after it is on disk, on a thread of the store's.
  ///
  /// A command that could not be stored is taken back and answered with `storeFailed`; until the store has spoken, readers
  /// see the change.
  public func submit(_ command: Command, done: @escaping Done) {
    if let result = submit(command, later: { done }) { done(result) }
  }

  /// As ``submit(_:done:)``, for whom it costs something to be told later: what became of the command when nothing of it
  /// has to be stored, else nil, and the one that `later` makes is told. `later` is called inside the lock.
  public func submit(_ command: Command, later: () -> Done) -> Result<Receipt, RegistryError>? {
    let receipt: Receipt?
    do throws(RegistryError) {
      receipt = try act { (state, now) throws(RegistryError) -> Receipt? in
        let switches = command.action.concernsSwitches ? state.registry.switches : nil
        let outcome = try state.registry.apply(command, at: now)
        guard let commit = outcome.commit else {
          // What is as wanted already may be so only in memory: then it is true when the store has said so.
          let isOnDisk = store == nil || state.pending.isEmpty || !command.action.concernsStored
          return isOnDisk || !state.joinLast(outcome.receipt, later) ? outcome.receipt : nil
        }
        state.record(commit)
        if store == nil || !commit.isDurable { return outcome.receipt }
        state.enqueue(commit, switches: switches, waiting: [(outcome.receipt, later())])
        return nil
      }
    } catch {
      return .failure(error)
    }
    if let receipt { return .success(receipt) }
    handOver()
    return nil
  }

  /// Takes a beat; see `Registry.beat`. Nearly every beat only says that nothing has changed: who sent it is not asked
  /// then.
  public func beat(_ beat: Beat, by origin: @autoclosure () -> Origin) throws(RegistryError) -> BeatAnswer {
    try act { (state, now) throws(RegistryError) -> BeatAnswer in
      let (answer, commit) = try state.registry.beat(beat, by: origin(), at: now)
      if let commit { state.record(commit) }
      return answer
    }
  }

  /// Takes a beat of every ephemeral instance of a service; see `Registry.beatAll`.
  public func beatAll(of service: ServiceKey, by origin: Origin) {
    actAlways { state, now in
      for commit in state.registry.beatAll(of: service, by: origin, at: now) { state.record(commit) }
    }
  }

  /// Lets the time that has passed have its effect; when to call this again, nil for not until something changes.
  @discardableResult
  public func advance() -> MonotonicTime? {
    let next = actAlways { state, now in
      for commit in state.registry.advance(to: now) {
        state.record(commit)
        if store != nil, commit.isDurable { state.enqueue(commit, switches: nil, waiting: []) }
      }
      return state.registry.nextDeadline
    }
    handOver()
    return next
  }

  /// When `advance` must be called next; nil while nothing waits for time to pass.
  public var nextDeadline: MonotonicTime? { state.withLock { $0.registry.nextDeadline } }

  /// Counts subscribers in and out, for the catalogue.
  public func noteSubscribers(joined: [Subscriber] = [], left: [Subscriber] = []) {
    actAlways { state, now in
      if let commit = state.registry.noteSubscribers(joined: joined, left: left, at: now) { state.record(commit) }
    }
  }

  /// Takes down what happened to who may do what, for the journal and whoever watches.
  public func noteAccess(_ events: [AccessEvent], by origin: Origin) {
    actAlways { state, now in
      guard let commit = state.registry.noteAccess(events, by: origin, at: now) else { return }
      state.record(commit)
      if store != nil { state.enqueue(commit, switches: nil, waiting: []) }
    }
    handOver()
  }

  /// As `act`, for what cannot fail.
  @discardableResult
  func actAlways<Result: Sendable>(_ body: (inout EngineState, Moment) -> Result) -> Result {
    let (result, stir) = state.withLock { state in
      let before = state.log.last
      let result = body(&state, clock())
      return (result, state.log.last == before ? nil : state.stir())
    }
    stir?.act()
    return result
  }
}

extension EngineState {
  mutating func enqueue(
    _ commit: Commit, switches: Switches?, waiting: [(receipt: Receipt, done: Engine.Done)]
  ) {
    outbox.append(commit)
    pending.append(
      PendingCommit(revision: commit.revision, changes: commit.changes, switches: switches, waiting: waiting))
  }

  /// Lets an answer wait for the last commit on its way; false when there is none.
  fileprivate mutating func joinLast(_ receipt: Receipt, _ later: () -> Engine.Done) -> Bool {
    if pending.isEmpty { return false }
    pending[pending.count - 1]?.waiting.append((receipt, later()))
    return true
  }
}

extension Action {
  fileprivate var concernsSwitches: Bool {
    switch self {
    case .setSwitch, .replaceSwitches: true
    default: false
    }
  }

  /// Whether what it wants may have to be on disk.
  fileprivate var concernsStored: Bool {
    switch self {
    case .register(let registration), .update(let registration, _): !registration.key.address.isEphemeral
    case .deregister(let key): !key.address.isEphemeral
    case .setHealth, .probed: false
    case .patch, .patchMetadata, .createService, .updateService, .removeService, .setCluster, .createNamespace,
      .updateNamespace, .removeNamespace, .setSwitch, .replaceSwitches, .operate, .mark:
      true
    }
  }
}
