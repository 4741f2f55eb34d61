/// Numbers of the probe plan that no switch gives.
public struct ProbeRules: Sendable, Hashable {
  /// Probes under way at once. With half a second of patience each, this many let 20,000 instances that all hang be
  /// asked every five seconds.
  public var mostAtOnce = 2_048
  /// Probes a second beyond which intervals are stretched, though never beyond the most that the switches give for a
  /// checker: a large fleet is asked less often, not at a cost that grows with it.
  public var mostPerSecond = 2_000
  /// Probes a second that are begun at all, whatever is due: a fourth more than 20,000 instances need at the longest
  /// interval by TCP. A larger fleet waits longer for its turn, in which everybody still comes.
  public var limitPerSecond = 5_000
  /// Probes that one turn begins, after turns that began fewer than the limit lets them, and milliseconds between turns:
  /// what is overdue after a pause is caught up with evenly.
  public var mostPerTurn = 256
  public var turn: Int64 = 10
  /// A new instance is first probed after this many milliseconds, and as many more as chance wants below `firstSpread`
  /// (naming-server-v1 3.7, where chance is drawn twice, which bunches the first probes).
  public var firstDelay: Int64 = 2_000
  public var firstSpread: Int64 = 5_000
  /// A probe whose result has not come by then, in milliseconds, is given up without a verdict.
  public var longestProbe: Int64 = 30_000
  /// No checker's bounds make an interval shorter than this.
  public var shortestInterval: Int64 = 500

  public init() {}
}
