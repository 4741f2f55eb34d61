import RegistryModel

extension Registry {
  /// Who registers, which decides what happens to an operator's overlay.
  enum Registrar {
    /// A client says again what it is: the overlay stays on top (reliability E2-E5).
    case client
    /// Somebody sets the client's values from outside (PUT): the last word, so the overlay is settled.
    case script
  }

  /// Registers an instance, or replaces what its client said before; service and cluster come into being with it
  /// (naming-server-v1 1.1.1, 3.1-3.4).
  mutating func register(
    _ registration: Registration, as registrar: Registrar, at now: Moment
  ) throws(RegistryError) -> Decision {
    var registration = registration
    let surroundings = surroundings(of: registration.key)
    // The name of a service that is there has been looked at.
    if surroundings == nil { try rules.check(registration.key.service) }
    try check(&registration)
    if let before = surroundings?.instance {
      return replace(before, registration, as: registrar, at: now)
    }
    var changes = try foundation(for: registration.key, in: surroundings)
    try checkRoom(besides: surroundings?.instances ?? 0)
    tombstones.clear(registration.key)
    let after = newInstance(registration, at: now)
    changes.append(.instance(registration.key.service, before: nil, after: after, cause: .registered))
    return Decision(changes: changes)
  }

  private mutating func check(_ registration: inout Registration) throws(RegistryError) {
    try rules.check(registration.key.address)
    registration.weight = try rules.weight(registration.weight)
    try rules.check(registration.metadata)
    try rules.checkApp(registration.app)
    registration.metadata = pool.shared(registration.metadata)
  }

  private mutating func replace(
    _ before: Instance, _ registration: Registration, as registrar: Registrar, at now: Moment
  ) -> Decision {
    if before.isEphemeral { vitals.beat(before.vitalSlot, at: time(now)) }
    var after = before
    after.registeredWeight = registration.weight
    after.registeredEnabled = registration.isEnabled
    if after.registeredMetadata != registration.metadata { after.registeredMetadata = registration.metadata }
    if after.app != registration.app { after.app = registration.app }
    if registrar == .script { after.overlay = nil }
    if after == before { return Decision() }
    let cause: InstanceCause = registrar == .script ? .updated : .reregistered
    return Decision(changes: [.instance(registration.key.service, before: before, after: after, cause: cause)])
  }

  /// What there is already of the service that an instance is to be in.
  private struct Surroundings {
    var clusters: Int
    var hasCluster: Bool
    var instances: Int
    /// The one with the same address.
    var instance: Instance?
  }

  /// All that registering asks of the catalogue, in one look; nil where the service is missing.
  private func surroundings(of key: InstanceKey) -> Surroundings? {
    catalog.services.read(key.service) { service in
      Surroundings(
        clusters: service.clusters.count, hasCluster: service.clusters.contains { $0.name == key.address.cluster },
        instances: service.counts.total, instance: service.instances[key.address])
    }
  }

  /// The service and the cluster, as far as they are missing.
  private func foundation(
    for key: InstanceKey, in surroundings: Surroundings?
  ) throws(RegistryError) -> [Change] {
    let cluster = key.address.cluster
    var changes: [Change] = []
    if surroundings == nil {
      try checkRoom(forServiceIn: key.service.namespace)
      changes.append(.service(key.service, before: nil, after: ServiceSettings()))
    }
    if surroundings?.hasCluster != true {
      if let surroundings, surroundings.clusters >= limits.clustersPerService {
        throw .limit(what: "clusters in a service", most: limits.clustersPerService)
      }
      changes.append(.cluster(key.service, name: cluster, before: nil, after: ClusterSettings()))
    }
    return changes
  }

  func checkRoom(forServiceIn namespace: String) throws(RegistryError) {
    if catalog.totals.services >= limits.services { throw .limit(what: "services", most: limits.services) }
    if catalog.usedNamespaces >= limits.namespaces, catalog.totals(in: namespace) == nil {
      throw .limit(what: "namespaces", most: limits.namespaces)
    }
  }

  /// - Parameter count: instances that the service has.
  private func checkRoom(besides count: Int) throws(RegistryError) {
    if catalog.totals.instances.total >= limits.instances { throw .limit(what: "instances", most: limits.instances) }
    if count >= limits.instancesPerService {
      throw .limit(what: "instances in a service", most: limits.instancesPerService)
    }
  }

  private mutating func newInstance(_ registration: Registration, at now: Moment) -> Instance {
    let key = registration.key
    var instance = Instance(
      address: key.address, weight: registration.weight, isEnabled: registration.isEnabled,
      isHealthy: registration.isHealthy, metadata: registration.metadata, app: registration.app, registeredAt: now.wall)
    pool.shareTraits(of: &instance)
    if let note = departures.recall(key)?.note {
      instance.overlay = note.overlay
      instance.mark = note.mark
    }
    if registration.metadata[PreservedKey.idGenerator]?.lowercased() == "snowflake" {
      let kind = NumberedKind(service: key.service, isEphemeral: key.address.isEphemeral)
      instance.numberedID = numbers[kind]?.smallestFree ?? 0
    }
    admit(&instance, to: key.service, at: now)
    return instance
  }
}
