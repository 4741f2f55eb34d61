import EventLoop
import NacosWire
import RegistryEngine
import RegistryModel
import Synchronization

/// The naming API over one registry: turns calls into commands and the registry's state into pages. It belongs to the
/// loop's thread.
final class NamingService {
  let engine: Engine
  let push: PushService
  let probes: ProbeReport
  let lists: ListCache
  let directory: ServiceDirectory
  let load = MachineLoad()
  let log: Logger
  /// How this node is named in pages about the cluster.
  var member: ServerPages.Member

  private let freshness: Freshness
  private var knownSwitches: Switches
  private var knowsRestrictions: Bool
  var beatAnswers = BeatAnswers()
  /// How many configurations there are by tenant, which pages about namespaces tell.
  var configurationCounts: () -> [String: Int] = { [:] }

  init(_ engine: Engine, push: PushService, probes: ProbeReport, lists: ListCache, log: Logger) {
    self.log = log
    self.engine = engine
    self.push = push
    self.probes = probes
    self.lists = lists
    member = ServerPages.Member(
      ip: "127.0.0.1", port: 0, version: MusterServer.protocolVersion, refreshedAt: SystemClock.wallTime())
    directory = ServiceDirectory(engine)
    let freshness = Freshness()
    self.freshness = freshness
    // Before the first look at them, or a change in between would be missed.
    engine.onSwitches { freshness.isStale.store(true, ordering: .releasing) }
    knownSwitches = engine.switches
    knowsRestrictions = Self.restricts(knownSwitches)
  }

  /// The switches as they stand. They are copied from the registry only when they have changed there.
  var switches: Switches {
    lookAnew()
    return knownSwitches
  }

  /// What instances are that do not say.
  var isEphemeralByDefault: Bool {
    lookAnew()
    return knownSwitches.defaultInstanceEphemeral
  }

  /// Whether the switches keep any request from its handler.
  var isRestricted: Bool {
    lookAnew()
    return knowsRestrictions
  }

  private func lookAnew() {
    guard freshness.isStale.load(ordering: .relaxed), freshness.isStale.exchange(false, ordering: .acquiring) else { return }
    knownSwitches = engine.switches
    knowsRestrictions = Self.restricts(knownSwitches)
  }

  private static func restricts(_ switches: Switches) -> Bool {
    let status = switches.overriddenServerStatus ?? ""
    return !switches.limitedUrlMap.isEmpty || (!status.isEmpty && status != "UP")
  }

  func now() -> WallTime { SystemClock.wallTime() }

  func service(_ key: ServiceKey, orElse refusal: @autoclosure () -> Refusal) throws(Refusal) -> Service {
    guard let service = engine.service(key) else { throw refusal() }
    return service
  }
}

/// Whether the switches have changed since they were looked at.
private final class Freshness: Sendable {
  let isStale = Atomic<Bool>(false)
}
