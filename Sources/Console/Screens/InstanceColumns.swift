import RegistryModel

/// An instance with what its row needs of its service.
struct InstanceSubject: Sendable {
  var key: InstanceKey
  var instance: Instance
  var isProtected: Bool
  /// The sum of the weights that share the calls; nil where it has not been summed up.
  var totalWeight: Double?

  init?(_ key: RowKey, _ state: ConsoleState) {
    guard case .instance(let instance) = key, let service = state.catalog[instance.service],
      let found = service.instances[instance.address]
    else { return nil }
    self.key = instance
    self.instance = found
    isProtected = service.isProtected
    totalWeight = state.shares.total(of: instance.service)
  }

  init(_ key: InstanceKey, _ instance: Instance, of service: Service) {
    self.key = key
    self.instance = instance
    isProtected = service.isProtected
  }

  var isDown: Bool { instance.isEnabled && !instance.isHealthy }

  var share: Double? {
    totalWeight.map { Shares.share(of: instance, isProtected: isProtected, total: $0) }
  }
}

/// The columns of instances, in one service or in all.
enum InstanceColumns {
  static let table = Table<InstanceSubject>(
    columns: [service] + place + health + overlay + about, defaultSort: SortChoice(column: "health"))

  private static let service = Column<InstanceSubject>(
    id: "service", title: "SERVICE", width: 12...28, priority: 0, isAnchored: true, isStretchy: true, cut: .middle,
    letter: "S", cell: { subject, _ in CellText(subject.key.service.name) },
    order: { SortKey(text: $0.key.service.namespace + "\u{0}" + $0.key.service.grouped) })

  private static let place: [Column<InstanceSubject>] = [
    Column(
      id: "ip", title: "IP", width: 13...18, priority: 0, isAnchored: true, isStretchy: true, cut: .middle, letter: "N",
      cell: { subject, _ in CellText(subject.key.address.ip, .address) },
      order: { Self.addressOrder($0.key.address) }),
    Column(
      id: "port", title: "PORT", width: 5...5, priority: 0, isAnchored: true, letter: "P",
      cell: { subject, _ in CellText(String(subject.key.address.port)) }, order: { SortKey(Int($0.key.address.port)) }),
  ]

  private static let health: [Column<InstanceSubject>] = [
    Column(
      id: "health", title: "HEALTH", width: 7...7, priority: 1, letter: "H",
      cell: { subject, _ in InstanceLook.health(subject.instance) }, order: { Self.healthOrder($0) }),
    Column(
      id: "enabled", title: "ON", width: 3...3, priority: 1, letter: "O",
      cell: { subject, _ in subject.instance.isEnabled ? CellText("on", .dim) : CellText("OFF", .stateOff) },
      order: { SortKey($0.instance.isEnabled ? 1 : 0) }),
    Column(
      id: "weight", title: "WEIGHT", width: 6...8, priority: 3, alignment: .right, letter: "W", startsDescending: true,
      cell: { subject, _ in
        CellText(Figures.weight(subject.instance.weight), subject.instance.overlay?.weight == nil ? .number : .stateOverride)
      }, order: { SortKey($0.instance.weight) }),
    Column(
      id: "share", title: "SHARE", width: 6...6, priority: 5, alignment: .right,
      cell: { subject, _ in subject.share.map { CellText(Figures.share($0), $0 == 0 ? .dim : .number) } ?? .none },
      order: { SortKey($0.share ?? 0) }),
    Column(
      id: "since", title: "DOWN FOR", width: 8...8, priority: 2, alignment: .right, letter: "A", startsDescending: true,
      cell: { subject, state in
        subject.instance.isHealthy
          ? .none
          : CellText(
            Figures.lasted(state.now.age(since: subject.instance.healthChangedAt)),
            subject.isDown ? .stateDown : .stateOff)
      }, order: { SortKey($0.instance.isHealthy ? 0 : -Double($0.instance.healthChangedAt.milliseconds)) }),
    Column(
      id: "beat", title: "BEAT", width: 5...6, priority: 4, alignment: .right,
      cell: { subject, state in Self.beat(subject, state) }),
    Column(
      id: "probe", title: "PROBE", width: 8...12, priority: 4,
      cell: { subject, state in Self.probe(subject, state) }),
    Column(
      id: "registered", title: "REG AGE", width: 7...7, priority: 7, alignment: .right, letter: "R", startsDescending: true,
      cell: { subject, state in
        CellText(Figures.ago(state.now.age(since: subject.instance.registeredAt)), .dim)
      }, order: { SortKey(-Double($0.instance.registeredAt.milliseconds)) }),
  ]

  private static let overlay: [Column<InstanceSubject>] = [
    Column(
      id: "override", title: "OVERRIDE", width: 8...14, priority: 4,
      cell: { subject, state in
        guard let overlay = subject.instance.overlay else { return .none }
        let age = Figures.ago(state.now.age(since: overlay.at))
        return CellText("\(overlay.by) \(age)", .stateOverride)
      }, order: { SortKey(-Double($0.instance.overlay?.at.milliseconds ?? 0)) }),
    Column(
      id: "note", title: "NOTE", width: 12...28, priority: 4,
      cell: { subject, _ in subject.instance.mark.map { CellText($0.text, .mark) } ?? .empty },
      order: { SortKey($0.instance.mark == nil ? 1 : 0, text: $0.instance.mark?.text ?? "") }),
  ]

  private static let about: [Column<InstanceSubject>] = [
    Column(
      id: "version", title: "VERSION", width: 7...10, priority: 6, letter: "V",
      cell: { subject, _ in CellText(subject.instance.metadata["version"] ?? "", .metadataValue) },
      order: { SortKey(text: $0.instance.metadata["version"] ?? "") }),
    Column(
      id: "zone", title: "ZONE", width: 4...8, priority: 8,
      cell: { subject, _ in CellText(subject.instance.metadata["zone"] ?? "", .metadataValue) },
      order: { SortKey(text: $0.instance.metadata["zone"] ?? "") }),
    Column(
      id: "cluster", title: "CLUSTER", width: 7...12, priority: 9,
      cell: { subject, _ in CellText(subject.key.address.cluster, .dim) },
      order: { SortKey(text: $0.key.address.cluster) }),
    Column(
      id: "kind", title: "KIND", width: 5...10, priority: 10, isWide: true,
      cell: { subject, _ in CellText(subject.instance.isEphemeral ? "ephemeral" : "persistent", .dim) },
      order: { SortKey($0.instance.isEphemeral ? 0 : 1) }),
    Column(
      id: "app", title: "APP", width: 6...16, priority: 11, isWide: true,
      cell: { subject, _ in CellText(subject.instance.app ?? "", .dim) }, order: { SortKey(text: $0.instance.app ?? "") }),
    Column(
      id: "namespace", title: "NS", width: 6...14, priority: 9, cut: .middle,
      cell: { subject, state in CellText(state.catalog.title(ofNamespace: subject.key.service.namespace), .dim) },
      order: { SortKey(text: $0.key.service.namespace) }),
  ]

  /// What is down and should not be, the longest first; then what is taken out; then what is well.
  private static func healthOrder(_ subject: InstanceSubject) -> SortKey {
    let rank = subject.isDown ? 0.0 : subject.instance.isEnabled ? 2 : 1
    let since = subject.isDown ? Double(subject.instance.healthChangedAt.milliseconds) : 0
    return SortKey(rank, since, text: addressOrder(subject.key.address).text)
  }

  /// Numbers of an address in numeric order: 10.8.3.9 before 10.8.3.14.
  static func addressOrder(_ address: InstanceAddress) -> SortKey {
    var text = ""
    for part in address.ip.split(separator: ".", omittingEmptySubsequences: false) {
      text +=
        part.count < 3 && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        ? String(repeating: "0", count: 3 - part.count) + part : String(part)
      text += "."
    }
    return SortKey(Double(0), Double(0), text: text)
  }

  private static func probe(_ subject: InstanceSubject, _ state: ConsoleState) -> CellText {
    guard !subject.instance.isEphemeral, let last = state.hot.probes(subject.key)?.results.last else { return .none }
    return last.shortText
  }

  private static func beat(_ subject: InstanceSubject, _ state: ConsoleState) -> CellText {
    guard subject.instance.isEphemeral else { return .none }
    guard let age = state.hot.beatAge(subject.key, now: state.clock) else { return .none }
    let timing = InstanceTiming(subject.instance.metadata)
    return CellText(Figures.beatAge(age, timing), Figures.isLate(age, timing) ? .ageOld : .ageFresh)
  }
}
