public import RegistryModel

extension ProbePlan {
  /// Takes in the whole registry: at the beginning, and when commits were missed. What is known already stays as it is.
  public mutating func follow(
    _ catalog: Catalog, _ switches: Switches, at now: Moment, random: inout some RandomNumberGenerator
  ) {
    let wasEmpty = members.count == 0
    turn(to: switches, at: now, random: &random)
    settings = [:]
    members.reserve(catalog.totals.instances.total - catalog.totals.instances.ephemeral)
    for service in catalog.services {
      for (name, settings) in service.clusters { configure(service.key, name, settings, at: now, random: &random) }
      follow(service, at: now, random: &random)
    }
    if !wasEmpty { removeAll(besides: catalog) }
  }

  private mutating func follow(_ service: Service, at now: Moment, random: inout some RandomNumberGenerator) {
    if service.counts.total == service.counts.ephemeral { return }
    if services[service.key] == nil { return begin(service, at: now, random: &random) }
    for instance in service.instances where !instance.isEphemeral {
      put(instance, in: service.key, at: now, random: &random)
    }
  }

  /// Follows a service that is new as a whole: each of its clusters is weighed once.
  private mutating func begin(_ service: Service, at now: Moment, random: inout some RandomNumberGenerator) {
    var entry = Entry()
    entry.members.reserveCapacity(service.counts.total - service.counts.ephemeral)
    for instance in service.instances where !instance.isEphemeral {
      _ = add(instance, to: &entry, of: service.key, at: now, random: &random)
    }
    services[service.key] = entry
    for cluster in entry.clusters.values.sorted() { weigh(cluster) }
  }

  private mutating func removeAll(besides catalog: Catalog) {
    for place in members.places {
      guard let member = members[place], let service = clusters[member.cluster]?.service else { continue }
      let key = InstanceKey(service: service, address: member.address)
      if catalog[key] == nil { remove(key) }
    }
  }
}
