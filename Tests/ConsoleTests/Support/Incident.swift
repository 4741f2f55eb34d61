import RegistryModel

/// The night that most of these tests look at: at 02:14:19 the network 10.8.3.0/24 went away. `order-core` lost all of its
/// twelve instances, of which li.w has since taken four out; the console is looked at at 02:20:31.
struct Incident {
  /// 2026-09-14 02:20:31 UTC.
  static let now = WallTime(milliseconds: 1_789_352_431_000)

  private(set) var catalog = Catalog()
  private(set) var timeline = Timeline()
  private(set) var commits: [Commit] = []
  private(set) var clock = WallTime(milliseconds: 0)
  var push = PushDigest()
  var switches = Switches()

  /// `seconds` before the console is looked at.
  static func ago(_ seconds: Int64) -> WallTime { WallTime(milliseconds: now.milliseconds - seconds * 1000) }

  mutating func commit(_ changes: [Change], by origin: Origin, secondsAgo: Int64, reason: String? = nil) {
    let commit = Commit(
      revision: catalog.revision + 1, at: Self.ago(secondsAgo), origin: origin, reason: reason, changes: changes)
    catalog.apply(commit)
    timeline.record(commit, totals: catalog.totals)
    commits.append(commit)
    clock = commit.at
  }

  var snapshot: Snapshot {
    var timeline = timeline
    timeline.advance(to: Self.now, totals: catalog.totals)
    return Snapshot(
      catalog: catalog, switches: switches, recent: Array(commits.suffix(2_000)), timeline: timeline, push: push, at: Self.now)
  }
}

extension Incident {
  static let client = Origin.client(address: "10.8.1.9:40110", agent: "Nacos-Java-Client:v1.4.8")
  static let operators = Origin.operator(name: "li.w")

  /// Registers `count` instances from `first` on, in one commit each.
  mutating func register(
    _ service: ServiceKey, network: String, first: Int, count: Int, port: Int = 8080, secondsAgo: Int64,
    isEphemeral: Bool = true, version: String = "1.8.3", zone: String = "a"
  ) {
    for number in first..<first + count {
      let address = InstanceAddress(ip: "\(network).\(number)", port: port, isEphemeral: isEphemeral)
      let instance = Instance(
        address: address, metadata: ["version": version, "zone": zone], registeredAt: Self.ago(secondsAgo))
      let creation = catalog[service] == nil ? [Change.service(service, before: nil, after: ServiceSettings())] : []
      commit(
        creation + [.instance(service, before: nil, after: instance, cause: .registered)], by: Self.client,
        secondsAgo: secondsAgo)
    }
  }

  mutating func declare(_ service: ServiceKey, protect: Float = 0, secondsAgo: Int64) {
    commit(
      [.service(service, before: nil, after: ServiceSettings(protectThreshold: protect, isDeclared: true))],
      by: Self.client, secondsAgo: secondsAgo)
  }

  /// Subscribers from one network, a commit each.
  mutating func subscribe(_ service: ServiceKey, count: Int, secondsAgo: Int64) {
    for number in 0..<count {
      let subscriber = Subscriber(
        service: service, clusters: "", ip: "10.9.\(number / 200).\(number % 200 + 1)", port: 44_044,
        agent: "Nacos-Java-Client:v1.4.8", app: "checkout")
      commit([.subscriber(subscriber, joined: true)], by: Self.client, secondsAgo: secondsAgo)
    }
  }

  /// Changes an instance, in a commit of its own.
  mutating func change(
    _ service: ServiceKey, _ address: InstanceAddress, cause: InstanceCause, by origin: Origin, secondsAgo: Int64,
    reason: String? = nil, _ body: (inout Instance) -> Void
  ) {
    guard let before = catalog[service]?.instances[address] else { return }
    var after = before
    body(&after)
    commit([.instance(service, before: before, after: after, cause: cause)], by: origin, secondsAgo: secondsAgo, reason: reason)
  }

  mutating func fail(_ service: ServiceKey, count: Int, by origin: Origin, secondsAgo: Int64) {
    let healthy = catalog[service]?.instances.filter(\.isHealthy).map(\.address).sorted().prefix(count) ?? []
    for address in healthy {
      change(service, address, cause: .turnedUnhealthy, by: origin, secondsAgo: secondsAgo) {
        $0.isHealthy = false
        $0.healthChangedAt = Self.ago(secondsAgo)
      }
    }
  }

  mutating func lose(_ service: ServiceKey, secondsAgo: Int64) {
    for instance in catalog[service]?.instances.sorted(by: { $0.address < $1.address }) ?? [] {
      commit([.instance(service, before: instance, after: nil, cause: .expired)], by: .silence, secondsAgo: secondsAgo)
    }
  }

  static let orderCore = ServiceKey(group: ServiceKey.defaultGroup, name: "order-core")
  static let payGateway = ServiceKey(group: "PAY", name: "pay-gateway")
  static let inventory = ServiceKey(group: ServiceKey.defaultGroup, name: "inventory")
  static let price = ServiceKey(group: ServiceKey.defaultGroup, name: "price")
  static let userProfile = ServiceKey(group: ServiceKey.defaultGroup, name: "user-profile")
  static let cart = ServiceKey(group: ServiceKey.defaultGroup, name: "cart")
  static let invoiceLegacy = ServiceKey(group: ServiceKey.defaultGroup, name: "invoice-legacy")
  static let oldReport = ServiceKey(group: ServiceKey.defaultGroup, name: "old-report")
  static let ruleEngine = ServiceKey(namespace: "risk", group: ServiceKey.defaultGroup, name: "rule-engine")
  static let suggest = ServiceKey(namespace: "77ab19", group: ServiceKey.defaultGroup, name: "suggest")

  /// The whole night.
  static func night() -> Incident {
    var incident = Incident()
    incident.namespaces()
    incident.peace()
    incident.trouble()
    return incident
  }

  private mutating func namespaces() {
    for (id, name, about) in [("risk", "risk", "fraud and rules"), ("77ab19", "search", "search and suggestions")] {
      let namespace = Namespace(id: id, name: name, about: about, createdAt: Self.ago(900_000))
      commit([.namespace(id: id, before: nil, after: namespace)], by: Self.operators, secondsAgo: 900_000)
    }
  }

  private mutating func peace() {
    declare(Self.orderCore, secondsAgo: 800_000)
    declare(Self.oldReport, secondsAgo: 800_000)
    register(Self.invoiceLegacy, network: "10.8.2", first: 1, count: 2, secondsAgo: 800_000)
    for number in 1...2 {
      operate(Self.invoiceLegacy, "10.8.2.\(number)", by: "zhao", secondsAgo: 790_000) { $0.isEnabled = false }
    }
    register(Self.orderCore, network: "10.8.3", first: 30, count: 4, secondsAgo: 700_000, isEphemeral: false)
    subscribe(Self.orderCore, count: 22, secondsAgo: 90_000)
    register(Self.payGateway, network: "10.8.3", first: 60, count: 4, port: 9000, secondsAgo: 90_000, isEphemeral: false)
    subscribe(Self.payGateway, count: 6, secondsAgo: 90_000)
    declare(Self.inventory, protect: 0.8, secondsAgo: 80_000)
    register(Self.inventory, network: "10.8.4", first: 10, count: 13, secondsAgo: 80_000, isEphemeral: false)
    register(Self.inventory, network: "10.8.3", first: 100, count: 9, secondsAgo: 80_000, isEphemeral: false)
    subscribe(Self.inventory, count: 31, secondsAgo: 80_000)
    declare(Self.price, protect: 0.5, secondsAgo: 80_000)
    register(Self.price, network: "10.8.3", first: 120, count: 4, secondsAgo: 80_000, isEphemeral: false)
    register(Self.price, network: "10.8.6", first: 3, count: 2, secondsAgo: 80_000, isEphemeral: false)
    register(Self.userProfile, network: "10.8.7", first: 1, count: 40, secondsAgo: 70_000)
    register(Self.suggest, network: "10.8.8", first: 1, count: 8, secondsAgo: 70_000)
    register(Self.ruleEngine, network: "10.8.9", first: 1, count: 3, secondsAgo: 60_000)
    subscribe(Self.ruleEngine, count: 3, secondsAgo: 50_000)
    register(Self.cart, network: "10.8.1", first: 30, count: 4, secondsAgo: 40_000)
    subscribe(Self.cart, count: 19, secondsAgo: 40_000)
    for (index, name) in ["address", "coupon", "delivery", "fraud-score", "geo", "mail", "notify"].enumerated() {
      register(
        ServiceKey(group: ServiceKey.defaultGroup, name: name), network: "10.8.\(20 + index)", first: 1, count: 4 + index,
        secondsAgo: 30_000)
    }
  }

  private mutating func operate(
    _ service: ServiceKey, _ ip: String, isEphemeral: Bool = true, by name: String, secondsAgo: Int64,
    _ body: (inout Overlay) -> Void
  ) {
    change(
      service, InstanceAddress(ip: ip, port: 8080, isEphemeral: isEphemeral), cause: .operated,
      by: .operator(name: name), secondsAgo: secondsAgo, reason: "INC-4471"
    ) { instance in
      var overlay = instance.overlay ?? Overlay(by: name, at: Self.ago(secondsAgo))
      body(&overlay)
      instance.overlay = overlay
    }
  }

  private mutating func trouble() {
    operate(Self.price, "10.8.6.3", isEphemeral: false, by: "zhao", secondsAgo: 1_104) { $0.weight = 0.2 }
    register(
      Self.orderCore, network: "10.8.3", first: 14, count: 8, secondsAgo: 401, isEphemeral: false, version: "1.8.4", zone: "b")
    fail(Self.orderCore, count: 12, by: .probe, secondsAgo: 372)
    fail(Self.payGateway, count: 4, by: .probe, secondsAgo: 371)
    for address in (catalog[Self.inventory]?.instances.map(\.address).sorted() ?? []) where address.ip.hasPrefix("10.8.3.") {
      change(Self.inventory, address, cause: .turnedUnhealthy, by: .probe, secondsAgo: 370) {
        $0.isHealthy = false
        $0.healthChangedAt = Self.ago(370)
      }
    }
    fail(Self.price, count: 4, by: .probe, secondsAgo: 369)
    fail(Self.userProfile, count: 2, by: .silence, secondsAgo: 131)
    lose(Self.ruleEngine, secondsAgo: 64)
    fail(Self.suggest, count: 1, by: .silence, secondsAgo: 51)
    for number in 18...21 {
      operate(Self.orderCore, "10.8.3.\(number)", isEphemeral: false, by: "li.w", secondsAgo: 18) { $0.isEnabled = false }
    }
    change(
      Self.orderCore, InstanceAddress(ip: "10.8.3.14", port: 8080, isEphemeral: false), cause: .markChanged,
      by: Self.operators, secondsAgo: 12
    ) { $0.mark = Mark(text: "switch port 7 dead, ask net", by: "li.w", at: Self.ago(12)) }
  }
}
