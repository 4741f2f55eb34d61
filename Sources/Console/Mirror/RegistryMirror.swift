import RegistryModel

/// The console's own copy of a registry: the snapshot with the commits after it, and what follows from them.
struct RegistryMirror: Sendable {
  private(set) var capabilities: Capabilities?
  private(set) var catalog = Catalog()
  private(set) var switches = Switches()
  private(set) var timeline = Timeline()
  private(set) var push = PushDigest()
  private(set) var journal = Journal()
  private(set) var faults = FaultIndex()
  private(set) var losses = LossIndex()
  private(set) var lastChanges: [ServiceKey: LastChange] = [:]
  private(set) var link: LinkState?
  /// On this machine's clock, when the registry last said something.
  private(set) var heardAt: WallTime?
  private(set) var hasSnapshot = false
  /// The registry's clock less this machine's, in milliseconds. Times in commits are the registry's; ages are taken there.
  private(set) var skew: Int64 = 0

  /// Clocks that differ by less are taken for equal: the snapshot needed some of it for its way.
  static let tolerance: Int64 = 2_000

  init() {}

  func registryTime(_ local: WallTime) -> WallTime { WallTime(milliseconds: local.milliseconds &+ skew) }

  /// Since when, on this machine's clock, and why the registry cannot be reached; nil while it can.
  var loss: (since: WallTime, why: String, attempt: Int, retryAt: WallTime)? {
    guard case .lost(let since, let why, let attempt, let retryAt)? = link else { return nil }
    return (since, why, attempt, retryAt)
  }

  mutating func connect(_ capabilities: Capabilities) { self.capabilities = capabilities }

  /// Takes an event; what lists must look at again is added to `changes`.
  mutating func take(_ event: FeedEvent, at now: WallTime, changes: inout MirrorChanges) {
    switch event {
    case .snapshot(let snapshot): take(snapshot, at: now, changes: &changes)
    case .commits(let commits): for commit in commits { take(commit, changes: &changes) }
    case .push(let digest): take(digest, at: now, changes: &changes)
    case .link(let state): link = state
    }
    switch event {
    case .link(.lost): break
    case .link(.live(let age, _)): heardAt = WallTime(milliseconds: now.milliseconds - max(0, age))
    case .snapshot, .commits, .push:
      heardAt = now
      if loss != nil { link = .live(age: 0, roundTrip: nil) }
    }
  }

  private mutating func take(_ snapshot: Snapshot, at now: WallTime, changes: inout MirrorChanges) {
    let difference = snapshot.at.milliseconds &- now.milliseconds
    skew = abs(difference) < Self.tolerance ? 0 : difference
    catalog = snapshot.catalog
    switches = snapshot.switches
    timeline = snapshot.timeline
    push = snapshot.push
    faults = FaultIndex(catalog)
    losses = LossIndex()
    journal = Journal()
    lastChanges = [:]
    for commit in snapshot.recent {
      journal.record(commit)
      note(commit)
    }
    hasSnapshot = true
    changes.isEverything = true
  }

  /// Takes what happened before the oldest commit that is held, newest first.
  mutating func takeOlder(_ commits: [Commit]) { journal.recordOlder(commits) }

  private mutating func take(_ commit: Commit, changes: inout MirrorChanges) {
    // A reader that missed the snapshot, or was given a commit again, has nothing to apply it to.
    guard hasSnapshot, commit.revision > catalog.revision else { return }
    var touched: [ServiceKey: ServiceState?] = [:]
    for change in commit.changes {
      changes.note(change)
      if let key = change.service, touched[key] == nil { touched[key] = .some(catalog[key]?.state) }
      if case .switches(_, _, _, let all) = change { switches = all }
    }
    catalog.apply(commit)
    timeline.record(commit, totals: catalog.totals)
    for key in touched.keys { faults.note(key, as: catalog[key]) }
    changes.events.formUnion(journal.record(commit, turns: turns(of: touched)))
    note(commit)
  }

  private mutating func note(_ commit: Commit) {
    for change in commit.changes { losses.note(change, at: commit.at) }
    let who = commit.who
    for fact in commit.facts {
      if let key = fact.service {
        lastChanges[key] = LastChange.following(lastChanges[key], fact, who: who, at: commit.at)
      }
    }
    for change in commit.changes {
      if case .service(let key, _, nil) = change { lastChanges[key] = nil }
    }
  }

  /// The news in how services turned, worst first.
  private func turns(of touched: [ServiceKey: ServiceState?]) -> [EventFact] {
    touched.compactMap { key, before in
      catalog[key].flatMap { EventFact(turn: key, from: before, to: $0) }
    }.sorted { ($0.verb.rawValue, $0.service ?? .init(grouped: "")) < ($1.verb.rawValue, $1.service ?? .init(grouped: "")) }
  }

  private mutating func take(_ digest: PushDigest, at now: WallTime, changes: inout MirrorChanges) {
    let pushed = digest.acknowledged >= push.acknowledged ? Int(clamping: digest.acknowledged - push.acknowledged) : 0
    let failed = digest.failed >= push.failed ? Int(clamping: digest.failed - push.failed) : 0
    if pushed + failed > 0 {
      timeline.record(pushed: pushed, failed: failed, at: registryTime(now), totals: catalog.totals)
    }
    push = digest
    changes.hasPush = true
    changes.services.formUnion(digest.touched)
  }

  /// A second has passed: the timeline moves on, old losses are forgotten.
  mutating func tick(at now: WallTime) {
    guard hasSnapshot else { return }
    let time = registryTime(now)
    timeline.advance(to: time, totals: catalog.totals)
    losses.forget(before: time)
  }
}

extension Change {
  /// The service that the change is about, if it is about one.
  var service: ServiceKey? {
    switch self {
    case .instance(let key, _, _, _), .service(let key, _, _), .cluster(let key, _, _, _): key
    case .subscriber(let subscriber, _): subscriber.service
    case .namespace, .switches, .note, .access: nil
    }
  }
}

extension EventFact {
  /// How a service's state turned, if that is news.
  init?(turn key: ServiceKey, from before: ServiceState?, to service: Service) {
    let state = service.state
    guard let before, before != state else { return nil }
    let counts = "\(service.counts.healthy)/\(service.counts.total)"
    switch state {
    case .broken: self.init(verb: .broken, service: key, detail: "\(counts) healthy")
    case .gone: self.init(verb: .gone, service: key, detail: "was \(service.lostInstances)")
    case .protected:
      let threshold = Figures.threshold(service.settings.protectThreshold)
      self.init(verb: .protectOn, service: key, detail: "\(counts) <= \(threshold)")
    case .degraded, .ok:
      guard before <= .protected else { return nil }
      self.init(verb: before == .protected ? .protectOff : .recovered, service: key, detail: "\(counts) healthy")
    case .offline, .empty: return nil
    }
  }
}
