/// The registry's cold half: every namespace, service and instance, without the beats. A copy is a few references;
/// `apply` is the only way it changes, in the engine and in every reader, so a snapshot plus the commits after it is
/// the engine's own catalogue.
public struct Catalog: Sendable {
  /// Sums over the services of one namespace, or of all.
  public struct Totals: Hashable, Sendable {
    public var services = 0
    public var instances = InstanceCounts()
    public var subscribers = 0
    /// How many services are in each state, by `ServiceState.rawValue`.
    public var states = [Int](repeating: 0, count: ServiceState.allCases.count)
    public var changedAt: WallTime?

    public init() {}

    public func count(_ state: ServiceState) -> Int { states[Int(state.rawValue)] }
  }

  public private(set) var services = SharedMap<Service>()
  /// Those that somebody created; `public` always exists and is not among them.
  public private(set) var namespaces: [String: Namespace] = [:]
  public private(set) var totals = Totals()
  /// By namespace, with an entry for every one that ever had a service.
  public private(set) var totalsByNamespace: [String: Totals] = [:]
  /// The last commit applied.
  public private(set) var revision: Revision = 0

  public init() {}

  public subscript(key: ServiceKey) -> Service? { services[key] }

  public subscript(key: InstanceKey) -> Instance? { services[key.service]?.instances[key.address] }

  /// Every namespace that was created or has services, `public` among them, in ascending order of ids.
  public var namespaceIDs: [String] {
    Set(namespaces.keys).union(totalsByNamespace.keys).union([ServiceKey.defaultNamespace]).sorted()
  }

  public mutating func apply(_ commit: Commit) {
    for change in commit.changes { apply(change, of: commit) }
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
    case .instance(let key, _, let after?, _): update(key, in: commit) { $0.put(after) }
    case .instance(let key, let before?, nil, let cause):
      update(key, in: commit) { $0.take(before.address, wasLost: cause == .expired) }
    case .instance(_, nil, nil, _), .switches: break
    case .subscriber(let subscriber, let joined):
      guard forget(subscriber.service) else { break }
      services.update(subscriber.service) { $0.subscribers = max(0, $0.subscribers + (joined ? 1 : -1)) }
      remember(subscriber.service, changedAt: nil)
    }
  }

  /// Puts in a service as it stands elsewhere: how a remote reader builds the catalogue of a snapshot.
  public mutating func restore(_ service: Service) {
    forget(service.key)
    services.insert(service)
    remember(service.key, changedAt: service.changedAt)
  }

  public mutating func restore(_ namespace: Namespace) { namespaces[namespace.id] = namespace }

  /// Sets the revision that a restored catalogue stands at.
  public mutating func restore(revision: Revision) { self.revision = revision }

  private mutating func ensure(_ key: ServiceKey, settings: ServiceSettings, at time: WallTime) {
    if services.contains(key) { return }
    services.insert(Service(key: key, settings: settings, at: time))
    remember(key, changedAt: time)
  }

  private mutating func update(_ key: ServiceKey, in commit: Commit, _ body: (inout Service) -> Void) {
    guard forget(key) else { return }
    services.update(key) { service in
      body(&service)
      service.revision = commit.revision
      service.changedAt = commit.at
      service.judge(at: commit.at)
    }
    remember(key, changedAt: commit.at)
  }

  private mutating func removeService(_ key: ServiceKey, at time: WallTime) {
    guard forget(key) else { return }
    services.remove(key)
    totals.changedAt = time
    totalsByNamespace[key.namespace]?.changedAt = time
  }

  /// Takes the service's share out of the sums; false when there is no such service.
  @discardableResult
  private mutating func forget(_ key: ServiceKey) -> Bool {
    guard let share = services.update(key, { ServiceShare($0) }) else { return false }
    share.leave(&totals)
    share.leave(&totalsByNamespace[key.namespace, default: Totals()])
    return true
  }

  private mutating func remember(_ key: ServiceKey, changedAt: WallTime?) {
    guard let share = services.update(key, { ServiceShare($0) }) else { return }
    share.join(&totals)
    share.join(&totalsByNamespace[key.namespace, default: Totals()])
    guard let changedAt else { return }
    totals.changedAt = changedAt
    totalsByNamespace[key.namespace]?.changedAt = changedAt
  }
}

/// What one service adds to the sums, taken without holding on to the service itself: a copy of it would make the next
/// write move its pages.
private struct ServiceShare {
  let counts: InstanceCounts
  let subscribers: Int
  let state: ServiceState

  init(_ service: Service) {
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
