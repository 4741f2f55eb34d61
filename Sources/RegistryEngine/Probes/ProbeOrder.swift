public import RegistryModel

/// A probe that is to be made now.
public struct ProbeOrder: Hashable, Sendable {
  /// What its finding is handed in with.
  public var ticket: UInt64
  /// An address or a name, as the instance gives it.
  public var host: String
  /// As configured: it may be none that exists.
  public var port: Int
  public var checker: HealthChecker

  public init(ticket: UInt64, host: String, port: Int, checker: HealthChecker) {
    self.ticket = ticket
    self.host = host
    self.port = port
    self.checker = checker
  }
}

/// What a probe found.
public struct ProbeFinding: Hashable, Sendable {
  public var verdict: ProbeVerdict
  public var reason: ProbeReason
  /// Microseconds that it took.
  public var cost: Int64

  public init(_ verdict: ProbeVerdict, _ reason: ProbeReason, cost: Int64) {
    self.verdict = verdict
    self.reason = reason
    self.cost = cost
  }
}

/// That an instance is to be called healthy or not from now on.
public struct ProbeDecision: Hashable, Sendable {
  public var key: InstanceKey
  public var isHealthy: Bool
  /// What the last probe showed.
  public var reason: ProbeReason

  public init(key: InstanceKey, isHealthy: Bool, reason: ProbeReason) {
    self.key = key
    self.isHealthy = isHealthy
    self.reason = reason
  }

  public var command: Command {
    Command(.probed(key, isHealthy: isHealthy), by: .probe, reason: reason.description)
  }
}

/// Probes since the start.
public struct ProbeCounters: Hashable, Sendable {
  /// Begun, by checker.
  public var tcp: UInt64 = 0
  public var http: UInt64 = 0
  public var mysql: UInt64 = 0
  public var succeeded: UInt64 = 0
  public var failed: UInt64 = 0
  public var unjudged: UInt64 = 0
  /// Given up because their result never came.
  public var lost: UInt64 = 0
  public var turnedHealthy: UInt64 = 0
  public var turnedUnhealthy: UInt64 = 0

  public init() {}

  mutating func countBegun(_ checker: HealthChecker) {
    switch checker {
    case .tcp: tcp += 1
    case .http: http += 1
    case .mysql: mysql += 1
    case .none: break
    }
  }

  mutating func count(_ verdict: ProbeVerdict) {
    switch verdict {
    case .ok: succeeded += 1
    case .fail, .failNow: failed += 1
    case .unjudged: unjudged += 1
    }
  }
}
