public import RegistryModel

extension Registry {
  /// A registry as it was stored. Nothing of it is a change: there are no commits, and nobody is told anything because
  /// the registry started (reliability E8). Ephemeral instances are not stored; their notes wait for them.
  public init(limits: Limits = Limits(), restored: StoredState, at now: Moment) {
    self.init(limits: limits)
    observe(now)
    switches = restored.switches ?? Switches()
    for namespace in restored.namespaces { catalog.restore(namespace) }
    restoreServices(of: restored)
    for service in restored.services { scheduleIfIdle(service.key) }
    for note in restored.notes where note.key.address.isEphemeral {
      let kept = InstanceNote(overlay: note.overlay, mark: note.mark)
      if !kept.isEmpty { _ = departures.restore(note.key, note: kept, now: now.monotonic.milliseconds) }
    }
    catalog.restore(revision: restored.revision)
  }

  private mutating func restoreServices(of restored: StoredState) {
    var assembly = ServiceAssembly()
    for service in restored.services { assembly.add(service) }
    for (service, instance) in restored.instances where !instance.isEphemeral {
      var instance = instance
      instance.vitalSlot = Vitals.none
      pool.sharePlacement(of: &instance)
      assembly.add(instance, to: service, sharing: &pool)
    }
    for service in assembly.services {
      if assembly.hasNumbers { reserveNumbers(of: service) }
      catalog.restore(service)
    }
  }

  private mutating func reserveNumbers(of service: Service) {
    for instance in service.instances {
      guard let number = instance.numberedID else { continue }
      numbers[NumberedKind(service: service.key, isEphemeral: false), default: NumberPool()].reserve(number)
    }
  }

  private mutating func scheduleIfIdle(_ key: ServiceKey) {
    if catalog.services.read(key, { isIdle($0) }) == true {
      idleServices.set(key, at: clock.lastObserved + Self.idleMemory)
    }
  }
}
