import RegistryModel
import Testing
@testable import RegistryEngine
import TestSupport

/// A ledger with a clock of its own.
struct PushBench {
  var ledger: PushLedger
  var random = SeededRandom(seed: 7)
  var now = PushInstant(microseconds: 1_000_000, wall: WallTime(milliseconds: 1_700_000_000_000))
  private var revision: Revision = 0

  init(limits: Limits = Limits(), rules: PushRules = PushRules()) {
    ledger = PushLedger(limits: limits, rules: rules)
  }

  static let service = ServiceKey(group: "g", name: "s")

  static func subscriber(
    _ port: UInt16, service: ServiceKey = service, ip: String = "10.0.0.1", clusters: String = "",
    agent: String = "Nacos-Java-Client:v1.4.8"
  ) -> Subscriber {
    Subscriber(service: service, clusters: clusters, ip: ip, port: port, agent: agent, app: "app")
  }

  @discardableResult
  mutating func subscribe(
    _ subscriber: Subscriber, naming: PushFlavour.Naming = .grouped, sawHosts: Bool = true
  ) throws -> [PushAction] {
    try ledger.subscribe(subscriber, naming: naming, sawHosts: sawHosts, at: now)
  }

  /// A change of `service`, with the next revision.
  mutating func change(_ service: ServiceKey = service) -> [PushAction] {
    revision += 1
    return ledger.changed(service, revision: revision, at: now, random: &random)
  }

  mutating func acknowledge(_ nonce: Int64, from port: UInt16, ip: String = "10.0.0.1") throws -> [PushAction] {
    let source = try #require(PushEndpoint(ip: ip, port: port))
    return ledger.acknowledged(PushAcknowledgement(source: source, nonce: nonce), at: now, random: &random)
  }

  mutating func pass(milliseconds: Int64) {
    now.microseconds += milliseconds * 1_000
    now.wall.milliseconds += milliseconds
  }

  /// Lets time pass as a shell would: `advance` at each deadline.
  mutating func live(milliseconds: Int64) -> [PushAction] {
    let end = now.microseconds + milliseconds * 1_000
    var actions: [PushAction] = []
    while let deadline = ledger.nextDeadline, deadline <= end {
      let step = max(0, deadline - now.microseconds)
      now.microseconds += step
      now.wall.milliseconds += step / 1_000
      actions += ledger.advance(to: now, random: &random)
    }
    now.wall.milliseconds += (end - now.microseconds) / 1_000
    now.microseconds = end
    return actions
  }
}

extension [PushAction] {
  var rounds: [PushRound] {
    compactMap { if case .send(let round) = $0 { round } else { nil } }
  }

  var batches: [PushBatch] { rounds.flatMap(\.batches) }
  var ports: [UInt16] { batches.flatMap { $0.targets.map(\.port) }.sorted() }

  var departures: [PushDeparture] {
    compactMap { if case .left(_, let departure) = $0 { departure } else { nil } }
  }

  var givenUp: Int { count { if case .gaveUp = $0 { true } else { false } } }
}
