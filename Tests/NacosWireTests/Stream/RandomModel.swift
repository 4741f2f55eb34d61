import RegistryModel
import TestSupport

/// Values of the model by a seed, odd ones among them.
struct RandomModel: RandomNumberGenerator {
  private var generator: SeededRandom

  init(seed: UInt64) { generator = SeededRandom(seed: seed &* 0x9e37_79b9_7f4a_7c15) }

  mutating func next() -> UInt64 { generator.next() }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  mutating func text() -> String {
    let odd = ["", "\"", "\\", "\n\r\t\u{0}\u{1b}[2J", "日本語", "👩‍👩‍👧‍👦", "e\u{301}", "\u{202e}abc", "\u{2028}", "null", "1e5", "<a&b>"]
    if chance(25) { return odd[below(odd.count)] }
    return String((0..<below(12)).map { _ in Character(Unicode.Scalar(UInt8(97 + below(26)))) })
  }

  mutating func time() -> WallTime { WallTime(milliseconds: Int64.random(in: 0...4_000_000_000_000, using: &self)) }

  mutating func number() -> Double {
    let odd = [0, -0.0, 1, 0.1, 1e-7, 1e300, 123_456_789.125, .pi, .greatestFiniteMagnitude, .leastNonzeroMagnitude]
    return chance(30) ? odd[below(odd.count)] : Double.random(in: -10_000...10_000, using: &self)
  }

  mutating func maybe<Value>(_ value: (inout RandomModel) -> Value) -> Value? { chance(50) ? value(&self) : nil }

  mutating func metadata() -> Metadata {
    Metadata(Dictionary((0..<below(4)).map { _ in (text(), text()) }, uniquingKeysWith: { $1 }))
  }

  mutating func service() -> ServiceKey { ServiceKey(namespace: text(), grouped: text()) }

  mutating func address() -> InstanceAddress {
    InstanceAddress(
      cluster: text(), ip: "10.\(below(256)).\(below(256)).\(below(256))", port: below(65_536), isEphemeral: chance(50))
  }

  mutating func overlay() -> Overlay {
    var metadata: [String: String?] = [:]
    for _ in 0..<below(3) { metadata.updateValue(maybe { $0.text() }, forKey: text()) }
    return Overlay(
      weight: maybe { $0.number() }, isEnabled: maybe { $0.chance(50) }, metadata: metadata, by: text(), at: time())
  }

  mutating func mark() -> Mark { Mark(text: text(), by: text(), at: time()) }

  mutating func instance() -> Instance {
    var instance = Instance(
      address: address(), weight: number(), isEnabled: chance(80), isHealthy: chance(70), metadata: metadata(),
      app: maybe { $0.text() }, registeredAt: time(), vitalSlot: UInt32(below(1 << 20)))
    instance.overlay = maybe { $0.overlay() }
    instance.mark = maybe { $0.mark() }
    instance.numberedID = maybe { $0.below(1_000_000) }
    instance.healthChangedAt = time()
    return instance
  }

  mutating func settings() -> ServiceSettings {
    ServiceSettings(
      protectThreshold: Float.random(in: 0...1, using: &self), metadata: metadata(),
      selector: chance(50) ? .none : .label(expression: text(), labels: [text(), text()]), isDeclared: chance(50))
  }

  mutating func cluster() -> ClusterSettings {
    let checkers: [HealthChecker] = [
      .tcp, .none, .http(path: text(), headers: text(), expectedCode: below(600)),
      .mysql(user: maybe { $0.text() }, password: maybe { $0.text() }, command: maybe { $0.text() }),
    ]
    return ClusterSettings(
      checker: checkers[below(checkers.count)], checkPort: Int32(below(65_536)), usesInstancePort: chance(50),
      metadata: metadata())
  }

  mutating func namespace(_ id: String) -> Namespace { Namespace(id: id, name: text(), about: text(), createdAt: time()) }

  mutating func subscriber() -> Subscriber {
    Subscriber(
      service: service(), clusters: text(), ip: "10.0.0.\(below(256))", port: UInt16(below(65_536)), agent: text(),
      app: text())
  }

  mutating func subscriberState() -> SubscriberState {
    var state = SubscriberState(subscriber: subscriber(), subscribedAt: time())
    let outcomes: [SubscriberState.Outcome] = [.idle, .waiting, .retrying, .acknowledged, .failed]
    state.outcome = outcomes[below(outcomes.count)]
    state.pushedRevision = next()
    state.acknowledgedRevision = next()
    state.pushedAt = maybe { $0.time() }
    state.acknowledgedAt = maybe { $0.time() }
    state.roundTrip = maybe { Int64($0.below(1_000_000)) }
    state.failures = below(100)
    state.failuresInARow = below(10)
    state.toldHosts = below(1_000)
    return state
  }

  mutating func digest() -> PushDigest {
    var digest = PushDigest()
    digest.subscribers = below(1_000)
    digest.pushed = next()
    digest.failed = .max
    digest.pending = below(100)
    digest.roundTripMedian = maybe { Int64($0.below(10_000)) }
    digest.failing = (0..<below(3)).map { _ in subscriberState() }
    digest.touched = (0..<below(3)).map { _ in service() }
    digest.touchedMany = chance(50)
    return digest
  }

  mutating func switches() -> Switches {
    var switches = Switches()
    switches.masters = maybe { [$0.text()] }
    switches.adWeightMap = [text(): below(10)]
    switches.distroThreshold = Float.random(in: 0...1, using: &self)
    switches.pushEnabled = chance(50)
    switches.overriddenServerStatus = maybe { $0.text() }
    switches.healthCheckWhiteList = [text()]
    return switches
  }

  mutating func origin() -> Origin {
    switch below(6) {
    case 0: .client(address: text(), agent: text())
    case 1: .operator(name: text())
    case 2: .probe
    case 3: .silence
    case 4: .polled
    default: .system
    }
  }

  mutating func change() -> Change {
    let causes: [InstanceCause] = [.registered, .expired, .operated, .markChanged, .serviceRemoved]
    switch below(8) {
    case 0:
      let id = text()
      return .namespace(id: id, before: maybe { $0.namespace(id) }, after: maybe { $0.namespace(id) })
    case 1: return .service(service(), before: maybe { $0.settings() }, after: maybe { $0.settings() })
    case 2: return .cluster(service(), name: text(), before: maybe { $0.cluster() }, after: maybe { $0.cluster() })
    case 3: return .switches(entry: text(), before: text(), after: text(), all: switches())
    case 4: return .subscriber(subscriber(), joined: chance(50))
    case 5:
      let key = InstanceKey(service: service(), address: address())
      let note = InstanceNote(overlay: maybe { $0.overlay() }, mark: maybe { $0.mark() })
      return .note(key, before: maybe { _ in note }, after: maybe { _ in note })
    case 6:
      let kinds = AccessEvent.Kind.allCases
      return .access(AccessEvent(kinds[below(kinds.count)], subject: text(), detail: text(), address: text()))
    default:
      return .instance(
        service(), before: maybe { $0.instance() }, after: maybe { $0.instance() }, cause: causes[below(causes.count)])
    }
  }

  mutating func commit(_ revision: Revision) -> Commit {
    Commit(
      revision: revision, at: time(), origin: origin(), reason: maybe { $0.text() },
      changes: (0..<below(4)).map { _ in change() })
  }

  mutating func action() -> Action {
    let key = InstanceKey(service: service(), address: address())
    let registration = Registration(
      key: key, weight: number(), isEnabled: chance(50), metadata: metadata(), app: maybe { $0.text() })
    let all: [Action] = [
      .register(registration), .deregister(key), .update(registration, isStrict: chance(50)),
      .patch(
        key.service, cluster: text(), ip: text(), port: below(65_536),
        InstancePatch(weight: maybe { $0.number() }, isEnabled: maybe { $0.chance(50) }, metadata: maybe { $0.metadata() })),
      .patchMetadata(key.service, .these([address(), address()]), metadata(), isRemoval: chance(50)),
      .patchMetadata(key.service, .allEphemeral, metadata(), isRemoval: chance(50)),
      .setHealth(key.service, cluster: text(), ip: text(), port: below(65_536), isHealthy: chance(50)),
      .createService(service(), settings()), .removeService(service()), .setCluster(service(), name: text(), cluster()),
      .createNamespace(id: text(), name: text(), about: text()), .setSwitch(entry: text(), value: text()),
      .operate(key, .setMetadata([text(): maybe { $0.text() }])), .operate(key, .clear), .operate(key, .setWeight(number())),
      .mark(key, text: maybe { $0.text() }),
    ]
    return all[below(all.count)]
  }

  /// A snapshot of a registry that has had a life: made of commits, as engines make theirs.
  mutating func snapshot(services: Int, instances: Int) -> Snapshot {
    var catalog = Catalog()
    var timeline = Timeline()
    var commits: [Commit] = []
    let keys = (0..<services).map { ServiceKey(namespace: "n\($0 % 3)", grouped: "g@@\(text())\($0)") }
    for _ in 0..<(services * instances) {
      let key = keys[below(keys.count)]
      var changes: [Change] = []
      if catalog[key] == nil { changes.append(.service(key, before: nil, after: settings())) }
      if let some = catalog[key]?.instances.first(where: { _ in true }), chance(20) {
        changes.append(.instance(key, before: some, after: nil, cause: chance(50) ? .expired : .deregistered))
      } else {
        changes.append(.instance(key, before: nil, after: instance(), cause: .registered))
      }
      if chance(10) { changes.append(.cluster(key, name: text(), before: nil, after: cluster())) }
      if chance(20) { changes.append(.subscriber(subscriber(), joined: true)) }
      if chance(5) {
        let id = text()
        changes.append(.namespace(id: id, before: nil, after: namespace(id)))
      }
      let commit = Commit(
        revision: catalog.revision + 1, at: WallTime(milliseconds: Int64(commits.count) * 1_000), origin: origin(),
        changes: changes)
      catalog.apply(commit)
      timeline.record(commit, totals: catalog.totals)
      commits.append(commit)
    }
    return Snapshot(
      catalog: catalog, switches: switches(), recent: Array(commits.suffix(50)), timeline: timeline, push: digest(),
      at: time())
  }
}
