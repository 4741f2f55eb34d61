/// Where durable things live. The engine hands it every commit that has something durable in it, in order; what is not
/// durable in one is its business to leave out.
public protocol CommitStore: Sendable {
  /// Keeps the durable changes of `commit` and tells `receiver` once they are on disk, or why they are not (nothing of
  /// the commit was kept then). It is told on a thread of the store's own, in the order of the commits; the caller never
  /// waits here.
  func append(_ commit: Commit, for receiver: any CommitReceiver)
}

/// Who is told what became of commits.
public protocol CommitReceiver: AnyObject, Sendable {
  /// Commits that were kept or failed together come together, in the order in which they were handed to the store.
  func settle(_ outcomes: [CommitOutcome])
}

/// What became of a commit in the store.
public struct CommitOutcome: Sendable, Hashable {
  public var revision: Revision
  /// Why it was not kept; nil when it was.
  public var failure: RegistryError?

  public init(_ revision: Revision, failure: RegistryError? = nil) {
    self.revision = revision
    self.failure = failure
  }
}

/// What a store kept, as a registry starts from it.
public struct StoredState: Sendable {
  public struct StoredService: Sendable, Hashable {
    public var key: ServiceKey
    public var settings: ServiceSettings
    public var clusters: [String: ClusterSettings]
    public var createdAt: WallTime

    public init(
      key: ServiceKey, settings: ServiceSettings, clusters: [String: ClusterSettings] = [:], createdAt: WallTime
    ) {
      self.key = key
      self.settings = settings
      self.clusters = clusters
      self.createdAt = createdAt
    }
  }

  /// What an operator left on an ephemeral instance: it waits for the instance to register again (reliability E4). The
  /// row is kept while the instance is away and goes with `Change.note`, or when an instance's overlay and mark are both
  /// taken off. Persistent instances carry their own.
  public struct StoredNote: Sendable, Hashable {
    public var key: InstanceKey
    public var overlay: Overlay?
    public var mark: Mark?

    public init(key: InstanceKey, overlay: Overlay?, mark: Mark?) {
      self.key = key
      self.overlay = overlay
      self.mark = mark
    }
  }

  /// A persistent instance, with its overlay and mark.
  public struct StoredInstance: Sendable, Hashable {
    public var service: ServiceKey
    public var instance: Instance

    public init(service: ServiceKey, instance: Instance) {
      self.service = service
      self.instance = instance
    }
  }

  public var revision: Revision = 0
  public var namespaces: [Namespace] = []
  public var services: [StoredService] = []
  /// Mostly service by service.
  public var instances: [StoredInstance] = []
  /// Notes on ephemeral instances.
  public var notes: [StoredNote] = []
  public var switches: Switches?
  /// What is kept beside the catalogue (`RecordStore`), in no order.
  public var records: [Record] = []

  public init() {}

  /// Takes in what `part`, which was read later, has beyond this.
  public mutating func append(_ part: StoredState) {
    revision = max(revision, part.revision)
    namespaces += part.namespaces
    services += part.services
    instances += part.instances
    notes += part.notes
    switches = part.switches ?? switches
    records += part.records
  }
}

extension Commit {
  /// Whether any of it must be on disk before it is answered.
  public var isDurable: Bool { changes.contains(where: \.isDurable) }
}

extension Change {
  /// Services, clusters, persistent instances, operators' overlays and marks, namespaces and switches are durable;
  /// what only lives with an ephemeral client is not. The service and cluster that a first ephemeral registration
  /// makes are not either: its client makes them again (naming-server-v1 3.1).
  public var isDurable: Bool {
    switch self {
    case .namespace, .switches: true
    case .service(_, let before, let after): (before?.isDeclared ?? false) || (after?.isDeclared ?? false)
    case .cluster(_, _, let before, let after): (before ?? ClusterSettings()) != (after ?? ClusterSettings())
    case .instance(_, let before, let after, let cause):
      Self.isDurable(before: before, after: after, cause: cause)
    case .note, .access: true
    case .subscriber: false
    }
  }

  private static func isDurable(before: Instance?, after: Instance?, cause: InstanceCause) -> Bool {
    // Health of a persistent instance is probed anew after a restart.
    if cause == .turnedHealthy || cause == .turnedUnhealthy { return false }
    if let either = after ?? before, !either.isEphemeral { return true }
    // The note of an ephemeral instance stays stored while the instance is away, so coming and going write nothing;
    // `note` says when it is over.
    guard let before, let after else { return false }
    return before.overlay != after.overlay || before.mark != after.mark
  }
}
