import RegistryModel
import TestSupport
import Testing

@testable import RegistryEngine

/// A registry is put together from what was stored service by service; these tests hold it against the long way, a commit
/// for each row in its turn.
@Suite struct RestoredWholeTests {
  @Test(arguments: UInt64(0)..<200)
  func theWholeIsWhatReplayingMakes(seed: UInt64) {
    let state = RandomState(seed: seed).state
    let registry = Registry(restored: state, at: Moment(milliseconds: 1_000_000))
    let replayed = Replay(of: state)
    #expect(registry.checkInvariants() == [], "seed \(seed)")
    #expect(registry.counters == RegistryCounters())
    #expect(registry.catalog.revision == state.revision)
    #expect(registry.catalog.namespaces == replayed.catalog.namespaces)
    #expect(registry.catalog.totals == replayed.totals, "seed \(seed)")
    #expect(registry.catalog.totalsByNamespace == replayed.totalsByNamespace, "seed \(seed)")
    #expect(registry.catalog.waitingSubscribers.isEmpty)
    #expect(registry.catalog.services.count == replayed.catalog.services.count)
    for service in registry.catalog.services {
      #expect(ServiceValue(service) == replayed.value(of: service.key), "seed \(seed)")
    }
  }

  @Test("A store hands over what it reads in parts, which end anywhere", arguments: UInt64(0)..<50)
  func partsMakeTheWhole(seed: UInt64) {
    var rest = RandomState(seed: seed).state
    let whole = Registry(restored: rest, at: Moment(milliseconds: 1_000_000))
    var random = SeededRandom(seed: seed)
    var restoration = RegistryRestoration(at: Moment(milliseconds: 1_000_000))
    var head = rest
    (head.instances, head.notes) = ([], [])
    restoration.add(head)
    while !rest.instances.isEmpty {
      let count = Int.random(in: 1...rest.instances.count, using: &random)
      var part = StoredState()
      part.instances = Array(rest.instances.prefix(count))
      restoration.add(part)
      rest.instances.removeFirst(count)
    }
    var tail = StoredState()
    tail.notes = rest.notes
    restoration.add(tail)
    let registry = restoration.finish()
    #expect(registry.checkInvariants() == [], "seed \(seed)")
    #expect(registry.catalog.revision == whole.catalog.revision)
    #expect(registry.catalog.totals == whole.catalog.totals, "seed \(seed)")
    for service in whole.catalog.services {
      #expect(registry.catalog[service.key].map(ServiceValue.init) == ServiceValue(service), "seed \(seed)")
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func whatNobodyNeedsGoesInItsTime(seed: UInt64) {
    let state = RandomState(seed: seed).state
    let start: Int64 = 1_000_000
    var registry = Registry(restored: state, at: Moment(milliseconds: start))
    let idle = Set(registry.catalog.services.filter { registry.isIdle($0) }.map(\.key))
    let early = registry.advance(to: Moment(milliseconds: start + Registry.idleMemory - 1))
    #expect(early.isEmpty, "seed \(seed)")
    let removed = registry.advance(to: Moment(milliseconds: start + Registry.idleMemory)).flatMap(\.changes)
    #expect(Set(removed.compactMap(\.removedService)) == idle, "seed \(seed)")
    #expect(registry.checkInvariants() == [])
  }

  @Test("A number that two rows of one address had is free when the one that counts has another")
  func aReplacedNumberIsFree() throws {
    let key = ServiceKey(grouped: "g@@numbered")
    let address = InstanceAddress(ip: "10.0.0.1", port: 80, isEphemeral: false)
    var state = StoredState()
    for number in [0, 1] {
      var instance = Instance(
        address: address, metadata: [PreservedKey.idGenerator: "snowflake"], registeredAt: WallTime(milliseconds: 1))
      instance.numberedID = number
      state.instances.append(.init(service: key, instance: instance))
    }
    var registry = Registry(restored: state, at: Moment(milliseconds: 1_000_000))
    #expect(registry.checkInvariants() == [])
    var other = InstanceKey(service: key, address: address)
    other.address.port = 81
    let metadata: Metadata = [PreservedKey.idGenerator: "snowflake"]
    _ = try registry.apply(
      Command(.register(Registration(key: other, metadata: metadata)), by: .system), at: Moment(milliseconds: 1_000_001))
    #expect(registry.catalog[other]?.numberedID == 0)
  }

  @Test("Registering after a restart makes the catalogue that one without a restart has")
  func lifeGoesOn() throws {
    var state = RandomState(seed: 7).state
    state.notes = []
    var registry = Registry(restored: state, at: Moment(milliseconds: 1_000_000))
    let before = registry.catalog.totals.instances.total
    for number in 0..<500 {
      let key = instanceKey("10.9.\(number / 250).\(number % 250)", service: "g@@s\(number % 7)", isEphemeral: number % 2 == 0)
      _ = try registry.apply(Command(.register(Registration(key: key)), by: .system), at: Moment(milliseconds: 1_000_001))
    }
    #expect(registry.catalog.totals.instances.total == before + 500)
    #expect(registry.checkInvariants() == [])
  }
}

/// Everything that a service says.
private struct ServiceValue: Hashable {
  var settings: ServiceSettings
  var clusterNames: [String]
  var clusterSettings: [ClusterSettings]
  var instances: [InstanceAddress: Instance]
  var numbers: [Int?]
  var counts: InstanceCounts
  var revision: Revision
  var createdAt: WallTime
  var changedAt: WallTime
  var state: ServiceState
  var stateSince: WallTime
  var lost: Int
  var subscribers: Int

  init(_ service: Service) {
    settings = service.settings
    clusterNames = service.clusters.map(\.name)
    clusterSettings = service.clusters.map(\.settings)
    instances = Dictionary(service.instances.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
    numbers = service.instances.map { ($0.address, $0.numberedID) }.sorted { $0.0 < $1.0 }.map(\.1)
    counts = service.counts
    revision = service.revision
    createdAt = service.createdAt
    changedAt = service.changedAt
    state = service.state
    stateSince = service.stateSince
    lost = service.lostInstances
    subscribers = service.subscribers
  }
}

/// The long way. When something last changed is the one thing that it does not tell: rows come in the order of their keys,
/// so the last one is not the newest.
private struct Replay {
  private(set) var catalog = Catalog()
  private var newest: [ServiceKey: WallTime] = [:]

  init(of state: StoredState) {
    for namespace in state.namespaces { catalog.restore(namespace) }
    for service in state.services {
      let clusters = service.clusters.sorted { $0.key < $1.key }
      let changes = clusters.map { Change.cluster(service.key, name: $0.key, before: nil, after: $0.value) }
      apply([.service(service.key, before: nil, after: service.settings)] + changes, to: service.key, at: service.createdAt)
    }
    for row in state.instances where !row.instance.isEphemeral {
      let (key, stored) = (row.service, row.instance)
      var instance = stored
      let cluster = stored.address.cluster
      let known = catalog[key].flatMap { $0.cluster(cluster) }
      if known?.checker != HealthChecker.none { instance.isHealthy = true }
      var changes: [Change] = []
      if catalog[key] == nil { changes.append(.service(key, before: nil, after: ServiceSettings())) }
      if known == nil { changes.append(.cluster(key, name: cluster, before: nil, after: ClusterSettings())) }
      changes.append(.instance(key, before: nil, after: instance, cause: .registered))
      apply(changes, to: key, at: instance.registeredAt)
    }
  }

  private mutating func apply(_ changes: [Change], to key: ServiceKey, at time: WallTime) {
    catalog.apply(Commit(revision: 0, at: time, origin: .system, changes: changes))
    newest[key] = max(newest[key] ?? time, time)
  }

  func value(of key: ServiceKey) -> ServiceValue? {
    var value = catalog[key].map(ServiceValue.init)
    if let time = newest[key] { value?.changedAt = time }
    return value
  }

  var totals: Catalog.Totals {
    var totals = catalog.totals
    totals.changedAt = newest.values.max()
    return totals
  }

  var totalsByNamespace: [String: Catalog.Totals] {
    var all = catalog.totalsByNamespace
    for namespace in all.keys {
      all[namespace]?.changedAt = newest.filter { $0.key.namespace == namespace }.values.max()
    }
    return all
  }
}

/// What a store may give: services row by row or in no order, instances of services and clusters that have no row, the
/// same address or service twice, times that cannot be, texts that are equal in other bytes.
private struct RandomState {
  private(set) var state = StoredState()
  private var random: SeededRandom

  private static let times: [Int64] = [.min, -1, 0, 1, 999, 1_000_000, 1_700_000_000_000, .max]
  private static let clusters = ["DEFAULT", "web", "hand", "caf\u{e9}"]

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
    state.revision = Revision(seed)
    state.namespaces = [Namespace(id: "dev", name: "Dev", createdAt: time())]
    for _ in 0..<Int.random(in: 0..<12, using: &random) { state.services.append(service()) }
    for _ in 0..<Int.random(in: 0..<400, using: &random) { state.instances.append(.init(service: key(), instance: instance())) }
    if seed % 3 > 0 { state.instances.sort { ($0.service, $0.instance.address) < ($1.service, $1.instance.address) } }
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func time() -> WallTime {
    let usual = Int64.random(in: 1_600_000_000_000..<1_700_000_000_000, using: &random)
    return WallTime(milliseconds: chance(10) ? pick(Self.times) : usual)
  }

  private mutating func key() -> ServiceKey {
    ServiceKey(namespace: pick(["public", "dev", "nowhere"]), grouped: "g@@s\(Int.random(in: 0..<7, using: &random))")
  }

  private mutating func service() -> StoredState.StoredService {
    let settings = ServiceSettings(protectThreshold: pick([0, 0.5, 1]), isDeclared: chance(30))
    var clusters: [String: ClusterSettings] = [:]
    if chance(60) { clusters["hand"] = ClusterSettings(checker: .none) }
    if chance(40) { clusters[pick(Self.clusters)] = ClusterSettings(checkPort: 81, metadata: ["a": "b"]) }
    return StoredState.StoredService(key: key(), settings: settings, clusters: clusters, createdAt: time())
  }

  private mutating func instance() -> Instance {
    let host = chance(5) ? pick(["h\u{f4}te", "ho\u{302}te", ""]) : "10.0.0.\(Int.random(in: 0..<40, using: &random))"
    let address = InstanceAddress(
      cluster: pick(Self.clusters), ip: host, port: pick([80, 8_080]), isEphemeral: chance(5))
    var instance = Instance(
      address: address, weight: pick([0, 1, 2.5]), isEnabled: chance(80), isHealthy: chance(70),
      metadata: pick([Metadata(), ["zone": "a"], ["zone": "b", "a long key of metadata": "a long value of metadata"]]),
      app: pick([nil, "DEFAULT", "shop"]), registeredAt: time(), vitalSlot: 17)
    instance.healthChangedAt = time()
    if chance(10) { instance.overlay = Overlay(isEnabled: chance(50), by: "li", at: time()) }
    if chance(10) { instance.mark = Mark(text: "disk", by: "li", at: time()) }
    return instance
  }
}

extension Change {
  fileprivate var removedService: ServiceKey? {
    if case .service(let key, _?, nil) = self { key } else { nil }
  }
}
