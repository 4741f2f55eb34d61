import RegistryModel

/// What an operator is about to do to some instances. Nothing is sent until a dialog has shown what it would mean.
struct ChangePlan: Sendable {
  enum Kind: Hashable, Sendable {
    case deregister
    case setEnabled(Bool)
    case setWeight
    case clearOverlay
    case setHealth(Bool)
  }

  var kind: Kind
  var targets: [InstanceKey]
  /// Selected, but left out because the filter hides them.
  var hidden: [InstanceKey] = []
  /// What each target will weigh, where the plan is about weights.
  var weights: [InstanceKey: Double] = [:]

  /// What it does, as a button says it.
  var verb: String {
    switch kind {
    case .deregister: "Deregister"
    case .setEnabled(false): "Take out"
    case .setEnabled(true): "Put back"
    case .setWeight: "Set weight"
    case .clearOverlay: "Clear override"
    case .setHealth(true): "Set healthy"
    case .setHealth(false): "Set unhealthy"
    }
  }

  var title: String {
    "\(verb)\(kind == .clearOverlay ? " of" : "") \(targets.count == 1 ? targets[0].address.hostAndPort : "\(targets.count) instances")"
  }

  /// The instance as it would stand afterwards; nil for gone.
  func after(_ key: InstanceKey, _ instance: Instance, by name: String, at time: WallTime) -> Instance? {
    var after = instance
    switch kind {
    case .deregister: return nil
    case .setEnabled(let isEnabled): after.change(by: name, at: time) { $0.isEnabled = isEnabled }
    case .setWeight: if let weight = weights[key] { after.change(by: name, at: time) { $0.weight = weight } }
    case .clearOverlay: after.overlay = nil
    case .setHealth(let isHealthy): after.isHealthy = isHealthy
    }
    return after
  }

  private func action(_ key: InstanceKey) -> Action {
    switch kind {
    case .deregister: .deregister(key)
    case .setEnabled(let isEnabled): .operate(key, .setEnabled(isEnabled))
    case .setWeight: .operate(key, .setWeight(weights[key] ?? 1))
    case .clearOverlay: .operate(key, .clear)
    case .setHealth(let isHealthy):
      .setHealth(
        key.service, cluster: key.address.cluster, ip: key.address.ip, port: Int(key.address.port), isHealthy: isHealthy)
    }
  }

  /// What would undo it for one target, in order; nothing where it cannot be undone.
  private func inverse(_ key: InstanceKey, _ instance: Instance) -> [Action] {
    switch kind {
    case .deregister: Self.registration(key, instance).map { [.register($0)] } ?? []
    case .setEnabled: [.operate(key, .setEnabled(instance.isEnabled))]
    case .setWeight: [.operate(key, .setWeight(instance.weight))]
    case .clearOverlay: instance.overlay.map { Self.restoring($0, of: key) } ?? []
    case .setHealth(let isHealthy):
      [
        .setHealth(
          key.service, cluster: key.address.cluster, ip: key.address.ip, port: Int(key.address.port), isHealthy: !isHealthy)
      ]
    }
  }

  /// An ephemeral instance lives by its client alone: registering it in the client's place would only let it expire.
  private static func registration(_ key: InstanceKey, _ instance: Instance) -> Registration? {
    guard !instance.isEphemeral else { return nil }
    return Registration(
      key: key, weight: instance.registeredWeight, isEnabled: instance.registeredEnabled, isHealthy: instance.isHealthy,
      metadata: instance.registeredMetadata, app: instance.app)
  }

  private static func restoring(_ overlay: Overlay, of key: InstanceKey) -> [Action] {
    var actions: [Action] = []
    if let weight = overlay.weight { actions.append(.operate(key, .setWeight(weight))) }
    if let isEnabled = overlay.isEnabled { actions.append(.operate(key, .setEnabled(isEnabled))) }
    if !overlay.metadata.isEmpty { actions.append(.operate(key, .setMetadata(overlay.metadata))) }
    return actions
  }

  /// What goes to the registry, one command a target; targets that are gone by now are left out.
  func requests(_ catalog: Catalog, by name: String, reason: String?) -> [Outbox.Request] {
    targets.compactMap { key in
      guard let instance = catalog[key] else { return nil }
      return Outbox.Request(
        target: .instance(key), command: Command(action(key), by: .operator(name: name), reason: reason),
        inverse: inverse(key, instance))
    }
  }
}

extension Instance {
  /// Changes the overlay as an operator of that name would.
  mutating func change(by name: String, at time: WallTime, _ body: (inout Overlay) -> Void) {
    var overlay = overlay ?? Overlay(by: name, at: time)
    body(&overlay)
    overlay.by = name
    overlay.at = time
    self.overlay = overlay
  }
}
