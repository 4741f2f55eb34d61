/// Who asked to be told about a service (naming-server-v1 4.1). The same service with other clusters or another agent
/// is another subscription.
public struct Subscriber: Hashable, Sendable, Codable, Comparable {
  public var service: ServiceKey
  /// The clusters asked for, joined by commas in the caller's order; empty for all.
  public var clusters: String
  public var ip: String
  public var port: UInt16
  /// The `User-Agent` as sent, such as `Nacos-Java-Client:v1.4.8`.
  public var agent: String
  public var app: String

  public init(service: ServiceKey, clusters: String, ip: String, port: UInt16, agent: String, app: String) {
    self.service = service
    self.clusters = clusters
    self.ip = ip
    self.port = port
    self.agent = agent
    self.app = app
  }

  public var hostAndPort: String { "\(ip):\(port)" }

  public static func < (left: Subscriber, right: Subscriber) -> Bool {
    if left.service != right.service { return left.service < right.service }
    if left.ip != right.ip { return left.ip < right.ip }
    if left.port != right.port { return left.port < right.port }
    return left.clusters < right.clusters
  }
}

/// What a subscriber has been told and has acknowledged.
public struct SubscriberState: Hashable, Sendable, Codable {
  public enum Outcome: Hashable, Sendable, Codable {
    /// Nothing was pushed since it subscribed.
    case idle
    /// The last push is out, no answer yet.
    case waiting
    /// Sent again after the first datagram was not acknowledged.
    case retrying
    case acknowledged
    /// Given up; it learns of the change at its next poll.
    case failed
  }

  public var subscriber: Subscriber
  public var subscribedAt: WallTime
  /// When it last polled; a subscription that is not renewed ends.
  public var refreshedAt: WallTime
  public var outcome: Outcome
  /// The service's revision in the last datagram sent and in the last one acknowledged; 0 before the first.
  public var pushedRevision: Revision
  public var acknowledgedRevision: Revision
  public var pushedAt: WallTime?
  public var acknowledgedAt: WallTime?
  /// Microseconds from the last acknowledged datagram to its acknowledgement.
  public var roundTrip: Int64?
  /// How many pushes were given up, in all and since the last acknowledgement.
  public var failures: Int
  public var failuresInARow: Int
  /// How many hosts the last datagram named.
  public var toldHosts: Int

  public init(subscriber: Subscriber, subscribedAt: WallTime) {
    self.subscriber = subscriber
    self.subscribedAt = subscribedAt
    refreshedAt = subscribedAt
    outcome = .idle
    pushedRevision = 0
    acknowledgedRevision = 0
    pushedAt = nil
    acknowledgedAt = nil
    roundTrip = nil
    failures = 0
    failuresInARow = 0
    toldHosts = 0
  }
}
