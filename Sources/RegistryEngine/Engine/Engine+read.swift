import Glibc
public import RegistryModel
import Synchronization

extension Engine {
  /// The catalogue as it is now: a few references, which later writes leave alone.
  public var catalog: Catalog { state.withLock { $0.registry.catalog } }
  public var switches: Switches { state.withLock { $0.registry.switches } }
  /// The newest commit.
  public var revision: Revision { state.withLock { $0.log.last } }

  public func service(_ key: ServiceKey) -> Service? { state.withLock { $0.registry.catalog[key] } }

  /// The commit after which the service is as it is, nil when there is none: whoever has rendered that revision need not
  /// look again.
  public func revision(of key: ServiceKey) -> Revision? {
    state.withLock { $0.registry.catalog.services.read(key) { $0.revision } }
  }

  /// At most `limit` commits after `revision`.
  public func read(after revision: Revision, limit: Int = 1_024) -> LogReading {
    state.withLock { $0.log.commits(after: revision, limit: limit) }.map(LogReading.commits) ?? .behind
  }

  /// Everything a reader begins with; it goes on with what comes after `catalog.revision`.
  public func snapshot() -> Snapshot { snapshotAndDigest().snapshot }

  /// A snapshot, and the number of the push digest in it.
  func snapshotAndDigest() -> (snapshot: Snapshot, digest: UInt64) {
    state.withLock { state in
      let now = clock()
      state.timeline.advance(to: now.wall, totals: state.registry.catalog.totals)
      let snapshot = Snapshot(
        catalog: state.registry.catalog, switches: state.registry.switches,
        recent: state.log.newest(limits.recentCommits), timeline: state.timeline, push: state.push.latestDigest,
        at: now.wall)
      return (snapshot, state.push.latestNumber)
    }
  }

  /// Commits before `revision`, or the newest, newest first, as far back as the log goes.
  public func events(before revision: Revision?, limit: Int) -> [Commit] {
    state.withLock { $0.log.backwards(before: revision, limit: limit) }
  }

  /// When each instance of a service last beat, in order of addresses.
  public func vitals(of key: ServiceKey) throws(RegistryError) -> [InstanceVital] {
    guard let service = service(key) else { throw .serviceNotFound(key) }
    var vitals: [InstanceVital] = []
    var rest = Array(service.instances)[...]
    // The lock is left now and then: a service may have many instances.
    while !rest.isEmpty {
      let part = rest.prefix(4_096)
      rest = rest.dropFirst(part.count)
      vitals += state.withLock { $0.registry.vitals(of: part, in: key, at: clock()) }
    }
    return vitals.sorted { $0.address < $1.address }
  }

  /// What is wrong inside the registry; nothing when all is well. Looks at everything, inside the lock.
  public func checkInvariants() -> [String] { state.withLock { $0.registry.checkInvariants() } }

  /// Milliseconds since each of these instances of a service last beat; nil for one that does not beat, or has gone.
  public func beatAges(of instances: [Instance], in key: ServiceKey) -> [Int64?] {
    state.withLock { $0.registry.vitals(of: instances[...], in: key, at: clock()) }.map(\.beatAge)
  }

  /// Notes that a list was answered, for the metrics.
  public func countList() { lists.wrappingAdd(1, ordering: .relaxed) }

  public var metrics: Metrics {
    let counters = state.withLock { $0.registry.counters }
    var metrics = Metrics(startedAt: startedAt)
    metrics.beats = counters.beats
    metrics.registers = counters.registers
    metrics.deregisters = counters.deregisters
    metrics.expiries = counters.expiries
    metrics.lists = lists.load(ordering: .relaxed)
    metrics.residentBytes = Self.residentBytes
    return metrics
  }

  /// What the kernel says that this process has in memory; 0 where it does not say.
  private static var residentBytes: UInt64 {
    let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return 0 }
    defer { close(file) }
    var text = [UInt8](repeating: 0, count: 128)
    let length = Glibc.read(file, &text, text.count)
    let fields = text.prefix(max(0, length)).split(separator: UInt8(ascii: " "))
    guard fields.count > 1, let pages = UInt64(String(decoding: fields[1], as: UTF8.self)) else { return 0 }
    return pages * UInt64(sysconf(Int32(_SC_PAGESIZE)))
  }
}

extension Registry {
  func vitals(of instances: ArraySlice<Instance>, in service: ServiceKey, at now: Moment) -> [InstanceVital] {
    instances.map { instance in
      // A slot may have gone to somebody else since the service was looked at.
      let isSame = instance.isEphemeral && vitals.isUsed(instance.vitalSlot) && owns(instance)
      let age = isSame ? max(0, time(now) - vitals.lastBeat(of: instance.vitalSlot)) : nil
      return InstanceVital(address: instance.address, beatAge: age)
    }
  }

  private func owns(_ instance: Instance) -> Bool {
    vitals.owner(of: instance.vitalSlot).address == UInt32(truncatingIfNeeded: Instance.stableHash(of: instance.address))
  }
}
