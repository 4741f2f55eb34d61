/// What a session answers beside its feed: the hot half, too lively for commits.
public enum Query: Hashable, Sendable, Codable {
  /// When each instance of a service last beat.
  case vitals(ServiceKey)
  /// Who subscribes to a service, or with nil to anything, in order; at most `limit` after skipping `offset`.
  case subscribers(ServiceKey?, offset: Int, limit: Int)
  case metrics
  /// How the persistent instances of a service were probed of late.
  case probes(ServiceKey)
  /// Commits older than `before`, newest first, at most `limit`, as far back as the registry remembers.
  case events(before: Revision?, limit: Int)
}

public enum Answer: Sendable, Codable {
  case vitals([InstanceVital])
  case subscribers(SubscriberPage)
  case metrics(Metrics)
  case probes(ProbePage)
  case events([Commit])
}

public struct InstanceVital: Hashable, Sendable, Codable {
  public var address: InstanceAddress
  /// Milliseconds since the last beat; nil for a persistent instance.
  public var beatAge: Int64?

  public init(address: InstanceAddress, beatAge: Int64?) {
    self.address = address
    self.beatAge = beatAge
  }
}

public struct SubscriberPage: Hashable, Sendable, Codable {
  public var subscribers: [SubscriberState]
  /// How many there are in all.
  public var total: Int

  public init(subscribers: [SubscriberState], total: Int) {
    self.subscribers = subscribers
    self.total = total
  }
}

/// Counters since the start.
public struct Metrics: Hashable, Sendable, Codable {
  public var startedAt: WallTime
  public var beats: UInt64
  public var registers: UInt64
  public var deregisters: UInt64
  public var expiries: UInt64
  public var lists: UInt64
  public var residentBytes: UInt64

  public init(startedAt: WallTime) {
    self.startedAt = startedAt
    beats = 0
    registers = 0
    deregisters = 0
    expiries = 0
    lists = 0
    residentBytes = 0
  }
}

/// Push in numbers, since the start.
public struct PushDigest: Hashable, Sendable, Codable {
  public var subscribers = 0
  /// Datagrams first sent, sent again, acknowledged, and pushes given up.
  public var pushed: UInt64 = 0
  public var retried: UInt64 = 0
  public var acknowledged: UInt64 = 0
  public var failed: UInt64 = 0
  /// Sent and not yet acknowledged or given up.
  public var pending = 0
  /// Microseconds from datagram to acknowledgement, over the last few thousand.
  public var roundTripMedian: Int64?
  public var roundTrip99: Int64?
  public var roundTripMax: Int64?
  /// Subscribers whose last push was given up, worst first, at most 8.
  public var failing: [SubscriberState] = []
  /// Services whose subscribers' state changed since the digest before; empty with `touchedMany`.
  public var touched: [ServiceKey] = []
  public var touchedMany = false

  public init() {}
}
