import RegistryModel

/// What turns a service as it was known into what a page shows, as changes.
struct StockDifference {
  let key: ServiceKey
  let now: WallTime
  /// Equal values that many instances have become one copy.
  var pool: SharingPool
  private(set) var changes: [Change] = []

  init(_ key: ServiceKey, pool: SharingPool, at now: WallTime) {
    self.key = key
    self.pool = pool
    self.now = now
  }

  /// - Parameter page: nil where only instances were shown.
  mutating func compare(_ service: Service?, with page: StockService?, hosts: [StockHost]) {
    let settings = page?.settings ?? service?.settings ?? ServiceSettings()
    if service?.settings != settings { changes.append(.service(key, before: service?.settings, after: settings)) }
    compareClusters(service, with: page, hosts: hosts)
    compareInstances(service, hosts: hosts)
  }

  /// The service is not there any more.
  mutating func remove(_ service: Service) {
    for instance in service.instances.sorted(by: { $0.address < $1.address }) {
      changes.append(.instance(key, before: instance, after: nil, cause: .serviceRemoved))
    }
    for (name, settings) in service.clusters { changes.append(.cluster(key, name: name, before: settings, after: nil)) }
    changes.append(.service(key, before: service.settings, after: nil))
  }

  private mutating func compareClusters(_ service: Service?, with page: StockService?, hosts: [StockHost]) {
    let known = service.map { Dictionary($0.clusters.map { ($0.name, $0.settings) }, uniquingKeysWith: { $1 }) } ?? [:]
    guard let page else {
      for name in Set(hosts.map(\.cluster)).subtracting(known.keys).sorted() {
        changes.append(.cluster(key, name: name, before: nil, after: ClusterSettings()))
      }
      return
    }
    for cluster in page.clusters where known[cluster.name] != cluster.settings {
      changes.append(.cluster(key, name: cluster.name, before: known[cluster.name], after: cluster.settings))
    }
    for name in Set(known.keys).subtracting(page.clusters.map(\.name)).sorted() {
      changes.append(.cluster(key, name: name, before: known[name], after: nil))
    }
  }

  /// Takes what the page says of instances that are known. Whether it shows just these.
  mutating func update(_ service: Service?, from hosts: [StockHost]) -> Bool {
    let (strangers, missing) = compareKnown(service, hosts: hosts)
    return strangers.isEmpty && missing.isEmpty
  }

  private mutating func compareInstances(_ service: Service?, hosts: [StockHost]) {
    var (strangers, old) = compareKnown(service, hosts: hosts)
    for (address, host) in strangers { add(host, at: address, among: &old) }
    for instance in old.values.sorted(by: { $0.address < $1.address }) {
      // Who leaves is healthy until then; who falls silent is not.
      let cause: InstanceCause = instance.isEphemeral && !instance.isHealthy ? .expired : .deregistered
      changes.append(.instance(key, before: instance, after: nil, cause: cause))
    }
  }

  private mutating func compareKnown(
    _ service: Service?, hosts: [StockHost]
  ) -> (strangers: [(address: InstanceAddress, host: StockHost)], missing: [InstanceAddress: Instance]) {
    var old = Dictionary(service?.instances.map { ($0.address, $0) } ?? [], uniquingKeysWith: { $1 })
    var taken: Set<InstanceAddress> = []
    var strangers: [(address: InstanceAddress, host: StockHost)] = []
    for host in hosts {
      // Pages may hold an instance twice, and one of either kind at the same place.
      let free = host.addresses.filter { !taken.contains($0) }
      guard let address = free.first(where: { old[$0] != nil }) ?? free.first else { continue }
      taken.insert(address)
      if let match = old.removeValue(forKey: address) {
        compare(match, with: host)
      } else {
        strangers.append((address, host))
      }
    }
    return (strangers, old)
  }

  private mutating func add(_ host: StockHost, at address: InstanceAddress, among old: inout [InstanceAddress: Instance]) {
    var instance = Instance(
      address: address, weight: host.weight, isEnabled: host.isEnabled,
      isHealthy: host.isHealthy, metadata: pool.shared(host.metadata), app: host.app, registeredAt: now)
    // Of the other kind than a page without kinds made us believe: the same instance all the same.
    if let isEphemeral = host.isEphemeral, let other = old.removeValue(forKey: host.address(isEphemeral: !isEphemeral)) {
      instance.registeredAt = other.registeredAt
      instance.healthChangedAt = other.healthChangedAt
      changes.append(.instance(key, before: other, after: nil, cause: .updated))
      changes.append(.instance(key, before: nil, after: instance, cause: .updated))
      return
    }
    pool.shareTraits(of: &instance)
    changes.append(.instance(key, before: nil, after: instance, cause: .registered))
  }

  private mutating func compare(_ before: Instance, with host: StockHost) {
    var after = before
    after.registeredWeight = host.weight
    after.registeredEnabled = host.isEnabled
    if before.registeredMetadata != host.metadata { after.registeredMetadata = pool.shared(host.metadata) }
    if let app = host.app { after.app = app }
    if after != before { changes.append(.instance(key, before: before, after: after, cause: .updated)) }
    guard after.isHealthy != host.isHealthy else { return }
    let middle = after
    after.isHealthy = host.isHealthy
    after.healthChangedAt = now
    let cause: InstanceCause = host.isHealthy ? .turnedHealthy : .turnedUnhealthy
    changes.append(.instance(key, before: middle, after: after, cause: cause))
  }
}

extension StockHost {
  func address(isEphemeral: Bool) -> InstanceAddress {
    InstanceAddress(cluster: cluster, ip: ip, port: port, isEphemeral: isEphemeral)
  }

  /// Where the instance may be known: of its kind, or of either where the page does not tell.
  fileprivate var addresses: [InstanceAddress] {
    isEphemeral.map { [address(isEphemeral: $0)] } ?? [address(isEphemeral: true), address(isEphemeral: false)]
  }
}
