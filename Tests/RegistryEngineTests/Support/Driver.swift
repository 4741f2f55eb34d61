@testable import RegistryEngine
import RegistryModel
import Testing

/// A registry with a clock that the test turns, driven as a server drives it: woken at every deadline.
struct Driver {
  var registry: Registry
  /// Milliseconds since the beginning.
  private(set) var time: Int64 = 0
  private(set) var commits: [Commit] = []
  /// How far the wall clock is from the other one.
  var wallOffset: Int64 = 1_700_000_000_000
  var origin = Origin.client(address: "10.0.0.9:40000", agent: "test")

  init(limits: Limits = Limits()) { self.init(Registry(limits: limits)) }

  init(_ registry: Registry) { self.registry = registry }

  var now: Moment {
    Moment(wall: WallTime(milliseconds: time + wallOffset), monotonic: MonotonicTime(milliseconds: time))
  }

  /// Lets the time become `milliseconds`, waking the registry whenever it asks for it.
  mutating func run(until milliseconds: Int64) {
    while let next = registry.nextDeadline, next.milliseconds <= milliseconds {
      time = max(time, next.milliseconds)
      commits += registry.advance(to: now)
    }
    time = max(time, milliseconds)
  }

  /// The process does something one last time and then stands still until `milliseconds`.
  mutating func freeze(until milliseconds: Int64) {
    commits += registry.advance(to: now)
    time = max(time, milliseconds)
  }

  @discardableResult
  mutating func submit(_ action: Action) throws -> Receipt {
    let outcome = try registry.apply(Command(action, by: origin), at: now)
    if let commit = outcome.commit { commits.append(commit) }
    #expect(outcome.receipt.revision == registry.catalog.revision)
    return outcome.receipt
  }

  @discardableResult
  mutating func beat(_ key: InstanceKey, _ body: Beat.Body? = nil) throws -> BeatAnswer {
    let beat = Beat(
      service: key.service, cluster: key.address.cluster, ip: key.address.ip, port: Int(key.address.port), body: body)
    let (answer, commit) = try registry.beat(beat, by: origin, at: now)
    if let commit { commits.append(commit) }
    return answer
  }

  func instance(_ key: InstanceKey) -> Instance? { registry.catalog[key] }

  /// What happened to instances, in order.
  var causes: [InstanceCause] {
    commits.flatMap(\.changes).compactMap { change in
      if case .instance(_, _, _, let cause) = change { cause } else { nil }
    }
  }
}

func instanceKey(
  _ ip: String = "10.0.0.1", port: Int = 80, service: String = "DEFAULT_GROUP@@cart", namespace: String = "public",
  cluster: String = "DEFAULT", isEphemeral: Bool = true
) -> InstanceKey {
  InstanceKey(
    service: ServiceKey(namespace: namespace, grouped: service),
    address: InstanceAddress(cluster: cluster, ip: ip, port: port, isEphemeral: isEphemeral))
}
