import RegistryModel

/// The services that somebody should look at, kept up with every commit so that no frame has to search for them.
struct FaultIndex: Sendable {
  struct Fault: Hashable, Sendable {
    var state: ServiceState
    var since: WallTime
    /// Instances that are enabled and not healthy.
    var down: Int
  }

  private(set) var faults: [ServiceKey: Fault] = [:]

  init() {}

  init(_ catalog: Catalog) {
    for service in catalog.services { note(service.key, as: service) }
  }

  mutating func note(_ key: ServiceKey, as service: Service?) {
    guard let service, service.state.isFault else {
      faults[key] = nil
      return
    }
    faults[key] = Fault(
      state: service.state, since: service.stateSince, down: service.counts.enabled - service.counts.serving)
  }

  /// When the oldest of the outages began: of those that leave clients without a server, else of any fault.
  var oldest: WallTime? {
    var outage: WallTime?
    var other: WallTime?
    for fault in faults.values {
      if fault.state <= .gone {
        outage = min(outage ?? fault.since, fault.since)
      } else {
        other = min(other ?? fault.since, fault.since)
      }
    }
    return outage ?? other
  }
}
