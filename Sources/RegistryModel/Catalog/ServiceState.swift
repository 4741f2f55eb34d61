/// What a service's counts say about it, worst first.
///
/// Transitions are not restricted: the state is a function of the counts. `gone` and `empty` tell apart how a service
/// came to have no instance: its clients fell silent, or they left.
public enum ServiceState: UInt8, Hashable, Sendable, Codable, Comparable, CaseIterable {
  /// No enabled instance is healthy.
  case broken
  /// Every instance fell silent and was removed.
  case gone
  /// So few are healthy that subscribers are told that all are (protect threshold above 0).
  case protected
  /// Some enabled instance is unhealthy.
  case degraded
  case ok
  /// Every instance is taken out on purpose.
  case offline
  /// No instance, and none was lost.
  case empty

  public static func < (left: ServiceState, right: ServiceState) -> Bool { left.rawValue < right.rawValue }

  /// Whether somebody should look.
  public var isFault: Bool { self < .ok }
}

/// How many instances of a service are what.
public struct InstanceCounts: Hashable, Sendable, Codable {
  public var total = 0
  public var healthy = 0
  /// Taken out by an operator or by the client itself (`enabled=false`).
  public var disabled = 0
  /// Healthy and enabled.
  public var serving = 0
  public var ephemeral = 0
  public var overlaid = 0
  public var marked = 0

  public init() {}

  public var enabled: Int { total - disabled }
  public var unhealthy: Int { total - healthy }

  mutating func count(_ instance: Instance, by step: Int) {
    total += step
    if instance.isHealthy { healthy += step }
    if !instance.isEnabled { disabled += step }
    if instance.isServing { serving += step }
    if instance.isEphemeral { ephemeral += step }
    if instance.overlay != nil { overlaid += step }
    if instance.mark != nil { marked += step }
  }

  /// Whether protection is on: at or below the threshold everybody counts as healthy (naming-server-v1 1.1.6 step 5).
  public func isProtected(by threshold: Float) -> Bool {
    total > 0 && Float(healthy) / Float(total) <= threshold
  }

  /// How many hosts a subscriber of all clusters is told are healthy.
  public func seen(with threshold: Float) -> Int { isProtected(by: threshold) ? enabled : serving }
}

extension InstanceCounts {
  public static func += (left: inout InstanceCounts, right: InstanceCounts) { left.add(right, by: 1) }
  public static func -= (left: inout InstanceCounts, right: InstanceCounts) { left.add(right, by: -1) }

  private mutating func add(_ other: InstanceCounts, by step: Int) {
    total += step * other.total
    healthy += step * other.healthy
    disabled += step * other.disabled
    serving += step * other.serving
    ephemeral += step * other.ephemeral
    overlaid += step * other.overlaid
    marked += step * other.marked
  }
}
