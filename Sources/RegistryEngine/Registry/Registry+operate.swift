import RegistryModel

extension Registry {
  /// Changes an operator's overlay. A field that comes to be what the client says anyway is taken out of it, so that the
  /// opposite of an edit leaves nothing behind.
  func operate(
    _ key: InstanceKey, _ change: OverlayChange, by origin: Origin, at now: Moment
  ) throws(RegistryError) -> Decision {
    guard let before = catalog[key] else { throw .instanceNotFound(key.service, key.address) }
    var overlay = before.overlay ?? Overlay(by: "", at: now.wall)
    switch change {
    case .setWeight(let weight): overlay.weight = try rules.weight(weight)
    case .setEnabled(let isEnabled): overlay.isEnabled = isEnabled
    case .setMetadata(let keys): overlay.metadata.merge(keys) { $1 }
    case .clear: overlay = Overlay(by: "", at: now.wall)
    }
    simplify(&overlay, over: before)
    try check(overlay, over: before)
    var after = before
    if !overlay.says(sameAs: before.overlay) {
      overlay.by = origin.name
      overlay.at = now.wall
      after.overlay = overlay
    }
    return Decision(changes: after == before ? [] : [.instance(key.service, before: before, after: after, cause: .operated)])
  }

  private func simplify(_ overlay: inout Overlay, over instance: Instance) {
    if overlay.weight == instance.registeredWeight { overlay.weight = nil }
    if overlay.isEnabled == instance.registeredEnabled { overlay.isEnabled = nil }
    overlay.metadata = overlay.metadata.filter { key, value in instance.registeredMetadata[key] != value }
  }

  private func check(_ overlay: Overlay, over instance: Instance) throws(RegistryError) {
    if overlay.metadata.count > limits.overlayKeys { throw .limit(what: "keys in an overlay", most: limits.overlayKeys) }
    try rules.check(instance.registeredMetadata.applying(overlay.metadata))
  }

  /// Sets or, with a blank text, removes the mark.
  func mark(
    _ key: InstanceKey, _ text: String?, by origin: Origin, at now: Moment
  ) throws(RegistryError) -> Decision {
    guard let before = catalog[key] else { throw .instanceNotFound(key.service, key.address) }
    let isBlank = text?.allSatisfy(\.isWhitespace) ?? true
    if let text, text.utf8.count > limits.markBytes { throw .limit(what: "bytes in a mark", most: limits.markBytes) }
    if isBlank ? before.mark == nil : before.mark?.text == text { return Decision() }
    var after = before
    after.mark = isBlank ? nil : text.map { Mark(text: $0, by: origin.name, at: now.wall) }
    return Decision(changes: [.instance(key.service, before: before, after: after, cause: .markChanged)])
  }
}

extension Overlay {
  /// Whether both want the same, whoever said it and when.
  fileprivate func says(sameAs other: Overlay?) -> Bool {
    weight == other?.weight && isEnabled == other?.isEnabled && metadata == (other?.metadata ?? [:])
  }
}

extension Origin {
  /// Who, in a word.
  var name: String {
    switch self {
    case .client(let address, _): address
    case .operator(let name): name
    case .probe: "probe"
    case .silence: "silence"
    case .system: "system"
    case .polled: "polled"
    }
  }
}
