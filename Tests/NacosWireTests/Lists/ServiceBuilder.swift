import RegistryModel

/// Services as commits make them.
struct ServiceBuilder {
  private(set) var catalog = Catalog()
  let key: ServiceKey

  init(_ key: ServiceKey = ServiceKey(grouped: "DEFAULT_GROUP@@svc"), settings: ServiceSettings = ServiceSettings()) {
    self.key = key
    apply(.service(key, before: nil, after: settings))
  }

  private mutating func apply(_ change: Change) {
    let time = WallTime(milliseconds: 1_700_000_000_000)
    catalog.apply(Commit(revision: catalog.revision + 1, at: time, origin: .system, changes: [change]))
  }

  mutating func cluster(_ name: String, _ settings: ClusterSettings = ClusterSettings()) {
    apply(.cluster(key, name: name, before: nil, after: settings))
  }

  mutating func instance(
    _ ip: String, _ port: Int, cluster: String = "DEFAULT", weight: Double = 1, isEnabled: Bool = true,
    isHealthy: Bool = true, isEphemeral: Bool = true, metadata: Metadata = Metadata(), app: String? = "DEFAULT"
  ) {
    let address = InstanceAddress(cluster: cluster, ip: ip, port: port, isEphemeral: isEphemeral)
    let instance = Instance(
      address: address, weight: weight, isEnabled: isEnabled, isHealthy: isHealthy, metadata: metadata, app: app,
      registeredAt: WallTime(milliseconds: 1_700_000_000_000))
    apply(.instance(key, before: nil, after: instance, cause: .registered))
  }

  var service: Service { catalog[key] ?? Service(key: key, settings: ServiceSettings(), at: WallTime(milliseconds: 0)) }
}

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
