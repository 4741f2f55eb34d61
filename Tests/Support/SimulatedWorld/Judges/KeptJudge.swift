import RegistryModel

/// Knows what may be on disk: of each thing what was last answered as stored, or what was asked for since (G2).
struct KeptJudge {
  enum Subject: Hashable {
    case namespace(String)
    case service(ServiceKey)
    case cluster(ServiceKey, String)
    case instance(InstanceKey)
    case note(InstanceKey)
    case switches
  }

  enum Value: Equatable {
    case nothing
    case namespace(Namespace)
    case service(ServiceSettings)
    case cluster(ClusterSettings)
    case instance(Instance)
    case note(InstanceNote)
    case switches(Switches)
  }

  private struct Entry {
    var revision: Revision
    var value: Value
    var isAnswered: Bool
  }

  private var entries: [Subject: [Entry]] = [:]
  private var subjects: [Revision: [Subject]] = [:]

  /// Takes in a commit as it happens in memory.
  mutating func follow(_ commit: Commit) {
    for change in commit.changes {
      guard let (subject, before, after) = change.kept else { continue }
      if entries[subject] == nil { entries[subject] = [Entry(revision: 0, value: before, isAnswered: true)] }
      entries[subject]?.append(Entry(revision: commit.revision, value: after, isAnswered: false))
      subjects[commit.revision, default: []].append(subject)
    }
  }

  /// The command that became this commit was answered.
  mutating func answered(_ revision: Revision, isStored: Bool) {
    for subject in subjects.removeValue(forKey: revision) ?? [] {
      guard let index = entries[subject]?.lastIndex(where: { $0.revision == revision }) else { continue }
      if isStored {
        entries[subject]?[index].isAnswered = true
        entries[subject]?.removeFirst(index)
      } else {
        entries[subject]?.remove(at: index)
      }
    }
  }

  /// Nothing is on its way: disk and memory are one.
  mutating func settle() {
    entries.removeAll(keepingCapacity: true)
    subjects.removeAll(keepingCapacity: true)
  }

  /// What is missing on the disk that a crash left.
  func faults(of disk: SimulatedDisk) -> [String] {
    entries.compactMap { subject, entries in
      let found = disk.value(of: subject)
      if entries.contains(where: { $0.value == found }) { return nil }
      return "\(subject) is \(found) after the crash, and none of \(entries.map(\.value))"
    }.sorted()
  }
}

extension Change {
  /// The thing of which something durable changes, and what of it.
  fileprivate var kept: (KeptJudge.Subject, before: KeptJudge.Value, after: KeptJudge.Value)? {
    switch self {
    case .namespace(let id, let before, let after): (.namespace(id), .of(before), .of(after))
    case .service(let key, let before, let after):
      isDurable ? (.service(key), .of(before?.ifDeclared), .of(after?.ifDeclared)) : nil
    case .cluster(let key, let name, let before, let after):
      isDurable ? (.cluster(key, name), .of(before?.ifUnusual), .of(after?.ifUnusual)) : nil
    case .instance(let service, let before, let after, _):
      (after ?? before).flatMap { Self.kept(InstanceKey(service: service, address: $0.address), before, after) }
    case .switches(_, _, _, let all): (.switches, .nothing, .switches(all))
    case .note(let key, let before, let after): (.note(key), .of(before), .of(after))
    case .access, .subscriber: nil
    }
  }

  private static func kept(
    _ key: InstanceKey, _ before: Instance?, _ after: Instance?
  ) -> (KeptJudge.Subject, before: KeptJudge.Value, after: KeptJudge.Value)? {
    if !key.address.isEphemeral {
      let (old, new) = (KeptJudge.Value.of(before?.kept), KeptJudge.Value.of(after?.kept))
      return old == new ? nil : (.instance(key), old, new)
    }
    guard let before, let after else { return nil }
    let (old, new) = (KeptJudge.Value.of(before.note), KeptJudge.Value.of(after.note))
    return old == new ? nil : (.note(key), old, new)
  }
}

extension Instance {
  /// Without its health, which is probed anew.
  var kept: Instance {
    var instance = self
    instance.isHealthy = true
    instance.healthChangedAt = registeredAt
    return instance
  }

  var note: InstanceNote { InstanceNote(overlay: overlay, mark: mark) }
}

extension ServiceSettings {
  fileprivate var ifDeclared: ServiceSettings? { isDeclared ? self : nil }
}

extension ClusterSettings {
  var ifUnusual: ClusterSettings? { self == ClusterSettings() ? nil : self }
}

extension KeptJudge.Value {
  fileprivate static func of(_ namespace: Namespace?) -> Self { namespace.map(Self.namespace) ?? .nothing }
  fileprivate static func of(_ settings: ServiceSettings?) -> Self { settings.map(Self.service) ?? .nothing }
  fileprivate static func of(_ settings: ClusterSettings?) -> Self { settings.map(Self.cluster) ?? .nothing }
  fileprivate static func of(_ instance: Instance?) -> Self { instance.map(Self.instance) ?? .nothing }
  fileprivate static func of(_ note: InstanceNote?) -> Self {
    note.flatMap { $0.isEmpty ? nil : Self.note($0) } ?? .nothing
  }
}

extension SimulatedDisk {
  fileprivate func value(of subject: KeptJudge.Subject) -> KeptJudge.Value {
    switch subject {
    case .namespace(let id): .of(namespaces[id])
    case .service(let key): .of(services[key]?.settings.ifDeclared)
    case .cluster(let key, let name): .of(services[key]?.clusters[name])
    case .instance(let key): .of(instances[key]?.kept)
    case .note(let key): .of(notes[key])
    case .switches: switches.map(KeptJudge.Value.switches) ?? .nothing
    }
  }
}
