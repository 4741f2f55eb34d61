import RegistryModel

extension Registry {
  /// Removes an instance; nothing there is no error (naming-server-v1 1.1.2). The note that operators left on an
  /// ephemeral one is remembered for a while.
  mutating func deregister(_ key: InstanceKey, at now: Moment) throws(RegistryError) -> Decision {
    guard let before = catalog[key] else {
      // The wire would make the cluster first; ours asks no more than whether it could.
      if catalog.services.contains(key.service) { try rules.checkCluster(key.address.cluster) }
      return Decision()
    }
    if before.isEphemeral {
      let interval = vitals.beatInterval(of: before.vitalSlot) ?? switches.clientBeatInterval
      let grace = 2 * min(max(interval, 0), Self.longestInterval)
      tombstones.put(key, until: now.monotonic.milliseconds + grace, now: now.monotonic.milliseconds)
    }
    let loss = remember(before, in: key.service, isSilent: false, at: now)
    return Decision(changes: [.instance(key.service, before: before, after: nil, cause: .deregistered)] + loss)
  }

  /// A beat interval beyond this does not keep a deregistered instance away for longer.
  private static let longestInterval: Int64 = 60_000

  /// Remembers what may be wanted again of an ephemeral instance that goes. The result is the note that there was no room
  /// for, if so.
  mutating func remember(_ instance: Instance, in service: ServiceKey, isSilent: Bool, at now: Moment) -> [Change] {
    guard instance.isEphemeral else { return [] }
    let note = InstanceNote(overlay: instance.overlay, mark: instance.mark)
    let client =
      isSilent
      ? Departures.Client(
        weight: instance.registeredWeight, isEnabled: instance.registeredEnabled,
        metadata: instance.registeredMetadata, app: instance.app) : nil
    let loss = departures.remember(
      InstanceKey(service: service, address: instance.address), client: client, note: note.isEmpty ? nil : note,
      now: now.monotonic.milliseconds)
    return loss.map { [.note($0.key, before: $0.before, after: $0.after)] } ?? []
  }

  /// PUT: replaces all that a client says; with `isStrict` service and instance must exist (1.1.3).
  mutating func update(
    _ registration: Registration, isStrict: Bool, at now: Moment
  ) throws(RegistryError) -> Decision {
    if isStrict { try checkExists(registration.key) }
    return try register(registration, as: .script, at: now)
  }

  /// Any cluster will do, and port 0 stands for any port: so the wire has it.
  private func checkExists(_ key: InstanceKey) throws(RegistryError) {
    let exists = catalog.services.read(key.service) { service in
      service.instances.contains(key.address)
        || service.instances.contains { instance in
          let address = instance.address
          return address.ip == key.address.ip && address.isEphemeral == key.address.isEphemeral
            && (key.address.port == 0 || address.port == key.address.port)
        }
    }
    guard let exists else { throw .serviceNotFound(key.service) }
    if !exists { throw .instanceNotFound(key.service, key.address) }
  }

  /// PATCH: changes some fields of the instance at a place, and settles the same fields of an overlay (1.1.4).
  mutating func patch(
    _ service: ServiceKey, cluster: String, ip: String, port: Int, _ patch: InstancePatch, at now: Moment
  ) throws(RegistryError) -> Decision {
    guard let before = first(in: service, cluster: cluster, ip: ip, port: port) else {
      throw .instanceNotFound(service, InstanceAddress(cluster: cluster, ip: ip, port: port))
    }
    var after = before
    if let weight = patch.weight { after.registeredWeight = try rules.weight(weight) }
    if let metadata = patch.metadata {
      try rules.check(metadata)
      after.registeredMetadata = pool.shared(metadata)
    }
    try rules.checkApp(patch.app)
    if let app = patch.app { after.app = app }
    if let isEnabled = patch.isEnabled { after.registeredEnabled = isEnabled }
    after.overlay = before.overlay.map { Self.settled($0, by: patch) }
    if let isHealthy = patch.isHealthy { after.turn(isHealthy, at: now.wall) }
    if before.isEphemeral { vitals.beat(before.vitalSlot, at: time(now)) }
    if after == before { return Decision() }
    return Decision(changes: [.instance(service, before: before, after: after, cause: .updated)])
  }

  private static func settled(_ overlay: Overlay, by patch: InstancePatch) -> Overlay {
    var overlay = overlay
    if patch.weight != nil { overlay.weight = nil }
    if patch.isEnabled != nil { overlay.isEnabled = nil }
    if patch.metadata != nil { overlay.metadata = [:] }
    return overlay
  }

  /// The instance at a place, the persistent one before the ephemeral one, as the wire looks them up.
  func first(in service: ServiceKey, cluster: String, ip: String, port: Int) -> Instance? {
    guard port == Int(Int32(clamping: port)) else { return nil }
    let persistent = InstanceAddress(cluster: cluster, ip: ip, port: port, isEphemeral: false)
    let ephemeral = InstanceAddress(cluster: cluster, ip: ip, port: port, isEphemeral: true)
    return catalog.services.read(service) { $0.instances[persistent] ?? $0.instances[ephemeral] } ?? nil
  }
}

extension Instance {
  mutating func turn(_ isHealthy: Bool, at time: WallTime) {
    if self.isHealthy != isHealthy { healthChangedAt = time }
    self.isHealthy = isHealthy
  }
}
