import RegistryModel

extension Registry {
  /// How long a service stays after its last instance left, and after its last instance fell silent, in milliseconds.
  /// Nacos removes both after two minutes (naming-server-v1 3.8); a service that was lost is what an operator looks for,
  /// so ours can be seen for half an hour. Services that somebody declared stay (reliability E19).
  static let idleMemory: Int64 = 120_000
  static let lossMemory: Int64 = 1_800_000

  /// Makes changes that were found to be right into a commit and carries it out. Instances that come have been admitted.
  mutating func settle(
    _ changes: consuming [Change], by origin: Origin, reason: String?, at now: Moment
  ) -> Commit {
    for index in changes.indices { follow(changes[index]) }
    let commit = Commit(
      revision: catalog.revision + 1, at: now.wall, origin: origin, reason: reason, changes: changes)
    catalog.apply(commit)
    let settled = commit.changes
    for index in settled.indices { schedule(settled[index], at: now) }
    return commit
  }

  /// Brings vitals, numbers and switches to what `change` says.
  private mutating func follow(_ change: Change) {
    switch change {
    case .instance(let key, let before?, nil, _): leave(before, from: key)
    case .instance(_, let before?, let after?, _): adjust(before, after)
    case .switches(_, _, _, let all): switches = all
    case .instance(_, nil, _, _), .service, .cluster, .namespace, .subscriber, .note, .access: break
    }
    count(change)
  }

  /// Gives an instance that is about to come its number and the slot of its beats.
  /// - Parameter hash: the hash of the service's key, where it is known.
  mutating func admit(_ instance: inout Instance, to service: ServiceKey, hash: UInt32? = nil, at now: Moment) {
    if let number = instance.numberedID {
      numbers[NumberedKind(service: service, isEphemeral: instance.isEphemeral), default: NumberPool()].reserve(number)
    }
    guard instance.isEphemeral else {
      instance.vitalSlot = Vitals.none
      return
    }
    let owner = Vitals.Owner(service: hash ?? Service.keyHash(of: service), address: instance.keyHash)
    instance.vitalSlot = vitals.add(
      owner, isHealthy: instance.isHealthy, timing: InstanceTiming(instance.registeredMetadata), now: time(now))
  }

  private mutating func leave(_ instance: Instance, from service: ServiceKey) {
    vitals.remove(instance.vitalSlot)
    guard let number = instance.numberedID else { return }
    let kind = NumberedKind(service: service, isEphemeral: instance.isEphemeral)
    numbers[kind]?.free(number)
    if numbers[kind]?.isEmpty == true { numbers[kind] = nil }
  }

  private mutating func adjust(_ before: Instance, _ after: Instance) {
    guard after.isEphemeral else { return }
    if before.isHealthy != after.isHealthy { vitals.setHealthy(after.isHealthy, after.vitalSlot) }
    if !before.registeredMetadata.isIdentical(to: after.registeredMetadata) {
      vitals.setTiming(InstanceTiming(after.registeredMetadata), after.vitalSlot)
    }
  }

  private mutating func count(_ change: Change) {
    switch change.instanceCause() {
    case nil: break
    case .registered, .reregistered: counters.registers += 1
    case .deregistered: counters.deregisters += 1
    case .expired: counters.expiries += 1
    case .updated, .turnedUnhealthy, .turnedHealthy, .operated, .markChanged, .serviceRemoved: break
    }
  }

  /// Sees to it that a service that nobody needs is removed in time, and one that somebody needs is not.
  mutating func schedule(_ change: Change, at now: Moment) {
    switch change {
    case .service(let key, _, nil): idleServices.cancel(key)
    case .instance(let key, nil, .some, _): if idleServices.count > 0 { idleServices.cancel(key) }
    case .service(let key, _, .some), .instance(let key, _, nil, _): scheduleRemoval(of: key, at: now)
    case .instance, .cluster, .namespace, .switches, .subscriber, .note, .access: break
    }
  }

  func isIdle(_ service: borrowing Service) -> Bool { service.counts.total == 0 && !service.settings.isDeclared }

  private mutating func scheduleRemoval(of key: ServiceKey, at now: Moment) {
    let delay = catalog.services.read(key) { service in
      isIdle(service) ? (service.state == .gone ? Self.lossMemory : Self.idleMemory) : nil
    }
    switch delay {
    case .none: break
    case .some(nil): idleServices.cancel(key)
    case .some(let delay?): idleServices.set(key, at: now.monotonic.milliseconds + delay)
    }
  }
}
