import RegistryModel

/// What the session answered when asked: too lively for commits, good for as long as it is looked at.
struct HotFacts: Sendable {
  struct Beats: Sendable {
    var service: ServiceKey
    /// On this machine's clock.
    var lastBeat: [InstanceAddress: WallTime]
  }

  struct Subscribers: Sendable {
    var service: ServiceKey?
    var page: SubscriberPage
    var at: WallTime
  }

  struct Probes: Sendable {
    var service: ServiceKey
    var instances: [InstanceAddress: InstanceProbes]
    var clusters: [ClusterProbes]
    /// Milliseconds by which probes are late because more are due than may run.
    var lag: Int64
  }

  var beats: Beats?
  var probes: Probes?
  var subscribers: Subscribers? {
    didSet { byIdentity = Dictionary(subscribers?.page.subscribers.map { ($0.subscriber, $0) } ?? [], uniquingKeysWith: { $1 }) }
  }
  private var byIdentity: [Subscriber: SubscriberState] = [:]
  /// By service, the revision that its subscribers should have been told; kept with the page it was taken for.
  private var currentRevisions: [ServiceKey: Revision] = [:]
  /// Services whose subscribers' state changed since they were asked for.
  private var touched: Set<ServiceKey> = []
  private var isEverythingTouched = false
  var metrics: Metrics?
  /// Metrics from before the newest ones, and when they came: rates are taken between the two.
  var earlierMetrics: (metrics: Metrics, at: WallTime)?
  /// Rates are taken over about so many milliseconds: over a few seconds they would jitter on a fleet at rest.
  private static let rateSpan: Int64 = 30_000
  var metricsAt: WallTime?
  /// Queries that were refused, and why.
  var refusals: [Query: RegistryError] = [:]
  /// Queries that are out: none is asked twice at once.
  var asked: Set<Query> = []
  /// How many answers have come.
  private(set) var answers = 0

  func subscriber(_ key: Subscriber) -> SubscriberState? { byIdentity[key] }

  func currentRevision(of service: ServiceKey) -> Revision { currentRevisions[service] ?? 0 }

  /// Whether subscribers' state has changed, of one service or of any, since it was asked for.
  func isTouched(_ service: ServiceKey?) -> Bool {
    isEverythingTouched || (service.map { touched.contains($0) } ?? !touched.isEmpty)
  }

  mutating func note(_ digest: PushDigest) {
    if digest.touchedMany { isEverythingTouched = true }
    touched.formUnion(digest.touched)
  }

  /// Counts out which revision subscribers should have been told, for the services on the page.
  mutating func followRevisions(_ journal: Journal) {
    var wanted = Set(byIdentity.keys.lazy.map(\.service))
    if let service = subscribers?.service { wanted.insert(service) }
    var found: [ServiceKey: Revision] = [:]
    for commit in journal.commits.reversed() {
      for change in commit.changes {
        if let service = change.pushedService, wanted.remove(service) != nil { found[service] = commit.revision }
      }
      if wanted.isEmpty { break }
    }
    // What has not changed within memory was last pushed before it.
    for state in byIdentity.values where wanted.contains(state.subscriber.service) {
      found[state.subscriber.service] = max(found[state.subscriber.service] ?? 0, state.pushedRevision)
    }
    currentRevisions = found
  }

  mutating func take(_ query: Query, _ result: Result<Answer, RegistryError>, at now: WallTime) {
    asked.remove(query)
    answers += 1
    switch result {
    case .failure(let error): refusals = [query: error]
    case .success(let answer):
      refusals[query] = nil
      take(query, answer, at: now)
    }
  }

  private mutating func take(_ query: Query, _ answer: Answer, at now: WallTime) {
    switch (query, answer) {
    case (.vitals(let service), .vitals(let vitals)): take(vitals, of: service, at: now)
    case (.subscribers(let service, _, _), .subscribers(let page)):
      subscribers = Subscribers(service: service, page: page, at: now)
      touched = []
      isEverythingTouched = false
    case (.probes(let service), .probes(let page)):
      let instances = Dictionary(page.instances.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
      probes = Probes(service: service, instances: instances, clusters: page.clusters, lag: page.lag)
    case (.metrics, .metrics(let fresh)):
      noteEarlierMetrics(at: now)
      metrics = fresh
      metricsAt = now
    default: break
    }
  }

  private mutating func noteEarlierMetrics(at now: WallTime) {
    guard let metrics, let metricsAt else { return }
    if let earlierMetrics, now.age(since: earlierMetrics.at) < Self.rateSpan { return }
    earlierMetrics = (metrics, metricsAt)
  }

  private mutating func take(_ vitals: [InstanceVital], of service: ServiceKey, at now: WallTime) {
    var lastBeat: [InstanceAddress: WallTime] = [:]
    for vital in vitals {
      if let age = vital.beatAge { lastBeat[vital.address] = WallTime(milliseconds: now.milliseconds - age) }
    }
    beats = Beats(service: service, lastBeat: lastBeat)
  }

  func probes(_ key: InstanceKey) -> InstanceProbes? {
    guard let probes, probes.service == key.service else { return nil }
    return probes.instances[key.address]
  }

  /// Milliseconds since the instance last beat, as of `now`; nil when it is not known.
  func beatAge(_ key: InstanceKey, now: WallTime) -> Int64? {
    guard let beats, beats.service == key.service else { return nil }
    return beats.lastBeat[key.address].map { now.age(since: $0) }
  }
}

/// How the weights of one service add up, for the share of each instance.
struct ShareCache: Sendable {
  private var service: ServiceKey?
  private var revision: Revision = 0
  private var total = 0.0

  init() {}

  /// Sums the service up anew if it changed.
  mutating func follow(_ service: Service?) {
    guard let service else {
      self.service = nil
      return
    }
    if self.service == service.key, revision == service.revision { return }
    self.service = service.key
    revision = service.revision
    total = Shares.total(of: service)
  }

  func total(of service: ServiceKey) -> Double? { self.service == service ? total : nil }
}

/// How a client that weighs instances splits its calls.
enum Shares {
  /// Whether clients are told of the instance as one to call: enabled, and healthy unless protection hides that.
  static func takesPart(_ instance: Instance, isProtected: Bool) -> Bool {
    instance.isEnabled && (instance.isHealthy || isProtected)
  }

  static func total(of service: Service) -> Double {
    let isProtected = service.isProtected
    return service.instances.reduce(0) { sum, instance in
      takesPart(instance, isProtected: isProtected) ? sum + max(0, instance.weight) : sum
    }
  }

  /// Between 0 and 1; 0 for one that takes no part.
  static func share(of instance: Instance, isProtected: Bool, total: Double) -> Double {
    guard takesPart(instance, isProtected: isProtected), total > 0 else { return 0 }
    return max(0, instance.weight) / total
  }
}
