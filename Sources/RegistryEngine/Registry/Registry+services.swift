import RegistryModel

extension Registry {
  /// Services that somebody creates stay when they are empty (reliability E19); they have no cluster yet
  /// (naming-server-v1 1.2.1).
  func createService(_ key: ServiceKey, _ settings: ServiceSettings) throws(RegistryError) -> Decision {
    try rules.check(key)
    try rules.check(settings)
    if catalog.services.contains(key) { throw .serviceExists(key) }
    try checkRoom(forServiceIn: key.namespace)
    return Decision(changes: [.service(key, before: nil, after: declared(settings))])
  }

  /// Who sets something about a service has declared it.
  func updateService(_ key: ServiceKey, _ settings: ServiceSettings) throws(RegistryError) -> Decision {
    guard let before = catalog.services.read(key, { $0.settings }) else { throw .serviceNotFound(key) }
    try rules.check(settings)
    let after = declared(settings)
    return Decision(changes: after == before ? [] : [.service(key, before: before, after: after)])
  }

  private func declared(_ settings: ServiceSettings) -> ServiceSettings {
    var settings = settings
    settings.isDeclared = true
    return settings
  }

  /// Removes a service with all its instances (1.2.2); those that still live come back with their next full beat, and
  /// with what operators left on them.
  mutating func removeService(_ key: ServiceKey, at now: Moment) throws(RegistryError) -> Decision {
    guard let service = catalog[key] else { throw .serviceNotFound(key) }
    var changes: [Change] = []
    for instance in service.instances {
      changes.append(.instance(key, before: instance, after: nil, cause: .serviceRemoved))
      changes += remember(instance, in: key, isSilent: false, at: now)
    }
    return Decision(changes: changes + removal(of: service))
  }

  /// The end of a service that has no instances, cluster by cluster.
  func removal(of service: Service) -> [Change] {
    service.clusters.map { .cluster(service.key, name: $0.name, before: $0.settings, after: nil) }
      + [.service(service.key, before: service.settings, after: nil)]
  }

  /// Creates or configures a cluster (1.4). A service of which a part is configured counts as declared, or the
  /// configuration would go when the service is empty for a while.
  func setCluster(
    _ key: ServiceKey, _ name: String, _ settings: ClusterSettings
  ) throws(RegistryError) -> Decision {
    guard let found = catalog.services.read(key, { ($0.settings, $0.cluster(name), $0.clusters.count) }) else {
      throw .serviceNotFound(key)
    }
    let (service, before, count) = found
    try rules.checkCluster(name)
    try rules.check(settings.metadata)
    if before == nil, count >= limits.clustersPerService {
      throw .limit(what: "clusters in a service", most: limits.clustersPerService)
    }
    if before == settings, service.isDeclared { return Decision() }
    var changes: [Change] = []
    if !service.isDeclared { changes.append(.service(key, before: service, after: declared(service))) }
    if before != settings { changes.append(.cluster(key, name: name, before: before, after: settings)) }
    return Decision(changes: changes)
  }
}
