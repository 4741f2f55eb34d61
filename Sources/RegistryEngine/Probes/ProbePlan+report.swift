public import RegistryModel

extension ProbePlan {
  /// How a service's persistent instances were probed of late; empty for one that has none.
  public func page(of service: ServiceKey, at now: Moment) -> ProbePage {
    guard let entry = services[service] else { return ProbePage() }
    let clusters = entry.clusters.compactMap { name, place in self.clusters[place].map { report($0) } }
    let instances = entry.members.compactMap { address, place in report(place, at: now) }
    return ProbePage(
      clusters: clusters.sorted { $0.name < $1.name }, instances: instances.sorted { $0.address < $1.address }, lag: lag)
  }

  private func report(_ cluster: ProbeCluster) -> ClusterProbes {
    let state: ClusterProbes.State =
      cluster.settings.checker == .none ? .byHand : cluster.isProbed ? .probed : .switchedOff
    return ClusterProbes(
      name: cluster.name, state: state, interval: Int64(cluster.interval),
      stretchedInterval: stretchedInterval(of: cluster), best: cluster.best, worst: cluster.worst, last: cluster.last)
  }

  private func report(_ place: Int, at now: Moment) -> InstanceProbes? {
    guard let member = members[place] else { return nil }
    let next = agenda.time(of: place).map { time in
      WallTime(milliseconds: now.wall.milliseconds + time - now.monotonic.milliseconds)
    }
    return InstanceProbes(
      address: member.address, results: history.results(of: place), next: next, isUnderWay: member.ticket != nil,
      streak: member.streak, streakSince: member.streak > 0 ? member.streakSince : nil)
  }
}
