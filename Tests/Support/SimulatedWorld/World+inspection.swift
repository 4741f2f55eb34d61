import RegistryEngine
import RegistryModel

extension World {
  /// Looks at the whole: the machines' own invariants, whoever is silent, and the disk where nothing is on its way.
  func inspect() {
    guard let server else { return }
    for fault in server.engine.checkInvariants().prefix(1) { blame(.inside, fault) }
    if asleepUntil == nil, isChecking { inspectSilence(server) }
    if server.store.isIdle {
      if let difference = difference(between: disk, and: server.engine) { blame(.durability, difference) }
      kept.settle()
    }
  }

  private func inspectSilence(_ server: SimulatedServer) {
    for service in server.engine.catalog.services {
      for instance in service.instances where instance.isEphemeral {
        let key = InstanceKey(service: service.key, address: instance.address)
        if let fault = silence.fault(in: instance, key, at: clock.now, wakefulness) { blame(.patience, fault) }
      }
    }
  }

  /// What of memory is not what the disk has, where both should be the same.
  private func difference(between disk: SimulatedDisk, and engine: Engine) -> String? {
    let catalog = engine.catalog
    if catalog.namespaces != disk.namespaces { return "namespaces in memory are not those on disk" }
    if engine.switches != disk.switches ?? Switches() { return "switches in memory are not those on disk" }
    var instances = 0
    for service in catalog.services {
      let stored = disk.services[service.key]
      if service.settings.isDeclared, stored?.settings != service.settings {
        return "\(service.key.grouped) in memory is not what it is on disk"
      }
      for (name, settings) in service.clusters where settings.ifUnusual != stored?.clusters[name] {
        return "cluster \(name) of \(service.key.grouped) in memory is not what it is on disk"
      }
      for instance in service.instances {
        let key = InstanceKey(service: service.key, address: instance.address)
        if instance.isEphemeral {
          if instance.note != disk.notes[key] ?? InstanceNote(overlay: nil, mark: nil) {
            return "the note on \(key.words) is \(instance.note), on disk \(disk.notes[key].map { "\($0)" } ?? "none")"
          }
        } else {
          instances += 1
          if instance.kept != disk.instances[key]?.kept {
            return "\(key.words) is \(instance), on disk \(disk.instances[key].map { "\($0)" } ?? "none")"
          }
        }
      }
    }
    return instances == disk.instances.count ? nil : "\(disk.instances.count) instances on disk, \(instances) in memory"
  }

  func rememberTheLiving(of engine: Engine) {
    aliveBefore = []
    for service in engine.catalog.services {
      for instance in service.instances where !instance.isEphemeral && instance.isHealthy {
        aliveBefore.insert(InstanceKey(service: service.key, address: instance.address))
      }
    }
  }

  /// What a restart must keep (G2, G7).
  func judgeStart() {
    guard let engine = server?.engine else { return }
    for fault in kept.faults(of: disk).prefix(1) { blame(.durability, fault) }
    kept.settle()
    for service in engine.catalog.services {
      for instance in service.instances where !instance.isEphemeral && !instance.isHealthy {
        let key = InstanceKey(service: service.key, address: instance.address)
        let isByHand = disk.services[service.key]?.clusters[instance.address.cluster]?.checker == HealthChecker.none
        if aliveBefore.contains(key), !isByHand { blame(.restart, "\(key.words) was healthy, and a restart calls it unhealthy") }
      }
    }
    silence.forgetAll()
    departures.forgetAll()
    push.forgetAll()
    touched = [:]
    isChecking = engine.switches.healthCheckEnabled
    waitingNotes = disk.notes
    if let difference = difference(between: disk, and: engine) { blame(.durability, difference) }
  }

  /// After a long calm everybody is there, and everybody knows.
  func judgeTheEnd() {
    guard let server else { return blame(.inside, "no server at the end") }
    let catalog = server.engine.catalog
    for provider in providers where provider.key.address.isEphemeral {
      let instance = catalog[provider.key]
      if instance == nil { blame(.patience, "\(provider.key.words) beats and is not there at the end") }
      if instance?.isHealthy == false { blame(.patience, "\(provider.key.words) beats and is unhealthy at the end") }
    }
    for watcher in watchers {
      let service = watcher.subscriber.service
      let now = View(of: server.engine.service(service), at: server.engine.revision)
      if watcher.view?.says(sameAs: now) != true {
        blame(.convergence, "\(watcher.endpoint) does not hold the last list of \(service.grouped) at the end")
      }
    }
    for service in catalog.services {
      for instance in service.instances where !instance.isEphemeral && !instance.isHealthy {
        let isProbed = service.cluster(instance.address.cluster)?.checker != HealthChecker.none
        if isProbed { blame(.probes, "\(instance.address.hostAndPort) is well and called unhealthy at the end") }
      }
    }
  }
}
