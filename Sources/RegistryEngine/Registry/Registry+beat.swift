public import RegistryModel

extension Registry {
  /// Takes a beat. One of a known, healthy instance is one store and makes no commit; the work does not depend on how
  /// many instances there are.
  public mutating func beat(
    _ beat: Beat, by origin: @autoclosure () -> Origin, at now: Moment
  ) throws(RegistryError) -> (answer: BeatAnswer, commit: Commit?) {
    observe(now)
    counters.beats += 1
    let address = InstanceAddress(cluster: beat.cluster, ip: beat.ip, port: beat.port)
    let found = catalog.services.readInPlace(beat.service) { service in
      service.pointee.instances.read(address) { (slot: $0.vitalSlot, isHealthy: $0.isHealthy) }
    }
    if let found = found ?? nil {
      vitals.beat(found.slot, at: time(now))
      let answer = alive(every: vitals.beatInterval(of: found.slot))
      return (answer, found.isHealthy ? nil : recover(beat.service, address, by: origin(), at: now))
    }
    return try strange(beat, address, by: origin(), at: now)
  }

  /// Takes a beat of every ephemeral instance of a service, as if each had sent one: what costs most of a beat is to find
  /// whose it is. A past that is lived in no time is full of them.
  public mutating func beatAll(of key: ServiceKey, by origin: @autoclosure () -> Origin, at now: Moment) -> [Commit] {
    observe(now)
    guard let service = catalog[key] else { return [] }
    var commits: [Commit] = []
    for instance in service.instances where instance.isEphemeral {
      counters.beats += 1
      vitals.beat(instance.vitalSlot, at: time(now))
      if instance.isHealthy { continue }
      if let commit = recover(key, instance.address, by: origin(), at: now) { commits.append(commit) }
    }
    return commits
  }

  private func alive(every interval: Int64?) -> BeatAnswer {
    .alive(interval: interval ?? switches.clientBeatInterval, lightBeats: switches.lightBeatEnabled)
  }

  private mutating func recover(
    _ service: ServiceKey, _ address: InstanceAddress, by origin: Origin, at now: Moment
  ) -> Commit? {
    guard let before = catalog[InstanceKey(service: service, address: address)] else { return nil }
    var after = before
    after.turn(true, at: now.wall)
    let change = Change.instance(service, before: before, after: after, cause: .turnedHealthy)
    return settle([change], by: origin, reason: nil, at: now)
  }

  /// A beat of no ephemeral instance that is there.
  private mutating func strange(
    _ beat: Beat, _ address: InstanceAddress, by origin: @autoclosure () -> Origin, at now: Moment
  ) throws(RegistryError) -> (answer: BeatAnswer, commit: Commit?) {
    var key = InstanceKey(service: beat.service, address: address)
    key.address.isEphemeral = false
    if let persistent = catalog[key] {
      return (alive(every: InstanceTiming(persistent.registeredMetadata).beatInterval), nil)
    }
    key.address.isEphemeral = true
    if tombstones.covers(key, now: now.monotonic.milliseconds) { return (alive(every: nil), nil) }
    guard let body = beat.body else { return (.unknown(interval: switches.clientBeatInterval), nil) }
    key.address.isEphemeral = body.isEphemeral
    let registration = registration(of: key, body)
    guard body.isEphemeral else {
      let interval = InstanceTiming(registration.metadata).beatInterval ?? switches.clientBeatInterval
      return (.registers(registration, interval: interval, lightBeats: switches.lightBeatEnabled), nil)
    }
    let commit = try apply(Command(.register(registration), by: origin()), at: now).commit
    return (alive(every: InstanceTiming(registration.metadata).beatInterval), commit)
  }

  /// What a full beat registers: what it says, and where it is silent what the client said before it fell silent
  /// (reliability E2).
  private func registration(of key: InstanceKey, _ body: Beat.Body) -> Registration {
    let before = departures.client(of: key)
    return Registration(
      key: key, weight: body.weight ?? before?.weight ?? 1, isEnabled: before?.isEnabled ?? true,
      metadata: body.metadata ?? before?.metadata ?? Metadata(), app: before?.app)
  }
}
