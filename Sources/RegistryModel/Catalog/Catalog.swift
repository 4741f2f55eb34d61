/// The registry's cold half: every namespace, service and instance, without the beats. A copy is a few references;
/// `apply` is the only way it changes, in the engine and in every reader, so a snapshot plus the commits after it is
/// the engine's own catalogue.
public struct Catalog: Sendable {
  /// Sums over the services of one namespace, or of all.
  public struct Totals: Hashable, Sendable {
    public var services = 0
    public var instances = InstanceCounts()
    public var subscribers = 0
    /// How many services are in each state, by `ServiceState.rawValue`. Wider than there are states, to be one word
    /// row without a reference.
    public var states = SIMD8<Int>(repeating: 0)
    public var changedAt: WallTime?

    public init() {}

    public func count(_ state: ServiceState) -> Int { states[Int(state.rawValue)] }
  }

  public private(set) var services = SharedMap<Service>()
  /// Those that somebody created; `public` always exists and is not among them.
  public private(set) var namespaces: [String: Namespace] = [:]
  public private(set) var totals = Totals()
  private var namespaceTotals = SharedMap<NamespaceTotals>()
  /// How many subscribe to services that are not there (naming-server-v1 1.1.6: one may subscribe first).
  public private(set) var waitingSubscribers: [ServiceKey: Int] = [:]
  /// The last commit applied.
  public private(set) var revision: Revision = 0

  public init() {}

  public subscript(key: ServiceKey) -> Service? { services[key] }

  public subscript(key: InstanceKey) -> Instance? {
    services.read(key.service) { $0.instances[key.address] } ?? nil
  }

  /// The sums of one namespace; nil when it has no service.
  public func totals(in namespace: String) -> Totals? { namespaceTotals[namespace]?.totals }

  /// The sums of every namespace that has a service. Built anew on each call: for one namespace ask `totals(in:)`.
  public var totalsByNamespace: [String: Totals] {
    Dictionary(namespaceTotals.map { ($0.key, $0.totals) }, uniquingKeysWith: { $1 })
  }

  /// How many namespaces have services.
  public var usedNamespaces: Int { namespaceTotals.count }

  /// Every namespace that was created or has services, `public` among them, in ascending order of ids.
  public var namespaceIDs: [String] {
    Set(namespaces.keys).union(namespaceTotals.lazy.map(\.key)).union([ServiceKey.defaultNamespace]).sorted()
  }
}

extension Catalog {
  public mutating func apply(_ commit: Commit) {
    let changes = commit.changes
    // By index: a change that is taken out is copied.
    for index in changes.indices { apply(changes[index], of: commit) }
    revision = commit.revision
  }

  private mutating func apply(_ change: Change, of commit: Commit) {
    switch change {
    case .namespace(let id, _, let after): namespaces[id] = after
    case .service(let key, _, nil): removeService(key, at: commit.at)
    case .service(let key, _, let after?):
      ensure(key, settings: after, at: commit.at)
      update(key, in: commit) { $0.settings = after }
    case .cluster(let key, let name, _, let after): update(key, in: commit) { $0.setCluster(name, after) }
    case .instance(let key, _, let after?, let cause):
      update(key, in: commit, isTold: cause.concernsSubscribers) { $0.put(after) }
    case .instance(let key, let before?, nil, let cause):
      update(key, in: commit) { $0.take(before.address, wasLost: cause == .expired) }
    case .subscriber(let subscriber, let joined): count(subscriber.service, joined: joined)
    case .instance(_, nil, nil, _), .switches, .note, .access: break
    }
  }

  /// Puts in a service as it stands elsewhere: how a remote reader builds the catalogue of a snapshot.
  public mutating func restore(_ service: Service) {
    let old = services.insert(service).map(ServiceShare.init)
    // Services come in no order.
    exchange(old, for: ServiceShare(service), in: service.key.namespace, at: service.changedAt, isNewest: false)
  }

  public mutating func restore(_ namespace: Namespace) { namespaces[namespace.id] = namespace }

  public mutating func restore(waitingSubscribers: [ServiceKey: Int]) { self.waitingSubscribers = waitingSubscribers }

  /// Sets the revision that a restored catalogue stands at.
  public mutating func restore(revision: Revision) { self.revision = revision }

  private mutating func ensure(_ key: ServiceKey, settings: ServiceSettings, at time: WallTime) {
    if services.contains(key) { return }
    var service = Service(key: key, settings: settings, at: time)
    service.subscribers = waitingSubscribers.removeValue(forKey: key) ?? 0
    services.insert(service)
    exchange(nil, for: ServiceShare(service), in: key.namespace)
  }

  /// `isTold` says whether subscribers may have to be told of it.
  private mutating func update(
    _ key: ServiceKey, in commit: Commit, isTold: Bool = true, _ body: (inout Service) -> Void
  ) {
    let shares = services.update(key) { service in
      let old = ServiceShare(service)
      body(&service)
      if isTold { service.revision = commit.revision }
      service.changedAt = commit.at
      service.judge(at: commit.at)
      return (old, ServiceShare(service))
    }
    guard let (old, new) = shares else { return }
    exchange(old, for: new, in: key.namespace, at: commit.at)
  }

  private mutating func removeService(_ key: ServiceKey, at time: WallTime) {
    guard let old = services.remove(key).map(ServiceShare.init) else { return }
    if old.subscribers > 0 { waitingSubscribers[key] = old.subscribers }
    exchange(old, for: nil, in: key.namespace, at: time)
  }

  private mutating func count(_ key: ServiceKey, joined: Bool) {
    let shares = services.update(key) { service in
      let old = ServiceShare(service)
      service.subscribers = max(0, service.subscribers + (joined ? 1 : -1))
      return (old, ServiceShare(service))
    }
    if let (old, new) = shares { return exchange(old, for: new, in: key.namespace) }
    let waiting = max(0, (waitingSubscribers[key] ?? 0) + (joined ? 1 : -1))
    waitingSubscribers[key] = waiting == 0 ? nil : waiting
  }

  /// Takes a service's old share out of the sums and puts its new one in; `time` is when that changed what they are
  /// of, nil where it is no change.
  private mutating func exchange(
    _ old: ServiceShare?, for new: ServiceShare?, in namespace: String, at time: WallTime? = nil, isNewest: Bool = true
  ) {
    totals.exchange(old, for: new, at: time, isNewest: isNewest)
    let services = namespaceTotals.update(namespace) { entry in
      entry.totals.exchange(old, for: new, at: time, isNewest: isNewest)
      return entry.totals.services
    }
    if services == 0 { namespaceTotals.remove(namespace) }
    guard services == nil, let new else { return }
    var entry = NamespaceTotals(key: namespace)
    entry.totals.exchange(nil, for: new, at: time, isNewest: isNewest)
    namespaceTotals.insert(entry)
  }

  private mutating func stamp(_ namespace: String, at time: WallTime) {
    totals.changedAt = time
    namespaceTotals.update(namespace) { $0.totals.changedAt = time }
  }
}

private struct NamespaceTotals: Keyed {
  let key: String
  var totals = Catalog.Totals()

  static func hasKey(_ entry: UnsafePointer<NamespaceTotals>, _ key: String, hash: UInt64) -> Bool {
    entry.pointee.key.hasBytes(of: key)
  }

  static func stableHash(of key: String) -> UInt64 {
    var hasher = StableHasher()
    hasher.combine(key)
    return hasher.finish()
  }
}

extension Catalog.Totals {
  /// `isNewest` says whether nothing that is counted here changed after `time`.
  fileprivate mutating func exchange(_ old: ServiceShare?, for new: ServiceShare?, at time: WallTime?, isNewest: Bool) {
    old?.leave(&self)
    new?.join(&self)
    if let time { changedAt = isNewest ? time : max(changedAt ?? time, time) }
  }
}

/// What one service adds to the sums, taken without holding on to the service itself: a copy of it would make the next
/// write move its pages.
private struct ServiceShare {
  let counts: InstanceCounts
  let subscribers: Int
  let state: ServiceState

  init(_ service: borrowing Service) {
    counts = service.counts
    subscribers = service.subscribers
    state = service.state
  }

  func leave(_ totals: inout Catalog.Totals) {
    totals.services -= 1
    totals.instances -= counts
    totals.subscribers -= subscribers
    totals.states[Int(state.rawValue)] -= 1
  }

  func join(_ totals: inout Catalog.Totals) {
    totals.services += 1
    totals.instances += counts
    totals.subscribers += subscribers
    totals.states[Int(state.rawValue)] += 1
  }
}
