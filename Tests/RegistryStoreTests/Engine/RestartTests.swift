import RegistryEngine
import RegistryModel
import Synchronization
import TestSupport
import Testing

@testable import RegistryStore

/// A registry that starts from what was stored is the one that was stopped, in all that is durable.
@Suite struct RestartTests {
  /// A clock that the test moves.
  private final class Clock: Sendable {
    private let time = Atomic<Int64>(1_000)

    var now: Moment { Moment(milliseconds: time.load(ordering: .relaxed)) }

    func advance(by milliseconds: Int64) { time.wrappingAdd(milliseconds, ordering: .relaxed) }
  }

  @Test(arguments: 1...6) func afterAnyCommandsTheDiskSaysWhatMemorySays(_ round: Int) async throws {
    let seed = UInt64.random(in: 0 ... .max)
    var commands = RandomCommands(seed: seed)
    let fixture = try StoreFixture()
    let clock = Clock()
    let engine = Engine(store: fixture.store) { clock.now }
    let answers = Collected<Result<Receipt, RegistryError>>()
    let count = 600
    for number in 1...count {
      clock.advance(by: Int64.random(in: 0...2_000, using: &commands.random))
      engine.submit(commands.next()) { answers.add($0) }
      if number.isMultiple(of: 7) { engine.advance() }
    }
    try await wait(for: "every answer") { answers.all.count == count }
    let failures = answers.all.filter { if case .failure(.storeFailed) = $0 { true } else { false } }
    #expect(failures.isEmpty, "seed \(seed)")

    let stopped = engine.snapshot()
    let stored = try fixture.reloaded()
    let started = Engine(restored: stored) { clock.now }.snapshot()
    #expect(DurablePart(stopped).lines == DurablePart(started).lines, "seed \(seed)")
    #expect(stored.revision <= stopped.catalog.revision, "seed \(seed)")
    #expect(fixture.reports.all.isEmpty)
    for note in stored.notes {
      // A note that is there belongs to an instance that is there with it, or that left.
      let instance = stopped.catalog[note.key]
      #expect(instance == nil || (instance?.overlay == note.overlay && instance?.mark == note.mark), "seed \(seed)")
    }
    for service in stopped.catalog.services {
      for instance in service.instances where instance.isEphemeral && (instance.overlay != nil || instance.mark != nil) {
        let key = InstanceKey(service: service.key, address: instance.address)
        #expect(stored.notes.contains { $0.key == key }, "seed \(seed): \(key)")
      }
    }
  }
}

/// What of a registry must outlive a restart, as text.
private struct DurablePart {
  var lines: [String]

  init(_ snapshot: Snapshot) {
    lines = snapshot.catalog.namespaces.values.map { "namespace \($0.storedText)" }.sorted()
    lines.append("switches \(snapshot.switches.storedText)")
    for service in snapshot.catalog.services.sorted(by: { $0.key < $1.key }) {
      let persistent = service.instances.filter { !$0.isEphemeral }.sorted { $0.address < $1.address }
      guard service.settings.isDeclared || !persistent.isEmpty else { continue }
      lines.append("service \(service.key) \(service.settings.storedText)")
      for cluster in service.clusters where cluster.settings != ClusterSettings() {
        lines.append("cluster \(service.key) \(cluster.name) \(cluster.settings.storedText)")
      }
      for instance in persistent { lines.append("instance \(service.key) \(instance.storedText)") }
    }
  }
}

/// What clients and operators may want, by a seed.
private struct RandomCommands {
  var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func next() -> Command {
    let origins: [Origin] = [.client(address: "10.0.0.1", agent: "a"), .operator(name: "ann")]
    return Command(action(), by: origins.randomElement(using: &random) ?? .system, reason: nil)
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  private mutating func service() -> ServiceKey {
    ServiceKey(namespace: number(0...1) == 0 ? "public" : "prod", group: "g", name: "s\(number(1...4))")
  }

  private mutating func address() -> InstanceAddress {
    InstanceAddress(
      cluster: "c\(number(1...2))", ip: "10.0.0.\(number(1...4))", port: 80, isEphemeral: number(0...1) == 0)
  }

  private mutating func instance() -> InstanceKey { InstanceKey(service: service(), address: address()) }

  private mutating func metadata() -> Metadata { number(0...2) == 0 ? [:] : ["k\(number(1...3))": "v\(number(1...3))"] }

  private mutating func registration() -> Registration {
    Registration(
      key: instance(), weight: Double(number(0...4)) / 2, isEnabled: number(0...3) > 0, metadata: metadata(),
      app: number(0...1) == 0 ? nil : "app")
  }

  private mutating func settings() -> ServiceSettings {
    ServiceSettings(protectThreshold: Float(number(0...3)) / 4, metadata: metadata())
  }

  private mutating func overlayChange() -> OverlayChange {
    switch number(0...3) {
    case 0: .setWeight(Double(number(0...4)))
    case 1: .setEnabled(number(0...1) == 0)
    case 2: .setMetadata(["k\(number(1...3))": number(0...1) == 0 ? nil : "o"])
    default: .clear
    }
  }

  private mutating func action() -> Action {
    switch number(0...19) {
    case 0...5: .register(registration())
    case 6...8: .deregister(instance())
    case 9: .update(registration(), isStrict: number(0...1) == 0)
    case 10: patch()
    case 11:
      .patchMetadata(service(), number(0...1) == 0 ? .allEphemeral : .allPersistent, metadata(), isRemoval: number(0...1) == 0)
    case 12: .createService(service(), settings())
    case 13: .updateService(service(), settings())
    case 14: .removeService(service())
    case 15: .setCluster(service(), name: "c\(number(1...2))", cluster())
    case 16: namespace()
    case 17: .setSwitch(entry: "checkTimes", value: "\(number(3...9))")
    case 18: .operate(instance(), overlayChange())
    default: .mark(instance(), text: number(0...1) == 0 ? nil : "note \(number(1...9))")
    }
  }

  private mutating func patch() -> Action {
    let key = instance()
    return .patch(
      key.service, cluster: key.address.cluster, ip: key.address.ip, port: 80,
      InstancePatch(weight: Double(number(1...3)), isEnabled: number(0...1) == 0 ? nil : true, metadata: metadata()))
  }

  private mutating func cluster() -> ClusterSettings {
    ClusterSettings(checker: number(0...1) == 0 ? .tcp : .none, checkPort: Int32(number(80...81)), metadata: metadata())
  }

  private mutating func namespace() -> Action {
    let id = "n\(number(1...3))"
    return switch number(0...2) {
    case 0: .createNamespace(id: id, name: "name", about: "")
    case 1: .updateNamespace(id: id, name: "name \(number(1...3))", about: "about")
    default: .removeNamespace(id: id)
    }
  }
}
