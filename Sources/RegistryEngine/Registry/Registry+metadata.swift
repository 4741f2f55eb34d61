import RegistryModel

extension Registry {
  /// Sets or removes metadata keys of several instances (naming-server-v1 1.1.9). It never fails: what is not there, and
  /// what would become too large, is left out. The answer names all that it was for, in order of addresses.
  mutating func patchMetadata(
    _ service: ServiceKey, _ selection: BatchSelection, _ metadata: Metadata, isRemoval: Bool
  ) -> Decision {
    let keys = Dictionary(
      metadata.pairs.map { ($0.key, isRemoval ? String?.none : $0.value) }, uniquingKeysWith: { $1 })
    var decision = Decision()
    for before in selected(selection, in: service) {
      guard let after = patched(before, with: keys) else { continue }
      decision.touched.append(before.address)
      if after != before {
        decision.changes.append(.instance(service, before: before, after: after, cause: .updated))
      }
    }
    return decision
  }

  private func selected(_ selection: BatchSelection, in service: ServiceKey) -> [Instance] {
    guard let instances = catalog.services.read(service, { $0.instances }) else { return [] }
    let selected: [Instance]
    switch selection {
    case .allEphemeral: selected = instances.filter(\.isEphemeral)
    case .allPersistent: selected = instances.filter { !$0.isEphemeral }
    case .these(let addresses):
      selected = Set(addresses.flatMap { [$0, $0.withoutPort] }).compactMap { instances[$0] }
    }
    return selected.sorted { $0.address < $1.address }
  }

  private mutating func patched(_ before: Instance, with keys: [String: String?]) -> Instance? {
    let metadata = before.registeredMetadata.applying(keys)
    do { try rules.check(metadata) } catch { return nil }
    var after = before
    if metadata != before.registeredMetadata { after.registeredMetadata = pool.shared(metadata) }
    if var overlay = before.overlay {
      for key in keys.keys { overlay.metadata[key] = nil }
      after.overlay = overlay
    }
    return after
  }
}

extension InstanceAddress {
  /// An instance without a port is meant by whatever port it is asked for.
  fileprivate var withoutPort: InstanceAddress {
    InstanceAddress(cluster: cluster, ip: ip, port: 0, isEphemeral: isEphemeral)
  }
}
