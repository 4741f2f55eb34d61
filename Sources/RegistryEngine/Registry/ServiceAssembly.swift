import RegistryModel

/// Puts services together from what was stored of them, which comes in any order, though mostly service by service. They
/// are what replaying the registrations in that order would make of them, at a small part of the cost: the catalogue takes
/// each once, as a whole.
struct ServiceAssembly {
  /// In the order in which they first appeared.
  private(set) var services: [Service] = []
  private var places: [ServiceKey: Int] = [:]
  /// Which of them have been taken, and are as they were then.
  private var areTaken: [Bool] = []
  /// Where the service stands to which instances are being added.
  private var current: Int?

  mutating func add(_ stored: StoredState.StoredService) {
    let place = place(of: stored.key, at: stored.createdAt)
    services[place].recover(stored.settings, clusters: stored.clusters, at: stored.createdAt)
    areTaken[place] = false
  }

  /// Adds to the service from now on, which is made where it is not known. The service that is left is taken: as a rule it
  /// has all that it gets.
  mutating func turn(to key: ServiceKey, at time: WallTime, expecting count: Int) -> Service? {
    let next = place(of: key, at: time)
    let left = current == next ? nil : takeCurrent()
    current = next
    areTaken[next] = false
    services[next].expect(count)
    return left
  }

  /// Adds a persistent instance to the service that was turned to; its cluster is made where it is not known.
  mutating func add(_ instance: Instance) {
    if let current { services[current].recover(instance) }
  }

  /// Those that have not been taken as they now are.
  var rest: [Service] { zip(services, areTaken).filter { !$0.1 }.map(\.0) }

  private mutating func takeCurrent() -> Service? {
    guard let current else { return nil }
    areTaken[current] = true
    return services[current]
  }

  private mutating func place(of key: ServiceKey, at time: WallTime) -> Int {
    // Instances come in the order of their services.
    let next = (current ?? -1) + 1
    if next < services.count, services[next].key == key { return next }
    if let place = places[key] { return place }
    services.append(Service(key: key, settings: ServiceSettings(), at: time))
    areTaken.append(false)
    places[key] = services.count - 1
    return services.count - 1
  }
}
