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
    var instance = Instance(
      address: registration.key.address, weight: registration.weight, isEnabled: registration.isEnabled,
      isHealthy: registration.isHealthy, metadata: registration.metadata, app: registration.app, registeredAt: now.wall)
    let surroundings = surroundings(of: instance, in: registration.key.service)
    // The name of a service that is there has been looked at.
    if surroundings == nil { try rules.check(registration.key.service) }
    instance.registeredWeight = try checkedWeight(of: registration)
    instance.registeredMetadata = pool.shared(registration.metadata)
    if let before = surroundings?.instance {
      return replace(before, by: instance, in: registration.key.service, as: registrar, at: now)
    }
    var changes = try foundation(for: registration.key, in: surroundings)
    try checkRoom(besides: surroundings?.instances ?? 0)
    tombstones.clear(registration.key)
    complete(&instance, registration.key)
    admit(&instance, to: registration.key.service, hash: surroundings?.keyHash, at: now)
    changes.append(.instance(registration.key.service, before: nil, after: instance, cause: .registered))
    return Decision(changes: changes)
  }

  /// The weight within its bounds, if all that is said of the instance is as it may be.
  private func checkedWeight(of registration: Registration) throws(RegistryError) -> Double {
    try rules.check(registration.key.address)
    let weight = try rules.weight(registration.weight)
    try rules.check(registration.metadata)
    try rules.checkApp(registration.app)
    return weight
  }

  /// Lets the instance that is there say what `new` says.
  private mutating func replace(
    _ before: Instance, by new: Instance, in service: ServiceKey, as registrar: Registrar, at now: Moment
  ) -> Decision {
    if before.isEphemeral { vitals.beat(before.vitalSlot, at: time(now)) }
    var after = before
    after.registeredWeight = new.registeredWeight
    after.registeredEnabled = new.registeredEnabled
    if after.registeredMetadata != new.registeredMetadata { after.registeredMetadata = new.registeredMetadata }
    after.app = new.app
    if registrar == .script { after.overlay = nil }
    if after == before { return Decision() }
    let cause: InstanceCause = registrar == .script ? .updated : .reregistered
    return Decision(changes: [.instance(service, before: before, after: after, cause: cause)])
  }

  /// What there is already of the service that an instance is to be in.
  private struct Surroundings {
    var keyHash: UInt32
    var clusters: Int
    var hasCluster: Bool
    var instances: Int
    /// The one with the same address.
    var instance: Instance?
  }

  /// All that registering asks of the catalogue, in one look; nil where the service is missing.
  private func surroundings(of instance: Instance, in service: ServiceKey) -> Surroundings? {
    catalog.services.readInPlace(service) { service in
      Surroundings(
        keyHash: service.pointee.keyHash, clusters: service.pointee.clusters.count,
        hasCluster: service.pointee.clusters.contains { $0.name == instance.cluster },
        instances: service.pointee.counts.total, instance: service.pointee.instances.element(like: instance))
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

  /// Gives a new instance what is remembered of its key, and its number where it asks for one.
  private mutating func complete(_ instance: inout Instance, _ key: InstanceKey) {
    pool.shareTraits(of: &instance)
    if let note = departures.recall(key)?.note {
      instance.overlay = note.overlay
      instance.mark = note.mark
    }
    if instance.registeredMetadata[PreservedKey.idGenerator]?.lowercased() == "snowflake" {
      let kind = NumberedKind(service: key.service, isEphemeral: key.address.isEphemeral)
      instance.numberedID = numbers[kind]?.smallestFree ?? 0
    }
  }
}
