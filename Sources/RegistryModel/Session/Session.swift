/// The one way a console or a peer looks at a registry, embedded or far away.
public protocol RegistrySession: Sendable {
  /// What this session can do; asked once.
  var capabilities: Capabilities { get async }
  /// A snapshot first, then what changes; see `FeedEvent`. Each call is a reader of its own.
  func watch(_ interest: Interest) -> Feed
  func submit(_ command: Command) async throws(RegistryError) -> Receipt
  func ask(_ query: Query) async throws(RegistryError) -> Answer
}

/// What is on screen. A session may send more than was asked for.
public enum Interest: Hashable, Sendable, Codable {
  case everything
  case namespace(String)
  case service(ServiceKey)
}

/// What a session refuses, as data: a console shows the key dimmed with the reason.
public struct Capabilities: Hashable, Sendable, Codable {
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case operate, mark, setHealth, deregister, editService, editNamespace, editSwitches, pushState
  }

  /// For people: `Muster 1.0`, `Nacos 1.4.8`.
  public var server: String
  /// Where the registry listens, or the URL of a remote one.
  public var address: String
  public var isEmbedded: Bool
  public var isDemo: Bool
  /// Why not, by what; what is missing here is possible.
  public var refusals: [Kind: String]

  public init(
    server: String, address: String, isEmbedded: Bool, isDemo: Bool = false, refusals: [Kind: String] = [:]
  ) {
    self.server = server
    self.address = address
    self.isEmbedded = isEmbedded
    self.isDemo = isDemo
    self.refusals = refusals
  }
}

/// A reader of a registry: an endless sequence that is pulled, so a slow reader costs nobody memory. A reader that fell
/// behind gets a snapshot where it expected commits.
public struct Feed: AsyncSequence, Sendable {
  public typealias Element = FeedEvent
  private let pull: @Sendable () async -> FeedEvent?

  /// `pull` gives the next event, and nil once the reader's task is cancelled or the registry has ended.
  public init(_ pull: @escaping @Sendable () async -> FeedEvent?) { self.pull = pull }

  public struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let pull: @Sendable () async -> FeedEvent?
    public mutating func next() async -> FeedEvent? { await pull() }
  }

  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(pull: pull) }
}

public enum FeedEvent: Sendable {
  case snapshot(Snapshot)
  /// In order, without gaps after the snapshot.
  case commits([Commit])
  /// Push state changed; at most a few a second.
  case push(PushDigest)
  case link(LinkState)
}

/// Everything a console needs to begin.
public struct Snapshot: Sendable {
  public var catalog: Catalog
  public var switches: Switches
  /// The newest commits, oldest first.
  public var recent: [Commit]
  public var timeline: Timeline
  public var push: PushDigest
  public var at: WallTime

  public init(
    catalog: Catalog, switches: Switches, recent: [Commit], timeline: Timeline, push: PushDigest, at: WallTime
  ) {
    self.catalog = catalog
    self.switches = switches
    self.recent = recent
    self.timeline = timeline
    self.push = push
    self.at = at
  }
}

/// How fresh a session's data is.
public enum LinkState: Hashable, Sendable, Codable {
  /// Data is as new as the last word from the registry, `age` milliseconds ago; a round trip takes `roundTrip` µs.
  case live(age: Int64, roundTrip: Int64?)
  /// No word since `since`; the next attempt comes at `retryAt`.
  case lost(since: WallTime, why: String, attempt: Int, retryAt: WallTime)
}
