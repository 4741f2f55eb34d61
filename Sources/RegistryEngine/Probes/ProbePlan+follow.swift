public import RegistryModel

extension ProbePlan {
  /// Takes in a commit. Those of ephemeral instances cost a look.
  public mutating func follow(_ commit: Commit, at now: Moment, random: inout some RandomNumberGenerator) {
    for change in commit.changes {
      switch change {
      case .instance(let service, let before, let after, _):
        if let after, !after.isEphemeral {
          put(after, in: service, at: now, random: &random)
        } else if after == nil, let before, !before.isEphemeral {
          remove(InstanceKey(service: service, address: before.address))
        }
      case .cluster(let service, let name, _, let after): configure(service, name, after, at: now, random: &random)
      case .switches(_, _, _, let all): turn(to: all, at: now, random: &random)
      case .service, .namespace, .subscriber, .note, .access: break
      }
    }
  }

  mutating func put(
    _ instance: Instance, in service: ServiceKey, at now: Moment, random: inout some RandomNumberGenerator
  ) {
    if let place = services[service]?.members[instance.address] {
      guard members[place]?.isHealthy != instance.isHealthy else { return }
      members[place]?.isHealthy = instance.isHealthy
      members[place]?.forgetCounts()
      return
    }
    var entry = services.removeValue(forKey: service) ?? Entry()
    let cluster = add(instance, to: &entry, of: service, at: now, random: &random)
    services[service] = entry
    weigh(cluster)
  }

  /// Follows an instance that is new to a service; the place of its cluster, which must be weighed anew then.
  mutating func add(
    _ instance: Instance, to entry: inout Entry, of service: ServiceKey, at now: Moment,
    random: inout some RandomNumberGenerator
  ) -> Int {
    let address = instance.address
    let cluster =
      entry.clusters[address.cluster] ?? makeCluster(address.cluster, in: &entry, of: service, random: &random)
    let place = members.add(ProbeMember(address, cluster: cluster, isHealthy: instance.isHealthy))
    entry.members[address] = place
    history.clear(place)
    clusters[cluster]?.memberCount += 1
    if clusters[cluster]?.isProbed == true { enlist(place, at: now, random: &random) }
    return cluster
  }

  mutating func remove(_ key: InstanceKey) {
    guard let place = services[key.service]?.members.removeValue(forKey: key.address),
      let cluster = members[place]?.cluster
    else { return }
    agenda.remove(place)
    members.remove(place)
    clusters[cluster]?.memberCount -= 1
    weigh(cluster)
    if clusters[cluster]?.memberCount == 0 {
      clusters.remove(cluster)
      services[key.service]?.clusters[key.address.cluster] = nil
    }
    if services[key.service]?.members.isEmpty == true { services[key.service] = nil }
  }

  /// A cluster comes into being with its first persistent instance.
  private mutating func makeCluster(
    _ name: String, in entry: inout Entry, of service: ServiceKey, random: inout some RandomNumberGenerator
  ) -> Int {
    let spread = max(1, rules.firstSpread)
    var cluster = ProbeCluster(
      service: service, name: name, settings: settings[service]?[name] ?? ClusterSettings(),
      interval: Double(rules.firstDelay + Int64.random(in: 0..<spread, using: &random)))
    cluster.isProbed = isProbed(cluster)
    let place = clusters.add(cluster)
    entry.clusters[name] = place
    return place
  }

  mutating func configure(
    _ service: ServiceKey, _ name: String, _ given: ClusterSettings?, at now: Moment,
    random: inout some RandomNumberGenerator
  ) {
    let usual = ClusterSettings()
    let new = given ?? usual
    if new == usual {
      settings[service]?[name] = nil
      if settings[service]?.isEmpty == true { settings[service] = nil }
    } else {
      settings[service, default: [:]][name] = new
    }
    guard let place = services[service]?.clusters[name], let old = clusters[place]?.settings, old != new else { return }
    clusters[place]?.settings = new
    weigh(place)
    if old.asksOtherwise(than: new) { forgetProbes(of: place) }
    enlistOrNot(place, at: now, random: &random)
  }

  mutating func turn(to switches: Switches, at now: Moment, random: inout some RandomNumberGenerator) {
    self.switches = switches
    for place in clusters.places where clusters.contains(place) {
      weigh(place)
      enlistOrNot(place, at: now, random: &random)
    }
  }

  private func isProbed(_ cluster: ProbeCluster) -> Bool {
    cluster.settings.checker != .none && switches.probes(cluster.service)
  }

  /// Puts a cluster's members on the agenda or takes them off when it has come to be probed or not.
  private mutating func enlistOrNot(_ place: Int, at now: Moment, random: inout some RandomNumberGenerator) {
    guard let cluster = clusters[place], isProbed(cluster) != cluster.isProbed else { return }
    clusters[place]?.isProbed.toggle()
    weigh(place)
    forgetProbes(of: place)
    for member in members(of: place) {
      if cluster.isProbed { agenda.remove(member) } else { enlist(member, at: now, random: &random) }
    }
  }

  /// What was counted and what is under way belongs to a check that is made no more.
  private mutating func forgetProbes(of cluster: Int) {
    for place in members(of: cluster) {
      members[place]?.forgetCounts()
      guard let due = members[place]?.dueAt, members[place]?.ticket != nil else { continue }
      members[place]?.ticket = nil
      if clusters[cluster]?.isProbed == true { agenda.set(place, at: nextTime(after: due, in: cluster, now: due)) }
    }
  }

  /// In the order of their places, which does not depend on how dictionaries hash.
  private func members(of cluster: Int) -> [Int] {
    guard let service = clusters[cluster]?.service, let entry = services[service] else { return [] }
    return entry.members.values.filter { members[$0]?.cluster == cluster }.sorted()
  }

  /// Has a member probed for the first time: not at once, an application registers before it listens.
  private mutating func enlist(_ member: Int, at now: Moment, random: inout some RandomNumberGenerator) {
    let spread = max(1, rules.firstSpread)
    let time = now.monotonic.milliseconds + rules.firstDelay + Int64.random(in: 0..<spread, using: &random)
    agenda.set(member, at: onTurn(time))
  }
}

extension ClusterSettings {
  fileprivate func asksOtherwise(than other: ClusterSettings) -> Bool {
    checker != other.checker || checkPort != other.checkPort || usesInstancePort != other.usesInstancePort
  }
}
