import RegistryModel

/// Puts services together from what was stored of them, which comes in any order, though mostly service by service. They
/// are what replaying the registrations in that order would make of them, at a tenth of the cost: the catalogue takes each
/// once, as a whole.
struct ServiceAssembly {
  /// In the order in which they first appeared.
  private(set) var services: [Service] = []
  /// Whether an instance has a number for its id.
  private(set) var hasNumbers = false
  private var places: [ServiceKey: Int] = [:]
  /// What came last, and what became of it: the next is likely to be equal.
  private var lastPlace: Int?
  private var lastMetadata = (given: Metadata(), shared: Metadata())

  mutating func add(_ stored: StoredState.StoredService) {
    let place = place(of: stored.key, at: stored.createdAt)
    services[place].recover(stored.settings, clusters: stored.clusters, at: stored.createdAt)
  }

  /// Puts in a persistent instance; its service and cluster come into being with it where they are not known.
  mutating func add(_ instance: Instance, to key: ServiceKey, sharing pool: inout SharingPool) {
    let place = place(of: key, at: instance.registeredAt)
    var instance = instance
    instance.registeredMetadata = shared(instance.registeredMetadata, by: &pool)
    if instance.numberedID != nil { hasNumbers = true }
    services[place].recover(instance)
  }

  private mutating func place(of key: ServiceKey, at time: WallTime) -> Int {
    if let lastPlace, services[lastPlace].key == key { return lastPlace }
    let place = places[key] ?? services.count
    if place == services.count {
      services.append(Service(key: key, settings: ServiceSettings(), at: time))
      places[key] = place
    }
    lastPlace = place
    return place
  }

  private mutating func shared(_ metadata: Metadata, by pool: inout SharingPool) -> Metadata {
    if !metadata.isIdentical(to: lastMetadata.given) { lastMetadata = (metadata, pool.shared(metadata)) }
    return lastMetadata.shared
  }
}
