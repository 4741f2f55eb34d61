public import RegistryModel

/// The whole registry as a value: it decides about commands, beats and the passing of time, and says what happened in
/// commits. No clock, no randomness, no input or output: the same calls give the same commits.
///
/// Whoever drives it hands in `Moment`s that never go back, and calls `advance` no later than `nextDeadline`: a call that
/// comes much later tells the registry that the process stood still (reliability R12), and silence meanwhile does not
/// count.
public struct Registry: Sendable {
  public internal(set) var catalog = Catalog()
  public internal(set) var switches = Switches()
  public internal(set) var counters = RegistryCounters()
  public let limits: Limits

  let rules: Rules
  var vitals = Vitals()
  var clock = PatientClock()
  var tombstones: Tombstones
  var departures: Departures
  var numbers: [NumberedKind: NumberPool] = [:]
  /// Services without instances that nobody declared, until they are removed.
  var idleServices = DelayQueue<ServiceKey>()
  var pool = SharingPool()

  public init(limits: Limits = Limits()) {
    self.limits = limits
    rules = Rules(limits: limits)
    tombstones = Tombstones(most: limits.tombstones)
    departures = Departures(most: limits.departures)
  }
}

/// Ids called "snowflake" are counted apart for each service and kind of instance.
struct NumberedKind: Hashable, Sendable {
  var service: ServiceKey
  var isEphemeral: Bool
}

/// What happened since the start.
public struct RegistryCounters: Hashable, Sendable {
  public var beats: UInt64 = 0
  public var registers: UInt64 = 0
  public var deregisters: UInt64 = 0
  public var expiries: UInt64 = 0
}

/// What became of a command.
public struct Outcome: Hashable, Sendable {
  /// Nil when everything was as wanted already.
  public var commit: Commit?
  public var receipt: Receipt
}

/// What a command wants changed, once it is found to be right.
struct Decision {
  var changes: [Change] = []
  /// The instances that a batch was for.
  var touched: [InstanceAddress] = []
}

extension Registry {
  /// Carries out `command` or says why not; a command that is refused leaves everything as it was.
  public mutating func apply(_ command: Command, at now: Moment) throws(RegistryError) -> Outcome {
    observe(now)
    var decision = try decide(command, at: now)
    // Taken out, or they would be copied when they are settled.
    let changes = exchange(&decision.changes, with: [])
    let commit = changes.isEmpty ? nil : settle(changes, by: command.origin, reason: command.reason, at: now)
    let receipt = Receipt(revision: catalog.revision, didChange: commit != nil, touched: decision.touched)
    return Outcome(commit: commit, receipt: receipt)
  }

  private mutating func decide(_ command: Command, at now: Moment) throws(RegistryError) -> Decision {
    switch command.action {
    case .register(let registration): try register(registration, as: .client, at: now)
    case .deregister(let key): try deregister(key, at: now)
    case .update(let registration, let isStrict): try update(registration, isStrict: isStrict, at: now)
    case .patch(let key, let cluster, let ip, let port, let patch):
      try self.patch(key, cluster: cluster, ip: ip, port: port, patch, at: now)
    case .patchMetadata(let key, let selection, let metadata, let isRemoval):
      patchMetadata(key, selection, metadata, isRemoval: isRemoval)
    case .setHealth(let key, let cluster, let ip, let port, let isHealthy):
      try setHealth(key, cluster: cluster, ip: ip, port: port, isHealthy, at: now)
    case .probed(let key, let isHealthy): try probed(key, isHealthy, by: command.origin, at: now)
    case .createService(let key, let settings): try createService(key, settings)
    case .updateService(let key, let settings): try updateService(key, settings)
    case .removeService(let key): try removeService(key, at: now)
    case .setCluster(let key, let name, let settings): try setCluster(key, name, settings)
    case .createNamespace(let id, let name, let about): try createNamespace(id, name: name, about: about, at: now)
    case .updateNamespace(let id, let name, let about): try updateNamespace(id, name: name, about: about)
    case .removeNamespace(let id): removeNamespace(id)
    case .setSwitch(let entry, let value): try setSwitch(entry, value)
    case .replaceSwitches(let all): try replaceSwitches(all)
    case .operate(let key, let change): try operate(key, change, by: command.origin, at: now)
    case .mark(let key, let text): try mark(key, text, by: command.origin, at: now)
    }
  }

  /// Counts subscribers in and out.
  public mutating func noteSubscribers(joined: [Subscriber], left: [Subscriber], at now: Moment) -> Commit? {
    let changes = joined.map { Change.subscriber($0, joined: true) } + left.map { Change.subscriber($0, joined: false) }
    return changes.isEmpty ? nil : settle(changes, by: .system, reason: nil, at: now)
  }

  /// Takes down what happened to who may do what.
  public mutating func noteAccess(_ events: [AccessEvent], by origin: Origin, at now: Moment) -> Commit? {
    events.isEmpty ? nil : settle(events.map(Change.access), by: origin, reason: nil, at: now)
  }

  mutating func observe(_ now: Moment) { clock.observe(now.monotonic, isListening: vitals.count > 0) }

  /// The time by which beats and silence are measured.
  func time(_ now: Moment) -> Int64 { clock.time(now.monotonic) }
}
