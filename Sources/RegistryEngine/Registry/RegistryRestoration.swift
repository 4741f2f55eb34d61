public import RegistryModel

/// Puts a registry together from what a store kept, part by part as it is read: services before their instances, otherwise in
/// any order.
///
/// Nothing of it is a change: there are no commits, and nobody is told anything because the registry started (reliability
/// E8). Ephemeral instances are not stored; their notes wait for them.
public struct RegistryRestoration: Sendable {
  private var registry: Registry
  private var assembly = ServiceAssembly()
  /// Whether an instance has a number for its id.
  private var hasNumbers = false

  public init(limits: Limits = Limits(), at now: Moment) {
    registry = Registry(limits: limits)
    registry.observe(now)
  }

  public mutating func add(_ part: StoredState) {
    registry.switches = part.switches ?? registry.switches
    for namespace in part.namespaces { registry.catalog.restore(namespace) }
    for service in part.services { assembly.add(service) }
    add(part.instances)
    for note in part.notes { registry.restore(note) }
    registry.catalog.restore(revision: max(registry.catalog.revision, part.revision))
  }

  /// The registry that has all that was added.
  public consuming func finish() -> Registry {
    for service in assembly.rest {
      registry.catalog.restore(service)
      registry.scheduleIfIdle(service.key)
    }
    if hasNumbers {
      for service in assembly.services { registry.reserveNumbers(of: service) }
    }
    return registry
  }

  private mutating func add(_ rows: [StoredState.StoredInstance]) {
    var start = 0
    while start < rows.count {
      var end = start + 1
      while end < rows.count, rows[end].service == rows[start].service { end += 1 }
      addOneService(rows, start..<end)
      start = end
    }
  }

  private mutating func addOneService(_ rows: [StoredState.StoredInstance], _ range: Range<Int>) {
    guard let first = range.first(where: { !rows[$0].instance.isEphemeral }) else { return }
    let left = assembly.turn(
      to: rows[first].service, at: rows[first].instance.registeredAt, expecting: range.count)
    if let left { registry.catalog.restore(left) }
    for index in first..<range.upperBound where !rows[index].instance.isEphemeral {
      let instance = registry.shared(rows[index].instance)
      if instance.numberedID != nil { hasNumbers = true }
      assembly.add(instance)
    }
  }
}
