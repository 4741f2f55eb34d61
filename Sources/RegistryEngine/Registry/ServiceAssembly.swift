import RegistryModel

/// Puts services together from what was stored of them, which comes in any order, though mostly service by service. They
/// are what replaying the registrations in that order would make of them, at a small part of the cost: the catalogue takes
/// each once, as a whole.
struct ServiceAssembly {
  /// In the order in which they first appeared.
  private(set) var services: [Service] = []
  private var places: [ServiceKey: Int] = [:]
  /// Where the service stands to which instances are being added.
  private var current = 0

  mutating func add(_ stored: StoredState.StoredService) {
    let place = place(of: stored.key, at: stored.createdAt)
    services[place].recover(stored.settings, clusters: stored.clusters, at: stored.createdAt)
  }

  /// Adds to the service from now on, which is made where it is not known.
  mutating func turn(to key: ServiceKey, at time: WallTime, expecting count: Int) {
    current = place(of: key, at: time)
    services[current].expect(count)
  }

  /// Adds a persistent instance to the service that was turned to; its cluster is made where it is not known.
  mutating func add(_ instance: Instance) { services[current].recover(instance) }

  private mutating func place(of key: ServiceKey, at time: WallTime) -> Int {
    if let place = places[key] { return place }
    services.append(Service(key: key, settings: ServiceSettings(), at: time))
    places[key] = services.count - 1
    return services.count - 1
  }
}
