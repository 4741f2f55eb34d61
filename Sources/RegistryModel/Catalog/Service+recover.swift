/// A service that is put together from what was stored: each part as if it came now, at the time at which it had come.
extension Service {
  package mutating func recover(_ settings: ServiceSettings, clusters: [String: ClusterSettings], at time: WallTime) {
    self.settings = settings
    for (name, settings) in clusters.sorted(by: { $0.key < $1.key }) { setCluster(name, settings) }
    changedAt = max(changedAt, time)
    judge(at: time)
  }

  /// Puts in a persistent instance, and its cluster where that is missing. What probes found of it last is not remembered
  /// (reliability G7): it is healthy until they say otherwise. Where nobody probes, what was stored is all there is.
  package mutating func recover(_ stored: Instance) {
    var instance = stored
    if !isByHand(stored.cluster) { instance.isHealthy = true }
    put(instance)
    changedAt = max(changedAt, instance.registeredAt)
    judge(at: instance.registeredAt)
  }

  /// Whether nobody probes the cluster, which is made where it is missing.
  private mutating func isByHand(_ cluster: String) -> Bool {
    guard let place = clusters.firstIndex(where: { $0.name == cluster }) else {
      setCluster(cluster, ClusterSettings())
      return false
    }
    if case .none = clusters[place].settings.checker { return true }
    return false
  }
}
