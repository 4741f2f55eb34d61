/// What probing a service has come to, for the console.
public struct ProbePage: Hashable, Sendable, Codable {
  /// Those with persistent instances, in order of names.
  public var clusters: [ClusterProbes]
  /// The persistent instances of probed clusters, in order of addresses.
  public var instances: [InstanceProbes]
  /// Milliseconds by which probes begin later than they should, because more are due than may run at once; 0 in health.
  public var lag: Int64

  public init(clusters: [ClusterProbes] = [], instances: [InstanceProbes] = [], lag: Int64 = 0) {
    self.clusters = clusters
    self.instances = instances
    self.lag = lag
  }
}

/// How the instances of one cluster are probed.
public struct ClusterProbes: Hashable, Sendable, Codable {
  public enum State: String, Hashable, Sendable, Codable {
    case probed
    /// Its checker is `none`: health changes by hand.
    case byHand
    /// The switch `healthCheckEnabled` is off, and the service is not on the white list.
    case switchedOff
  }

  public var name: String
  public var state: State
  /// Milliseconds between two probes of an instance, by how long they took so far (naming-server-v1 3.7).
  public var interval: Int64
  /// The same as it is now, when more instances are probed than would be at that interval within the bound on probes a second.
  public var stretchedInterval: Int64
  /// Milliseconds that the shortest, the longest and the last probe counted for; nil before the first.
  public var best: Int64?
  public var worst: Int64?
  public var last: Int64?

  public init(
    name: String, state: State, interval: Int64, stretchedInterval: Int64, best: Int64? = nil, worst: Int64? = nil,
    last: Int64? = nil
  ) {
    self.name = name
    self.state = state
    self.interval = interval
    self.stretchedInterval = stretchedInterval
    self.best = best
    self.worst = worst
    self.last = last
  }
}

/// The last probes of one instance.
public struct InstanceProbes: Hashable, Sendable, Codable {
  public var address: InstanceAddress
  /// At most ten, oldest first.
  public var results: [ProbeResult]
  /// When the next one is to begin; nil while one is under way, and for an instance that is not probed.
  public var next: WallTime?
  public var isUnderWay: Bool
  /// How many in a row succeeded or failed, whichever the last one did, and since when.
  public var streak: Int
  public var streakSince: WallTime?

  public init(
    address: InstanceAddress, results: [ProbeResult] = [], next: WallTime? = nil, isUnderWay: Bool = false, streak: Int = 0,
    streakSince: WallTime? = nil
  ) {
    self.address = address
    self.results = results
    self.next = next
    self.isUnderWay = isUnderWay
    self.streak = streak
    self.streakSince = streakSince
  }
}

/// One probe and what came of it.
public struct ProbeResult: Hashable, Sendable, Codable {
  /// When it ended.
  public var at: WallTime
  /// Microseconds from its beginning to its end.
  public var cost: Int64
  public var verdict: ProbeVerdict
  public var reason: ProbeReason

  public init(at: WallTime, cost: Int64, verdict: ProbeVerdict, reason: ProbeReason) {
    self.at = at
    self.cost = cost
    self.verdict = verdict
    self.reason = reason
  }
}

/// What a probe says about an instance (naming-server-v1 3.7).
public enum ProbeVerdict: String, Hashable, Sendable, Codable, CaseIterable {
  case ok
  /// Counts: so many in a row make an instance unhealthy.
  case fail
  /// Makes it unhealthy at once.
  case failNow
  /// Nothing: the fault may be ours.
  case unjudged
}
