public import RegistryModel

extension Registry {
  /// How many instances one call of `advance` looks at: a mass expiry is spread over several, so that nobody waits long
  /// for the lock. `nextDeadline` is in the past as long as some are left.
  static let turnBudget = 4_096

  /// Lets time pass until `now`: silent instances turn unhealthy and are removed, never before their time and at most a
  /// tick after it; forgotten services and notes go. Everything of one service that falls into one call is one commit.
  public mutating func advance(to now: Moment) -> [Commit] {
    observe(now)
    let verdicts = vitals.turn(to: time(now), budget: Self.turnBudget, isHeld: !switches.healthCheckEnabled)
    var commits: [Commit] = []
    for changes in changes(for: verdicts, at: now) {
      commits.append(settle(changes, by: .silence, reason: nil, at: now))
    }
    if let commit = removeIdleServices(at: now) { commits.append(commit) }
    if let commit = forgetDepartures(at: now) { commits.append(commit) }
    return commits
  }

  /// When `advance` must be called next; nil while nobody waits for anything, so an idle registry wakes nobody. While
  /// instances beat it is at most half a second away: see `PatientClock`.
  public var nextDeadline: MonotonicTime? {
    let waits = [idleServices.nextTime(), departures.nextTime(), nextTurn]
    return waits.compactMap { $0 }.min().map(MonotonicTime.init(milliseconds:))
  }

  private var nextTurn: Int64? {
    if vitals.count == 0 { return nil }
    let turn = vitals.nextTurn(within: PatientClock.longestNap)
    return clock.monotonic(turn ?? vitals.turned + PatientClock.longestNap).milliseconds
  }

  /// The changes that verdicts come to, by service, in the order in which the services first appear.
  private mutating func changes(
    for verdicts: [(slot: UInt32, verdict: Vitals.Verdict)], at now: Moment
  ) -> [[Change]] {
    var groups: [[Change]] = []
    var places: [ServiceKey: Int] = [:]
    for (slot, verdict) in verdicts {
      guard let (service, instance) = find(slot) else {
        vitals.remove(slot)
        continue
      }
      let place = places[service] ?? groups.count
      if place == groups.count {
        groups.append([])
        places[service] = place
      }
      groups[place] += changes(for: verdict, on: instance, in: service, at: now)
    }
    return groups
  }

  private mutating func changes(
    for verdict: Vitals.Verdict, on before: Instance, in service: ServiceKey, at now: Moment
  ) -> [Change] {
    switch verdict {
    case .unhealthy:
      var after = before
      after.turn(false, at: now.wall)
      return [.instance(service, before: before, after: after, cause: .turnedUnhealthy)]
    case .expired:
      let loss = remember(before, in: service, isSilent: true, at: now)
      return [.instance(service, before: before, after: nil, cause: .expired)] + loss
    }
  }

  /// Whose vitals a slot holds.
  func find(_ slot: UInt32) -> (service: ServiceKey, instance: Instance)? {
    let owner = vitals.owner(of: slot)
    return catalog.services.first(near: owner.service) { service in
      let instance = service.instances.first(near: owner.address) { $0.vitalSlot == slot ? copy $0 : nil }
      return instance.map { (service.key, $0) }
    }
  }

  private mutating func removeIdleServices(at now: Moment) -> Commit? {
    var changes: [Change] = []
    while changes.count < Self.turnBudget, let key = idleServices.popDue(by: now.monotonic.milliseconds) {
      if let service = catalog[key], isIdle(service) { changes += removal(of: service) }
    }
    return changes.isEmpty ? nil : settle(changes, by: .system, reason: nil, at: now)
  }

  private mutating func forgetDepartures(at now: Moment) -> Commit? {
    let losses = departures.forget(by: now.monotonic.milliseconds)
    let changes = losses.map { Change.note($0.key, before: $0.before, after: $0.after) }
    return changes.isEmpty ? nil : settle(changes, by: .system, reason: nil, at: now)
  }
}
