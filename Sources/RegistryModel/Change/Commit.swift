/// Something that happened, with the new values: nobody has to read anything back.
public struct Commit: Hashable, Sendable, Codable {
  public var revision: Revision
  public var at: WallTime
  public var origin: Origin
  /// What the operator gave as the reason, if anything.
  public var reason: String?
  /// In the order in which they apply; they happened at once.
  public var changes: [Change]

  public init(revision: Revision, at: WallTime, origin: Origin, reason: String? = nil, changes: [Change]) {
    self.revision = revision
    self.at = at
    self.origin = origin
    self.reason = reason
    self.changes = changes
  }
}

/// One value that became another. `before` is nil for what is new, `after` for what is gone.
///
/// What is rare or large is behind a reference: logs and batches are full of instances.
public enum Change: Hashable, Sendable, Codable {
  indirect case namespace(id: String, before: Namespace?, after: Namespace?)
  /// A change for each of its instances and clusters precedes the removal of a service.
  case service(ServiceKey, before: ServiceSettings?, after: ServiceSettings?)
  indirect case cluster(ServiceKey, name: String, before: ClusterSettings?, after: ClusterSettings?)
  case instance(ServiceKey, before: Instance?, after: Instance?, cause: InstanceCause)
  /// A switch by its entry name, as texts; `all` is what holds from now on.
  indirect case switches(entry: String, before: String, after: String, all: Switches)
  indirect case subscriber(Subscriber, joined: Bool)
  /// What is kept of an ephemeral instance that is not there changed because time ran out; nil for nothing. An instance
  /// that leaves or comes back makes none of these: its note stays as it is.
  indirect case note(InstanceKey, before: InstanceNote?, after: InstanceNote?)
  /// Who may do what changed, or somebody was locked out. Told for the record: nothing here follows from it.
  indirect case access(AccessEvent)
}

/// Why an instance changed.
public enum InstanceCause: String, Hashable, Sendable, Codable {
  case registered
  /// Registered again over a living one, with other values.
  case reregistered
  /// A client or a script changed its own values (PUT, PATCH, metadata batch).
  case updated
  case deregistered
  /// No beat for the heart-beat timeout, or probes failed.
  case turnedUnhealthy
  /// A beat after silence, or probes succeeded, or by hand.
  case turnedHealthy
  /// No beat for the delete timeout.
  case expired
  /// An operator changed the overlay.
  case operated
  case markChanged
  case serviceRemoved

  /// Whether subscribers are told another list because of it. A mark is nobody's business but the operators'.
  public var concernsSubscribers: Bool { self != .markChanged }
}

extension Change {
  /// The service whose list a subscriber may have to be told again, if any.
  public var pushedService: ServiceKey? {
    switch self {
    case .instance(let key, _, _, let cause): cause.concernsSubscribers ? key : nil
    case .service(let key, let before, let after): before != nil && before != after ? key : nil
    case .cluster, .namespace, .switches, .subscriber, .note, .access: nil
    }
  }
}
