import RegistryModel
import TestSupport

/// Changes that a registry might see, with names that a stranger might choose.
struct RandomCommits {
  private(set) var incident: Incident
  private var random: SeededRandom

  static let names = [
    "order-core", "支付网关", "🧑‍🚀crew", "a\u{1b}[31mred", "x\u{202e}drow", "e\u{301}te\u{301}", "",
    String(repeating: "long-", count: 60), "tab\tname", "عربى", "z",
  ]

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
    incident = Incident.night()
  }

  mutating func next() -> Commit {
    switch Int.random(in: 0..<12, using: &random) {
    case 0...2: register()
    case 3...5: flip()
    case 6: leave(cause: .expired)
    case 7: leave(cause: .deregistered)
    case 8: mark()
    case 9: subscribe()
    case 10: take()
    default: configure()
    }
    return incident.commits[incident.commits.count - 1]
  }

  private mutating func service() -> ServiceKey {
    if Bool.random(using: &random), let any = incident.catalog.services.map(\.key).sorted().randomElement(using: &random) {
      return any
    }
    let namespace = ["public", "risk", "测试", "n\u{7}s"].randomElement(using: &random) ?? "public"
    return ServiceKey(namespace: namespace, group: "G", name: Self.names.randomElement(using: &random) ?? "a")
  }

  private mutating func anyInstance() -> (ServiceKey, Instance)? {
    let populated = incident.catalog.services.filter { !$0.instances.isEmpty }.sorted { $0.key < $1.key }
    guard let service = populated.randomElement(using: &random),
      let instance = service.instances.sorted(by: { $0.address < $1.address }).randomElement(using: &random)
    else { return nil }
    return (service.key, instance)
  }

  private mutating func register() {
    let key = service()
    let ip = Bool.random(using: &random) ? "10.8.3.\(Int.random(in: 1...250, using: &random))" : "主机-\u{9b}"
    let metadata: Metadata = ["version": Self.names.randomElement(using: &random) ?? "", "zone": "\u{1f1e8}\u{1f1f3}"]
    let instance = Instance(
      address: InstanceAddress(ip: ip, port: Int.random(in: 0...65_535, using: &random)),
      weight: Double.random(in: 0...10_000, using: &random), isHealthy: Bool.random(using: &random), metadata: metadata,
      registeredAt: Incident.now)
    let creation = incident.catalog[key] == nil ? [Change.service(key, before: nil, after: ServiceSettings())] : []
    incident.commit(
      creation + [.instance(key, before: nil, after: instance, cause: .registered)], by: Incident.client, secondsAgo: 0)
  }

  private mutating func flip() {
    guard let (key, before) = anyInstance() else { return register() }
    var after = before
    after.isHealthy.toggle()
    after.healthChangedAt = Incident.now
    let cause: InstanceCause = after.isHealthy ? .turnedHealthy : .turnedUnhealthy
    incident.commit([.instance(key, before: before, after: after, cause: cause)], by: .probe, secondsAgo: 0)
  }

  private mutating func leave(cause: InstanceCause) {
    guard let (key, before) = anyInstance() else { return register() }
    incident.commit([.instance(key, before: before, after: nil, cause: cause)], by: .silence, secondsAgo: 0)
  }

  private mutating func mark() {
    guard let (key, before) = anyInstance() else { return register() }
    var after = before
    after.mark = Mark(text: Self.names.randomElement(using: &random) ?? "", by: "\u{1b}]0;x\u{7}", at: Incident.now)
    incident.commit([.instance(key, before: before, after: after, cause: .markChanged)], by: Incident.operators, secondsAgo: 0)
  }

  private mutating func take() {
    guard let (key, before) = anyInstance() else { return register() }
    var after = before
    after.overlay = Overlay(weight: 0.5, isEnabled: false, metadata: ["a": nil], by: "op", at: Incident.now)
    incident.commit([.instance(key, before: before, after: after, cause: .operated)], by: Incident.operators, secondsAgo: 0)
  }

  private mutating func subscribe() {
    let subscriber = Subscriber(
      service: service(), clusters: "", ip: "10.9.9.9", port: UInt16.random(in: 1...9, using: &random), agent: "Go\u{0}",
      app: "应用")
    incident.commit([.subscriber(subscriber, joined: Bool.random(using: &random))], by: Incident.client, secondsAgo: 0)
  }

  private mutating func configure() {
    var switches = incident.switches
    switches.pushEnabled.toggle()
    incident.switches = switches
    let key = service()
    let settings = incident.catalog[key]?.settings
    incident.commit(
      [
        .switches(entry: "pushEnabled", before: "true", after: "false", all: switches),
        .service(key, before: settings, after: ServiceSettings(protectThreshold: Float.random(in: 0...1, using: &random))),
      ], by: Incident.operators, secondsAgo: 0)
  }
}
