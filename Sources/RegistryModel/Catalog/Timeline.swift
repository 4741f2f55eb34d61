/// How the whole registry fared over the last half hour, a sample every 15 seconds: what the pulse draws. Folded from
/// commits, so every reader that has them has the same one.
public struct Timeline: Sendable, Hashable, Codable {
  public struct Sample: Sendable, Hashable, Codable {
    public var at: WallTime
    /// As the sample's span ended, or stand now in the newest one.
    public var healthy: Int
    public var unhealthy: Int
    public var disabled: Int
    public var registered = 0
    public var deregistered = 0
    public var expired = 0
    public var turnedUnhealthy = 0
    public var operated = 0
    public var pushed = 0
    public var pushFailed = 0
  }

  /// Milliseconds that one sample covers.
  public static let span: Int64 = 15_000
  public static let capacity = 120

  /// Oldest first, without gaps.
  public private(set) var samples: [Sample] = []

  public init() {}

  /// Counts `commit`, after which the registry's sums are `totals`.
  public mutating func record(_ commit: Commit, totals: Catalog.Totals) {
    advance(to: commit.at, totals: totals)
    for change in commit.changes {
      if let cause = change.instanceCause() { count(cause, by: commit.origin) }
    }
  }

  /// Counts pushes acknowledged and given up since the last call.
  public mutating func record(pushed: Int, failed: Int, at time: WallTime, totals: Catalog.Totals) {
    advance(to: time, totals: totals)
    samples[samples.count - 1].pushed += pushed
    samples[samples.count - 1].pushFailed += failed
  }

  /// Brings the newest sample to `time`; spans in which nothing happened repeat the sums before them.
  public mutating func advance(to time: WallTime, totals: Catalog.Totals) {
    let start = time.milliseconds / Self.span * Self.span
    if samples.isEmpty { samples.append(Self.blank(start, like: nil)) }
    while let last = samples.last, last.at.milliseconds + Self.span <= start {
      let isFar = start - last.at.milliseconds > Self.span * Int64(Self.capacity)
      if isFar { samples.removeAll() }
      samples.append(Self.blank(isFar ? start : last.at.milliseconds + Self.span, like: last))
    }
    if samples.count > Self.capacity { samples.removeFirst(samples.count - Self.capacity) }
    samples[samples.count - 1].healthy = totals.instances.healthy
    samples[samples.count - 1].unhealthy = totals.instances.unhealthy
    samples[samples.count - 1].disabled = totals.instances.disabled
  }

  private static func blank(_ start: Int64, like last: Sample?) -> Sample {
    Sample(
      at: WallTime(milliseconds: start), healthy: last?.healthy ?? 0, unhealthy: last?.unhealthy ?? 0,
      disabled: last?.disabled ?? 0)
  }

  private mutating func count(_ cause: InstanceCause, by origin: Origin) {
    let last = samples.count - 1
    switch cause {
    case .registered: samples[last].registered += 1
    case .deregistered: samples[last].deregistered += 1
    case .expired: samples[last].expired += 1
    case .turnedUnhealthy: samples[last].turnedUnhealthy += 1
    case .operated, .markChanged: samples[last].operated += 1
    case .reregistered, .updated, .turnedHealthy, .serviceRemoved: break
    }
    if case .operator = origin, cause == .deregistered { samples[last].operated += 1 }
  }
}
