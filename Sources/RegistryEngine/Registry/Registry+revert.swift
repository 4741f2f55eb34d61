import RegistryModel

extension Registry {
  /// Takes back changes that could not be stored, as far as they still stand, so that memory is what the store has. What
  /// happened meanwhile stays: health, beats, instances that came later. `switches` are those before the changes.
  mutating func revert(_ changes: [Change], switches: Switches?, at now: Moment, reason: String) -> Commit? {
    // Each inverse is found on a copy to which those before it were applied: a service is there again before its
    // instances are.
    var draft = catalog
    var inverses: [Change] = []
    for change in changes.reversed() {
      guard let inverse = inverse(of: change, in: draft, switches: switches).map({ admitting($0, at: now) }) else {
        takeBackNote(of: change, at: now)
        continue
      }
      inverses.append(inverse)
      draft.apply(Commit(revision: catalog.revision + 1, at: now.wall, origin: .system, changes: [inverse]))
    }
    return inverses.isEmpty ? nil : settle(inverses, by: .system, reason: reason, at: now)
  }

  /// With a place for the instance that it puts back, if it does.
  private mutating func admitting(_ change: Change, at now: Moment) -> Change {
    guard case .instance(let key, nil, var instance?, let cause) = change else { return change }
    // It is there with its note, so nothing waits for it any more.
    _ = departures.recall(InstanceKey(service: key, address: instance.address))
    admit(&instance, to: key, at: now)
    return .instance(key, before: nil, after: instance, cause: cause)
  }

  private func inverse(of change: Change, in draft: Catalog, switches before: Switches?) -> Change? {
    switch change {
    case .namespace(let id, let before, let after):
      draft.namespaces[id] == after ? .namespace(id: id, before: after, after: before) : nil
    case .service(let key, let before, _): inverse(ofService: key, before, in: draft)
    case .cluster(let key, let name, let before, _): inverse(ofCluster: name, in: key, before, in: draft)
    case .instance(let key, let before, let after, _):
      (before ?? after).flatMap { inverse(ofInstance: $0.address, in: key, before, after, in: draft) }
    case .switches(let entry, let text, let now, let all):
      before.flatMap { switches == all ? .switches(entry: entry, before: now, after: text, all: $0) : nil }
    case .note(let key, let before, let after):
      draft[key].flatMap { inverse(ofNote: before, after, on: $0, in: key.service) }
    // What it tells of has been stored elsewhere, and stands.
    case .access, .subscriber: nil
    }
  }

  private func inverse(ofService key: ServiceKey, _ before: ServiceSettings?, in draft: Catalog) -> Change? {
    let found = draft.services.read(key) { ($0.settings, $0.counts.total) }
    guard let (current, instances) = found else {
      return before.map { .service(key, before: nil, after: $0) }
    }
    // One that came into being by itself goes by itself, and one that has instances by now cannot go.
    let target = before ?? (instances > 0 ? ServiceSettings() : nil)
    if target == nil, !current.isDeclared { return nil }
    return current == target ? nil : .service(key, before: current, after: target)
  }

  private func inverse(
    ofCluster name: String, in key: ServiceKey, _ before: ClusterSettings?, in draft: Catalog
  ) -> Change? {
    guard let service = draft[key] else { return nil }
    let current = service.cluster(name)
    let isUsed = service.instances.contains { $0.address.cluster == name }
    let target = before ?? (isUsed ? ClusterSettings() : nil)
    return current == target ? nil : .cluster(key, name: name, before: current, after: target)
  }

  private func inverse(
    ofInstance address: InstanceAddress, in key: ServiceKey, _ before: Instance?, _ after: Instance?, in draft: Catalog
  ) -> Change? {
    let current = draft[InstanceKey(service: key, address: address)]
    switch (before, current) {
    case (nil, nil): return nil
    case (nil, let current?): return .instance(key, before: current, after: nil, cause: .deregistered)
    case (let before?, nil):
      // It is put back where its removal is what failed; who left meanwhile, or came back and left, stays away
      // (reliability G5).
      return after == nil && !tombstones.remembers(InstanceKey(service: key, address: address))
        ? .instance(key, before: nil, after: before, cause: .registered) : nil
    case (let before?, let current?):
      let reverted = after.map { current.taking(back: $0, to: before) } ?? current.noted(before.note)
      return reverted == current ? nil : .instance(key, before: current, after: reverted, cause: .updated)
    }
  }
}

// Notes of ephemeral instances outlive them, in memory and on disk: both must say the same.
extension Registry {
  /// An instance came back while its note was being forgotten: it has it still.
  private func inverse(
    ofNote before: InstanceNote?, _ after: InstanceNote?, on current: Instance, in service: ServiceKey
  ) -> Change? {
    guard let before, current.note == after ?? InstanceNote(overlay: nil, mark: nil) else { return nil }
    return .instance(service, before: current, after: current.noted(before), cause: .updated)
  }

  /// The note of an instance that is away: what could not be forgotten is remembered for another while, and what could
  /// not be kept is not handed to it when it returns.
  private mutating func takeBackNote(of change: Change, at now: Moment) {
    switch change {
    case .note(let key, let before?, _):
      if catalog[key] == nil { _ = departures.remember(key, client: nil, note: before, now: now.monotonic.milliseconds) }
    case .instance(let service, let before?, let after, _) where before.isEphemeral:
      let key = InstanceKey(service: service, address: before.address)
      if catalog[key] != nil { return }
      if departures.contains(key) {
        departures.give(before.note, to: key, inPlaceOf: after?.note)
      } else if after?.note.isEmpty ?? true, !before.note.isEmpty {
        _ = departures.remember(key, client: nil, note: before.note, now: now.monotonic.milliseconds)
      }
    default: break
    }
  }
}

extension Instance {
  fileprivate var note: InstanceNote { InstanceNote(overlay: overlay, mark: mark) }

  fileprivate func noted(_ note: InstanceNote) -> Instance {
    var instance = self
    instance.overlay = note.overlay
    instance.mark = note.mark
    return instance
  }

  /// This instance with what a change made of `before` as it was, as far as it still stands: what was said of it since
  /// stays.
  fileprivate func taking(back after: Instance, to before: Instance) -> Instance {
    var instance = self
    if instance.registeredWeight == after.registeredWeight { instance.registeredWeight = before.registeredWeight }
    if instance.registeredEnabled == after.registeredEnabled { instance.registeredEnabled = before.registeredEnabled }
    if instance.registeredMetadata == after.registeredMetadata { instance.registeredMetadata = before.registeredMetadata }
    if instance.app == after.app { instance.app = before.app }
    if instance.overlay == after.overlay { instance.overlay = before.overlay }
    if instance.mark == after.mark { instance.mark = before.mark }
    if instance.registeredAt == after.registeredAt { instance.registeredAt = before.registeredAt }
    return instance
  }
}

/// What a change is about: two changes of the same thing follow each other.
enum Subject: Hashable, Sendable {
  case namespace(String)
  case service(ServiceKey)
  case cluster(ServiceKey, String)
  case instance(InstanceKey)
  case switches
}

extension Change {
  var subject: Subject? {
    switch self {
    case .namespace(let id, _, _): .namespace(id)
    case .service(let key, _, _): .service(key)
    case .cluster(let key, let name, _, _): .cluster(key, name)
    case .instance(let key, let before, let after, _):
      (after ?? before).map { .instance(InstanceKey(service: key, address: $0.address)) }
    case .note(let key, _, _): .instance(key)
    case .switches: .switches
    case .access, .subscriber: nil
    }
  }

  /// The same change as it is when what it follows never happened.
  func following(_ earlier: Change) -> Change {
    switch (self, earlier) {
    case (.namespace(let id, _, let after), .namespace(_, let before, _)):
      .namespace(id: id, before: before, after: after)
    case (.service(let key, _, let after), .service(_, let before, _)): .service(key, before: before, after: after)
    case (.cluster(let key, let name, _, let after), .cluster(_, _, let before, _)):
      .cluster(key, name: name, before: before, after: after)
    case (.instance(let key, _, let after, let cause), .instance(_, let before, _, _)):
      .instance(key, before: before, after: after, cause: cause)
    case (.note(let key, _, let after), .note(_, let before, _)): .note(key, before: before, after: after)
    case (.instance(let key, let before, let after, let cause), .note(_, let note?, _)):
      .instance(key, before: before?.noted(note), after: after, cause: cause)
    case (.switches(let entry, _, let after, let all), .switches(_, let before, _, _)):
      .switches(entry: entry, before: before, after: after, all: all)
    default: self
    }
  }
}
