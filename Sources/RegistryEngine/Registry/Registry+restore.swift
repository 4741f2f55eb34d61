public import RegistryModel

extension Registry {
  /// A registry as it was stored; see ``RegistryRestoration``.
  public init(limits: Limits = Limits(), restored: StoredState, at now: Moment) {
    var restoration = RegistryRestoration(limits: limits, at: now)
    restoration.add(restored)
    self = restoration.finish()
  }

  /// A stored instance with what it has in common with others as one copy.
  mutating func shared(_ stored: Instance) -> Instance {
    var instance = stored
    instance.vitalSlot = Vitals.none
    instance.registeredMetadata = pool.shared(stored.registeredMetadata)
    pool.shareTraits(of: &instance)
    return instance
  }

  /// Lets the note of an ephemeral instance wait for it.
  mutating func restore(_ note: StoredState.StoredNote) {
    let kept = InstanceNote(overlay: note.overlay, mark: note.mark)
    if !note.key.address.isEphemeral || kept.isEmpty { return }
    _ = departures.restore(note.key, note: kept, now: clock.lastObserved)
  }

  mutating func reserveNumbers(of service: Service) {
    for instance in service.instances {
      guard let number = instance.numberedID else { continue }
      numbers[NumberedKind(service: service.key, isEphemeral: false), default: NumberPool()].reserve(number)
    }
  }

  mutating func scheduleIfIdle(_ key: ServiceKey) {
    if catalog.services.read(key, { isIdle($0) }) == true {
      idleServices.set(key, at: clock.lastObserved + Self.idleMemory)
    }
  }
}
