public import RegistryModel

extension Registry {
  /// A registry as it was stored. Nothing of it is a change: there are no commits, and nobody is told anything because
  /// the registry started (reliability E8). Ephemeral instances are not stored; their notes wait for them.
  public init(limits: Limits = Limits(), restored: StoredState, at now: Moment) {
    self.init(limits: limits)
    observe(now)
    switches = restored.switches ?? Switches()
    for namespace in restored.namespaces { catalog.restore(namespace) }
    for service in restored.services { restore(service) }
    for (service, instance) in restored.instances where !instance.isEphemeral { restore(instance, in: service, at: now) }
    for note in restored.notes where note.key.address.isEphemeral {
      let kept = InstanceNote(overlay: note.overlay, mark: note.mark)
      if !kept.isEmpty { _ = departures.restore(note.key, note: kept, now: now.monotonic.milliseconds) }
    }
    catalog.restore(revision: restored.revision)
    counters = RegistryCounters()
  }

  private mutating func restore(_ service: StoredState.StoredService) {
    let clusters = service.clusters.sorted { $0.key < $1.key }
    let changes =
      [Change.service(service.key, before: nil, after: service.settings)]
      + clusters.map { .cluster(service.key, name: $0.key, before: nil, after: $0.value) }
    replay(changes, at: service.createdAt)
  }

  private mutating func restore(_ instance: Instance, in service: ServiceKey, at now: Moment) {
    let cluster = instance.address.cluster
    let known = catalog.services.read(service) { $0.cluster(cluster) }
    let hasCluster = known.map { $0 != nil }
    var changes: [Change] = []
    if hasCluster == nil { changes.append(.service(service, before: nil, after: ServiceSettings())) }
    if hasCluster != true {
      changes.append(.cluster(service, name: cluster, before: nil, after: ClusterSettings()))
    }
    var instance = instance
    // What probes said last was never stored (reliability G7). Where nobody probes, what is stored is all there is.
    if (known ?? nil)?.checker != HealthChecker.none { instance.isHealthy = true }
    instance.registeredMetadata = pool.shared(instance.registeredMetadata)
    pool.sharePlacement(of: &instance)
    changes.append(.instance(service, before: nil, after: instance, cause: .registered))
    replay(changes, at: instance.registeredAt)
  }

  /// Carries out what happened before the registry stopped, at the time at which it happened.
  private mutating func replay(_ changes: [Change], at time: WallTime) {
    var changes = changes
    let moment = Moment(wall: time, monotonic: MonotonicTime(milliseconds: clock.lastObserved))
    for index in changes.indices { follow(&changes[index], at: moment) }
    catalog.apply(Commit(revision: 0, at: time, origin: .system, changes: changes))
    for change in changes { schedule(change, at: moment) }
  }
}
