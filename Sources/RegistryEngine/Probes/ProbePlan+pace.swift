import RegistryModel

extension ProbePlan {
  func bounds(of checker: HealthChecker) -> ProbeBounds {
    let given =
      switch checker {
      case .http: switches.httpHealthParams
      case .mysql: switches.mysqlHealthParams
      case .tcp, .none: switches.tcpHealthParams
      }
    return ProbeBounds(given, shortest: rules.shortestInterval)
  }

  /// Milliseconds between two probes of a member of the cluster as things stand. With more members in all than fit into
  /// `mostPerSecond`, every interval grows in the same proportion, up to its checker's bound.
  func stretchedInterval(of cluster: ProbeCluster) -> Int64 {
    let stretch = max(1, demand / Double(max(1, rules.mostPerSecond)))
    return Int64(bounds(of: cluster.settings.checker).clamp(cluster.interval * stretch))
  }

  /// When a member is probed again whose turn was at `due`: whole intervals later, so that it keeps its time among the
  /// others however long it was kept waiting.
  func nextTime(after due: Int64, in cluster: Int, now: Int64) -> Int64 {
    guard let cluster = clusters[cluster] else { return due }
    let interval = max(1, stretchedInterval(of: cluster))
    let missed = max(0, now - due) / interval
    return onTurn(due + (missed + 1) * interval)
  }

  /// Probes begin together, once a turn; this is the one before `time`.
  func onTurn(_ time: Int64) -> Int64 { time - time % max(1, rules.turn) }

  mutating func adapt(_ cluster: Int, to finding: ProbeFinding) {
    guard let old = clusters[cluster] else { return }
    let bounds = bounds(of: old.settings.checker)
    guard let time = bounds.time(of: finding, interval: old.interval) else { return }
    clusters[cluster]?.adapt(to: time, bounds)
    weigh(cluster)
  }

  /// Counts anew what a cluster asks for.
  mutating func weigh(_ place: Int) {
    guard let cluster = clusters[place] else { return }
    let interval = bounds(of: cluster.settings.checker).clamp(cluster.interval)
    let now = cluster.isProbed ? Double(cluster.memberCount) * 1_000 / interval : 0
    // Rounding must not add up over years to a demand of nobody.
    demand = members.count == 0 ? 0 : max(0, demand - cluster.demand + now)
    clusters[place]?.demand = now
  }
}
