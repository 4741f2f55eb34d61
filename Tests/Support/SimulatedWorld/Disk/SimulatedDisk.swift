import RegistryModel

/// What is on disk: the rows that the real store keeps of the same commits, as values. It outlives the server.
struct SimulatedDisk {
  private(set) var revision: Revision = 0
  private(set) var namespaces: [String: Namespace] = [:]
  private(set) var services: [ServiceKey: StoredState.StoredService] = [:]
  private(set) var instances: [InstanceKey: Instance] = [:]
  private(set) var notes: [InstanceKey: InstanceNote] = [:]
  private(set) var switches: Switches?

  /// In the order of keys: a start from the same rows is the same start.
  var state: StoredState {
    var state = StoredState()
    state.revision = revision
    state.namespaces = namespaces.sorted { $0.key < $1.key }.map(\.value)
    state.services = services.sorted { $0.key < $1.key }.map(\.value)
    state.instances = instances.sorted { $0.key < $1.key }.map {
      StoredState.StoredInstance(service: $0.key.service, instance: $0.value)
    }
    state.notes = notes.sorted { $0.key < $1.key }.map { key, note in
      StoredState.StoredNote(key: key, overlay: note.overlay, mark: note.mark)
    }
    state.switches = switches
    return state
  }

  mutating func keep(_ commit: Commit) {
    for change in commit.changes where change.isDurable || change.endsSomethingKept { keep(change, at: commit.at) }
    revision = max(revision, commit.revision)
  }

  private mutating func keep(_ change: Change, at time: WallTime) {
    switch change {
    case .namespace(let id, _, let after): namespaces[id] = after
    case .switches(_, _, _, let all): switches = all
    case .service(let key, _, nil): removeService(key)
    case .service(let key, let before, let after?):
      let isKept = after.isDeclared || before?.isDeclared == true || services[key] != nil
      if isKept {
        ensure(key, at: time)
        services[key]?.settings = after
      }
    case .cluster(let key, let name, _, let after): keep(after, as: name, of: key, at: time)
    case .instance(let service, let before, let after, _): keep(before, after, in: service, at: time)
    case .note(let key, _, let after): notes[key] = after
    case .access, .subscriber: break
    }
  }

  private mutating func keep(_ before: Instance?, _ after: Instance?, in service: ServiceKey, at time: WallTime) {
    guard let either = after ?? before else { return }
    let key = InstanceKey(service: service, address: either.address)
    if either.isEphemeral {
      guard let after else { return }
      let note = InstanceNote(overlay: after.overlay, mark: after.mark)
      notes[key] = note.isEmpty ? nil : note
    } else if let after {
      ensure(service, at: time)
      instances[key] = after
    } else {
      instances[key] = nil
      dropIfIdle(service)
    }
  }

  private mutating func keep(_ settings: ClusterSettings?, as name: String, of key: ServiceKey, at time: WallTime) {
    if let settings, settings != ClusterSettings() {
      ensure(key, at: time)
      services[key]?.clusters[name] = settings
    } else if services[key]?.clusters.removeValue(forKey: name) != nil {
      dropIfIdle(key)
    }
  }

  private mutating func ensure(_ key: ServiceKey, at time: WallTime) {
    if services[key] != nil { return }
    services[key] = StoredState.StoredService(key: key, settings: ServiceSettings(), createdAt: time)
  }

  private mutating func removeService(_ key: ServiceKey) {
    services[key] = nil
    for instance in instances.keys where instance.service == key { instances[instance] = nil }
  }

  private mutating func dropIfIdle(_ key: ServiceKey) {
    guard let service = services[key], !service.settings.isDeclared, service.clusters.isEmpty else { return }
    if !instances.keys.contains(where: { $0.service == key }) { services[key] = nil }
  }
}

extension Change {
  /// The end of a service or cluster takes its rows along, whether or not it is durable by itself.
  fileprivate var endsSomethingKept: Bool {
    switch self {
    case .service, .cluster: true
    default: false
    }
  }
}
