import RegistryModel

/// Who is probed when, and what follows from it: the health checks of persistent instances as a value
/// (naming-server-v1 3.7). No clock, no sockets, no randomness of its own: the same calls give the same orders.
///
/// It follows the registry's commits, hands out orders for probes that are due, takes their findings, and says when an
/// instance is to be called healthy or unhealthy. Each instance has its own time within its cluster's interval, so that a
/// fleet is spread evenly. However far probes fall behind, that is never a finding: only what a probe has shown counts.
public struct ProbePlan: Sendable {
  public let rules: ProbeRules
  public internal(set) var counters = ProbeCounters()

  var switches = Switches()
  var agenda = ProbeAgenda()
  var history = ProbeHistory()
  var members = SlotArray<ProbeMember>()
  var clusters = SlotArray<ProbeCluster>()
  var services: [ServiceKey: Entry] = [:]
  /// Settings of clusters that have other than the usual ones, whether or not they have persistent instances.
  var settings: [ServiceKey: [String: ClusterSettings]] = [:]
  /// Probes under way, by ticket.
  var underWay: [UInt64: Int] = [:]
  /// The same in the order in which they began, finished ones among them.
  var begun = Fifo<(ticket: UInt64, at: Int64)>()
  var lastTicket: UInt64 = 0
  /// Sum over the clusters, in probes a second.
  var demand = 0.0
  /// What turns have left of `limitPerSecond` for those that follow, in thousandths of a probe.
  var credit: Int64
  /// When the last turn began, and how far behind it was.
  var lastTurn = Int64.min
  var lag: Int64 = 0

  /// A service with persistent instances: where its clusters and instances stand.
  struct Entry: Sendable {
    var clusters: [String: Int] = [:]
    var members: [InstanceAddress: Int] = [:]
  }

  public init(rules: ProbeRules = ProbeRules()) {
    self.rules = rules
    credit = Int64(rules.mostPerTurn) * 1_000
  }

  /// Instances that are followed, and those of them that are probed.
  public var memberCount: Int { members.count }
  public var probedCount: Int {
    clusters.places.reduce(0) { $0 + (clusters[$1].map { $0.isProbed ? $0.memberCount : 0 } ?? 0) }
  }
}
