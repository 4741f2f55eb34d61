public import RegistryModel

/// Puts the lines of a stream together again into what a session's feed says. A machine by value.
public struct StreamAssembler: Sendable {
  /// What the stream said that it may not say; the stream is of no more use.
  public struct Violation: Error, Hashable, Sendable {
    public var reason: String
  }

  fileprivate struct Draft: Sendable {
    var head: StreamHead
    var catalog = Catalog()
    var waiting: [ServiceKey: Int] = [:]
    var service: Service?
    var recent: [Commit] = []
  }

  private var draft: Draft?
  /// Where the reader stands, once it has a snapshot.
  public private(set) var revision: Revision?

  /// Whether what the reader has stands at `revision`, rather than being put together anew.
  public var isWhole: Bool { revision != nil && draft == nil }

  /// `revision` is where a stream goes on that begins without a snapshot.
  public init(revision: Revision? = nil) { self.revision = revision }

  /// Takes a line; what it adds to the feed, if anything. `hello`, `pulse` and `end` are the caller's.
  public mutating func take(_ line: StreamLine) throws(Violation) -> FeedEvent? {
    switch line {
    case .hello, .pulse, .end: return nil
    case .begin(let head):
      draft = Draft(head: head)
      return nil
    case .commits(let commits): return try follow(commits)
    case .push(let digest): return .push(digest)
    case .ready(let revision): return try finish(at: revision)
    case .namespaces, .waiting, .service, .instances, .recent:
      try add(line)
      return nil
    }
  }

  private mutating func add(_ line: StreamLine) throws(Violation) {
    // The draft is taken out while it is changed: a copy left behind would have every write move its pages.
    guard var draft else { throw Violation(reason: "a piece of a snapshot before its beginning") }
    self.draft = nil
    switch line {
    case .namespaces(let namespaces): for namespace in namespaces { draft.catalog.restore(namespace) }
    case .waiting(let waiting): for entry in waiting { draft.waiting[entry.service] = entry.count }
    case .service(let service):
      draft.settleService()
      draft.service = service
    case .instances(let instances):
      guard draft.service != nil else { throw Violation(reason: "instances of no service") }
      draft.service?.restore(instances)
    case .recent(let commits): draft.recent += commits
    default: break
    }
    self.draft = draft
  }

  private mutating func finish(at revision: Revision) throws(Violation) -> FeedEvent {
    guard var draft else { throw Violation(reason: "the end of a snapshot before its beginning") }
    self.draft = nil
    draft.settleService()
    guard draft.catalog.services.count == draft.head.services else {
      throw Violation(reason: "\(draft.catalog.services.count) services where \(draft.head.services) were announced")
    }
    draft.catalog.restore(waitingSubscribers: draft.waiting)
    draft.catalog.restore(revision: revision)
    self.revision = revision
    return .snapshot(
      Snapshot(
        catalog: draft.catalog, switches: draft.head.switches, recent: draft.recent, timeline: draft.head.timeline,
        push: draft.head.push, at: draft.head.at))
  }

  private mutating func follow(_ commits: [Commit]) throws(Violation) -> FeedEvent? {
    guard let revision else { throw Violation(reason: "commits before a snapshot") }
    var last = revision
    for commit in commits {
      guard commit.revision == last + 1 else {
        throw Violation(reason: "commit \(commit.revision) after \(last)")
      }
      last = commit.revision
    }
    self.revision = last
    return commits.isEmpty ? nil : .commits(commits)
  }
}

extension StreamAssembler.Draft {
  fileprivate mutating func settleService() {
    if let service { catalog.restore(service) }
    service = nil
  }
}
