import RegistryModel

extension Registry {
  /// What is wrong inside, in words; nothing when all is well. It looks at everything: for tests and for a debug command.
  public func checkInvariants() -> [String] {
    checkSums() + checkServices() + checkVitals() + checkNumbers()
  }

  private func checkSums() -> [String] {
    var totals = Catalog.Totals()
    var byNamespace: [String: Catalog.Totals] = [:]
    for service in catalog.services {
      totals.add(service)
      byNamespace[service.key.namespace, default: Catalog.Totals()].add(service)
    }
    var faults: [String] = []
    if !totals.countsSame(as: catalog.totals) { faults.append("totals are \(catalog.totals), counted \(totals)") }
    if Set(byNamespace.keys) != Set(catalog.totalsByNamespace.keys) { faults.append("namespaces with services differ") }
    for (namespace, counted) in byNamespace where catalog.totals(in: namespace)?.countsSame(as: counted) != true {
      faults.append("totals of namespace \(namespace) differ from what is counted")
    }
    return faults
  }

  private func checkServices() -> [String] {
    var faults: [String] = []
    for service in catalog.services {
      let name = service.key.grouped
      if service.counts != service.instances.counts { faults.append("counts of \(name) differ from what is counted") }
      let verdict = Service.verdict(
        counts: service.counts, threshold: service.settings.protectThreshold, lost: service.lostInstances)
      if verdict != service.state { faults.append("\(name) is \(service.state), judged \(verdict)") }
      let clusters = Set(service.clusters.map(\.name))
      if service.instances.contains(where: { !clusters.contains($0.address.cluster) }) {
        faults.append("an instance of \(name) is in a cluster that is not there")
      }
      if isIdle(service) != idleServices.contains(service.key) { faults.append("removal of \(name) is planned wrongly") }
    }
    return faults
  }

  /// Every ephemeral instance has a vital slot of its own and stands in one list of the wheel, not after its deadline.
  private func checkVitals() -> [String] {
    var faults: [String] = []
    let turns = vitals.wheel.turns()
    var ephemeral = 0
    for service in catalog.services {
      for instance in service.instances {
        let name = "\(instance.address.hostAndPort) in \(service.key.grouped)"
        guard instance.isEphemeral else {
          if instance.vitalSlot != Vitals.none { faults.append("persistent \(name) has vitals") }
          continue
        }
        ephemeral += 1
        faults += check(instance, in: service, turn: turns[instance.vitalSlot]).map { "\(name): \($0)" }
        if departures.contains(InstanceKey(service: service.key, address: instance.address)) {
          faults.append("\(name) is there and remembered as gone")
        }
      }
    }
    if vitals.count != ephemeral { faults.append("\(vitals.count) vitals for \(ephemeral) ephemeral instances") }
    if turns.count != ephemeral || vitals.wheel.count != ephemeral {
      faults.append("\(vitals.wheel.count) in the wheel, \(turns.count) found there, \(ephemeral) ephemeral instances")
    }
    return faults
  }

  private func check(_ instance: Instance, in service: Service, turn: Int64?) -> [String] {
    let slot = instance.vitalSlot
    guard vitals.isUsed(slot) else { return ["no vitals"] }
    var faults: [String] = []
    if let owner = find(slot) {
      if owner.service != service.key || owner.instance.address != instance.address { faults.append("vitals of another") }
    } else {
      faults.append("not found by its slot")
    }
    if vitals.isHealthy(slot) != instance.isHealthy { faults.append("health differs") }
    if vitals.timing(of: slot) != InstanceTiming(instance.registeredMetadata) { faults.append("timing differs") }
    let latest = (vitals.deadline(of: slot) + Vitals.tick - 1) / Vitals.tick
    // While nobody is judged, those who are overdue have their turn once a second, and the last of these when they are
    // judged again.
    let patience = 1_000 / Vitals.tick
    if let turn, turn > max(latest, vitals.wheel.now + patience) { faults.append("its turn comes after its deadline") }
    if turn == nil { faults.append("in no list of the wheel") }
    return faults
  }

  private func checkNumbers() -> [String] {
    var numbered: [NumberedKind: [Int]] = [:]
    for service in catalog.services {
      for instance in service.instances {
        guard let number = instance.numberedID else { continue }
        numbered[NumberedKind(service: service.key, isEphemeral: instance.isEphemeral), default: []].append(number)
      }
    }
    var faults: [String] = []
    for (kind, used) in numbered {
      if Set(used).count != used.count { faults.append("two instances of \(kind.service.grouped) have one number") }
      if numbers[kind]?.count != used.count { faults.append("numbers of \(kind.service.grouped) differ") }
    }
    if numbers.count != numbered.count { faults.append("numbers are kept of services that have none") }
    return faults
  }
}

extension Catalog.Totals {
  fileprivate mutating func add(_ service: Service) {
    services += 1
    instances += service.counts
    subscribers += service.subscribers
    states[Int(service.state.rawValue)] += 1
  }

  /// Whether both count the same; when something last changed is not counted.
  fileprivate func countsSame(as other: Catalog.Totals) -> Bool {
    services == other.services && instances == other.instances && subscribers == other.subscribers
      && states == other.states
  }
}

extension SharedMap<Instance> {
  fileprivate var counts: InstanceCounts {
    var counts = InstanceCounts()
    for instance in self { counts.count(instance) }
    return counts
  }
}

extension InstanceCounts {
  fileprivate mutating func count(_ instance: Instance) {
    total += 1
    if instance.isHealthy { healthy += 1 }
    if !instance.isEnabled { disabled += 1 }
    if instance.isHealthy, instance.isEnabled { serving += 1 }
    if instance.isEphemeral { ephemeral += 1 }
    if instance.overlay != nil { overlaid += 1 }
    if instance.mark != nil { marked += 1 }
  }
}
