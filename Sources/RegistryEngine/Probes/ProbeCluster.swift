import RegistryModel

/// A cluster that has persistent instances, and how long its probes take.
struct ProbeCluster: Sendable {
  let service: ServiceKey
  let name: String
  var settings: ClusterSettings
  /// Whether its members are on the agenda.
  var isProbed = false
  var memberCount = 0
  /// Milliseconds between two probes of a member, before stretching (`checkRTNormalized`).
  var interval: Double
  var best: Int64?
  var worst: Int64?
  var last: Int64?
  /// What it asks for, in probes a second.
  var demand = 0.0

  /// The port to ask of a member; a database is always asked at the instance's own (naming-server-v1 3.7).
  func port(of address: InstanceAddress) -> Int {
    if case .mysql = settings.checker { return Int(address.port) }
    return Int(settings.usesInstancePort ? address.port : settings.checkPort)
  }

  /// Takes in how long a probe took, in milliseconds.
  mutating func adapt(to time: Int64, _ bounds: ProbeBounds) {
    best = min(best ?? time, time)
    worst = max(worst ?? time, time)
    last = time
    interval = bounds.clamp(bounds.factor * interval + (1 - bounds.factor) * Double(time))
  }
}

/// A checker's bounds in the switches, made safe to count with.
struct ProbeBounds: Sendable {
  let min: Double
  let max: Double
  let factor: Double

  init(_ given: Switches.CheckBounds, shortest: Int64) {
    min = Swift.min(Self.longest, Swift.max(Double(shortest), Double(given.min)))
    max = Swift.max(min, Swift.min(Double(given.max), Self.longest))
    factor = given.factor.isFinite ? Swift.min(1, Swift.max(0, given.factor)) : 0.75
  }

  /// A day, in milliseconds.
  private static let longest = 86_400_000.0

  func clamp(_ interval: Double) -> Double { Swift.min(max, Swift.max(min, interval)) }

  /// What a finding counts as, in milliseconds, for an interval as it is; nil when it says nothing about the instance.
  func time(of finding: ProbeFinding, interval: Double) -> Int64? {
    switch (finding.verdict, finding.reason) {
    case (.unjudged, _): nil
    case (.ok, _): Swift.max(0, finding.cost / 1_000)
    case (.fail, .timedOut), (.fail, .status): Int64(2 * interval)
    case (.fail, _), (.failNow, _): Int64(max)
    }
  }
}
