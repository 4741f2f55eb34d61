import RegistryModel

/// What services can be filtered by: `state=broken up<50 down>5m subs>100 ov note meta.tier=1`.
enum ServiceFields {
  static let schema = FilterSchema(
    fields: [
      "state": .text, "ns": .text, "group": .text, "up": .number, "all": .number, "off": .number, "seen": .number,
      "prot": .number, "subs": .number, "down": .duration, "chg": .duration, "ov": .flag, "note": .flag, "lie": .flag,
    ], hasMetadata: true)

  static func value(of field: String, _ service: Service, _ state: ConsoleState) -> FilterValue? {
    let counts = service.counts
    switch field {
    case "state": return .texts(words(service))
    case "ns": return .texts([service.key.namespace, state.catalog.title(ofNamespace: service.key.namespace)])
    case "group": return .text(service.key.group)
    case "up": return counts.total == 0 ? nil : .number(Double(counts.serving) / Double(counts.total) * 100)
    case "all": return .number(Double(counts.total))
    case "off": return .number(Double(counts.disabled))
    case "seen": return .number(Double(service.seen))
    case "prot": return .number(Double(service.settings.protectThreshold))
    case "subs": return .number(Double(service.subscribers))
    case "down": return service.state.isFault ? .number(seconds(service.stateSince, state)) : nil
    case "chg": return .number(seconds(service.changedAt, state))
    case "ov": return .flag(counts.overlaid > 0)
    case "note": return .flag(counts.marked > 0)
    case "lie": return .flag(service.isProtected && service.seen > counts.serving)
    default: return metadata(field, service.settings.metadata)
    }
  }

  /// The state by every name that somebody may look for it under.
  private static func words(_ service: Service) -> [String] {
    switch service.state {
    case .broken: ["broken", "down"]
    case .gone: ["gone"]
    case .protected: ["protected", "protect"]
    case .degraded: ["degraded", "degrad"]
    case .ok: ["ok"]
    case .offline: ["offline", "off"]
    case .empty: ["empty"]
    }
  }

  static func seconds(_ since: WallTime, _ state: ConsoleState) -> Double { Double(state.now.age(since: since)) / 1000 }

  static func metadata(_ field: String, _ metadata: Metadata) -> FilterValue? {
    guard field.hasPrefix("meta.") else { return nil }
    return metadata[String(field.dropFirst("meta.".count))].map(FilterValue.text)
  }
}

/// What instances can be filtered by: `ip:10.8.3.0/24 port=8080 state=down w!=1 beat>15s version=1.8.4 ov note`.
enum InstanceFields {
  static let schema = FilterSchema(
    fields: [
      "ip": .text, "port": .number, "state": .text, "w": .number, "beat": .duration, "down": .duration, "reg": .duration,
      "cluster": .text, "service": .text, "ns": .text, "app": .text, "kind": .text, "on": .flag, "ov": .flag, "note": .flag,
    ], hasMetadata: true)

  static func value(of field: String, _ subject: InstanceSubject, _ state: ConsoleState) -> FilterValue? {
    let instance = subject.instance
    switch field {
    case "ip": return .text(instance.address.ip)
    case "port": return .number(Double(instance.address.port))
    case "state": return .texts(words(instance))
    case "w": return .number(instance.weight)
    case "beat": return state.hot.beatAge(subject.key, now: state.clock).map { .number(Double($0) / 1000) }
    case "down": return instance.isHealthy ? nil : .number(ServiceFields.seconds(instance.healthChangedAt, state))
    case "reg": return .number(ServiceFields.seconds(instance.registeredAt, state))
    case "cluster": return .text(instance.address.cluster)
    case "service": return .texts([subject.key.service.name, subject.key.service.grouped])
    case "ns": return .text(subject.key.service.namespace)
    case "app": return instance.app.map(FilterValue.text)
    case "kind": return .text(instance.isEphemeral ? "ephemeral" : "persistent")
    case "on": return .flag(instance.isEnabled)
    case "ov": return .flag(instance.overlay != nil)
    case "note": return .flag(instance.mark != nil)
    default: return ServiceFields.metadata(field, instance.metadata)
    }
  }

  private static func words(_ instance: Instance) -> [String] {
    [instance.isHealthy ? "up" : "down", instance.isEnabled ? "on" : "off"]
  }

  static func texts(_ subject: InstanceSubject) -> [String] {
    let instance = subject.instance
    return [
      instance.address.hostAndPort, instance.isHealthy ? "UP" : "DOWN", instance.isEnabled ? "on" : "OFF",
      instance.metadata["version"] ?? "", instance.metadata["zone"] ?? "", instance.address.cluster,
      instance.overlay?.by ?? "", instance.mark?.text ?? "", subject.key.service.name,
    ]
  }
}
