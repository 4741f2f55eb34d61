import RegistryModel

extension Registry {
  /// Health by hand, where no checker decides it (1.5.2). No such instance is no error.
  func setHealth(
    _ service: ServiceKey, cluster: String, ip: String, port: Int, _ isHealthy: Bool, at now: Moment
  ) throws(RegistryError) -> Decision {
    guard let settings = catalog.services.read(service, { $0.cluster(cluster) }) else { throw .serviceNotFound(service) }
    guard let settings else { throw .clusterNotFound(service, cluster: cluster) }
    if settings.checker != .none { throw .checkerStillWorking(service) }
    guard let before = first(in: service, cluster: cluster, ip: ip, port: port) else { return Decision() }
    return turn(before, in: service, isHealthy, at: now)
  }

  /// Health as probes have it (3.7). What they found of an instance that has gone meanwhile, or that nobody is to probe
  /// any more, comes too late and is no error.
  func probed(
    _ key: InstanceKey, _ isHealthy: Bool, by origin: Origin, at now: Moment
  ) throws(RegistryError) -> Decision {
    if origin != .probe { throw .notSupported("only probes say what probes found") }
    if key.address.isEphemeral || !switches.probes(key.service) { return Decision() }
    let found = catalog.services.read(key.service) { service in
      (service.cluster(key.address.cluster)?.checker, service.instances[key.address])
    }
    guard case (let checker?, let before?)? = found, checker != .none else { return Decision() }
    return turn(before, in: key.service, isHealthy, at: now)
  }

  private func turn(_ before: Instance, in service: ServiceKey, _ isHealthy: Bool, at now: Moment) -> Decision {
    if before.isHealthy == isHealthy { return Decision() }
    var after = before
    after.turn(isHealthy, at: now.wall)
    let cause: InstanceCause = isHealthy ? .turnedHealthy : .turnedUnhealthy
    return Decision(changes: [.instance(service, before: before, after: after, cause: cause)])
  }
}

extension Switches {
  /// Whether the persistent instances of a service are to be probed, where their cluster has a checker.
  func probes(_ service: ServiceKey) -> Bool { healthCheckEnabled || healthCheckWhiteList.contains(service.grouped) }
}
