import RegistryModel

/// What a plan would make of the services it touches: the registry's own rules, applied to a copy of the catalogue.
struct EffectPreview: Sendable {
  struct ServiceEffect: Sendable {
    var key: ServiceKey
    var subscribers: Int
    var threshold: Float
    var before: ServiceFigures
    var after: ServiceFigures
  }

  struct ServiceFigures: Hashable, Sendable {
    var counts: InstanceCounts
    var seen: Int
    var isProtected: Bool
    var state: ServiceState

    init(_ service: Service) {
      counts = service.counts
      seen = service.seen
      isProtected = service.isProtected
      state = service.state
    }

    /// `8*` where protection has clients told of the dead as well.
    var seenText: String { "\(seen)\(isProtected && seen > counts.serving ? "*" : "")" }
  }

  /// In the order in which the targets name them.
  private(set) var services: [ServiceEffect] = []

  init(_ plan: ChangePlan, _ catalog: Catalog, by name: String, at time: WallTime) {
    var changes: [Change] = []
    var keys: [ServiceKey] = []
    for key in plan.targets {
      guard let instance = catalog[key] else { continue }
      if !keys.contains(key.service) { keys.append(key.service) }
      let after = plan.after(key, instance, by: name, at: time)
      changes.append(.instance(key.service, before: instance, after: after, cause: after == nil ? .deregistered : .operated))
    }
    var copy = catalog
    copy.apply(
      Commit(revision: catalog.revision + 1, at: time, origin: .operator(name: name), changes: changes))
    services = keys.compactMap { key in
      guard let before = catalog[key], let after = copy[key] else { return nil }
      return ServiceEffect(
        key: key, subscribers: before.subscribers, threshold: before.settings.protectThreshold, before: ServiceFigures(before),
        after: ServiceFigures(after))
    }
  }

  /// Whether clients of some service would be left with nothing, or be served the dead.
  var isSevere: Bool { services.contains { !$0.warnings.isEmpty } }
}

extension EffectPreview.ServiceEffect {
  /// `order-core  healthy 8/12 -> 4/8  SEEN 8 -> 4  22 subscribers are told`.
  var summary: String {
    let up = "up \(before.counts.serving)/\(before.counts.total) -> \(after.counts.serving)/\(after.counts.total)"
    let told = subscribers == 1 ? "1 subscriber is told" : "\(Readable.count(subscribers)) subscribers are told"
    return "\(up)   SEEN \(before.seenText) -> \(after.seenText)   \(told)"
  }

  /// For narrow screens.
  var shortSummary: String {
    "up \(before.counts.serving)/\(before.counts.total)->\(after.counts.serving)/\(after.counts.total) "
      + "SEEN \(before.seenText)->\(after.seenText) (\(subscribers) subs)"
  }

  /// What somebody would not want to learn afterwards, worst first.
  var warnings: [String] {
    var warnings: [String] = []
    if after.seen == 0, before.seen > 0 { warnings.append("clients will be told of NO instance") }
    if after.counts.serving == 0, before.counts.serving > 0, after.seen > 0 {
      warnings.append("no healthy instance is left")
    }
    if after.isProtected, !before.isProtected, after.seen > after.counts.serving {
      let limit = Figures.threshold(threshold)
      let counts = "\(after.counts.healthy)/\(after.counts.total) <= \(limit)"
      warnings.append("protection turns ON (\(counts)): clients are told of unhealthy ones too")
    }
    if before.isProtected, !after.isProtected, before.seen > before.counts.serving {
      warnings.append("protection turns off: clients are told of the healthy ones only")
    }
    return warnings
  }
}
