/// Something that happened, with the new values: nobody has to read anything back.
///
/// Every reader of the log gets a copy of each: so it is one reference, and what it says never changes.
public struct Commit: Sendable {
  private struct Contents: Hashable, Sendable, Codable {
    let revision: Revision
    let at: WallTime
    let origin: Origin
    let reason: String?
    let changes: [Change]
  }

  private final class Box: Sendable {
    let contents: Contents
    init(_ contents: Contents) { self.contents = contents }
  }

  private let box: Box

  public init(revision: Revision, at: WallTime, origin: Origin, reason: String? = nil, changes: [Change]) {
    box = Box(Contents(revision: revision, at: at, origin: origin, reason: reason, changes: changes))
  }

  public var revision: Revision { box.contents.revision }
  public var at: WallTime { box.contents.at }
  public var origin: Origin { box.contents.origin }
  /// What the operator gave as the reason, if anything.
  public var reason: String? { box.contents.reason }
  /// In the order in which they apply; they happened at once.
  public var changes: [Change] { box.contents.changes }
}

extension Commit: Hashable, Codable {
  public static func == (left: Commit, right: Commit) -> Bool {
    left.box === right.box || left.box.contents == right.box.contents
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(box.contents) }

  public init(from decoder: any Decoder) throws { box = Box(try Contents(from: decoder)) }

  public func encode(to encoder: any Encoder) throws { try box.contents.encode(to: encoder) }
}

extension Commit {
  /// This commit with `more` changes after its own.
  public func appending(_ more: [Change]) -> Commit {
    Commit(revision: revision, at: at, origin: origin, reason: reason, changes: changes + more)
  }

  /// Whether it changed the switches.
  public var changesSwitches: Bool { changes.contains { if case .switches = $0 { true } else { false } } }

  /// The switches that hold from this commit on, if it changed them.
  public var switches: Switches? {
    let changes = changes
    for index in changes.indices.reversed() {
      if let switches = changes[index].switches { return switches }
    }
    return nil
  }
}

/// One value that became another. `before` is nil for what is new, `after` for what is gone.
///
/// Each is one reference: whoever follows the log takes every change in hand, and few of them ask for all of it.
public indirect enum Change: Hashable, Sendable, Codable {
  case namespace(id: String, before: Namespace?, after: Namespace?)
  /// A change for each of its instances and clusters precedes the removal of a service.
  case service(ServiceKey, before: ServiceSettings?, after: ServiceSettings?)
  case cluster(ServiceKey, name: String, before: ClusterSettings?, after: ClusterSettings?)
  case instance(ServiceKey, before: Instance?, after: Instance?, cause: InstanceCause)
  /// A switch by its entry name, as texts; `all` is what holds from now on.
  case switches(entry: String, before: String, after: String, all: Switches)
  case subscriber(Subscriber, joined: Bool)
  /// What is kept of an ephemeral instance that is not there changed because time ran out; nil for nothing. An instance
  /// that leaves or comes back makes none of these: its note stays as it is.
  case note(InstanceKey, before: InstanceNote?, after: InstanceNote?)
  /// Who may do what changed, or somebody was locked out. Told for the record: nothing here follows from it.
  case access(AccessEvent)
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
  fileprivate var switches: Switches? { if case .switches(_, _, _, let all) = self { all } else { nil } }

  /// Why an instance changed, where one did. Borrowing, or all that the change says would be copied to see this.
  package borrowing func instanceCause() -> InstanceCause? {
    switch self {
    case .instance(_, _, _, let cause): cause
    case .namespace, .service, .cluster, .switches, .subscriber, .note, .access: nil
    }
  }

  /// The service whose list a subscriber may have to be told again, if any.
  public var pushedService: ServiceKey? {
    switch self {
    case .instance(let key, _, _, let cause): cause.concernsSubscribers ? key : nil
    case .service(let key, let before, let after): before != nil && before != after ? key : nil
    case .cluster, .namespace, .switches, .subscriber, .note, .access: nil
    }
  }
}
