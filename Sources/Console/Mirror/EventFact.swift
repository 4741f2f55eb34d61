import RegistryModel

/// One object that a commit changed, and how: what bursts, last changes and timelines are folded from.
struct EventFact: Sendable {
  var verb: EventVerb
  var service: ServiceKey?
  var address: InstanceAddress?
  /// The namespace or the switch, where it is neither a service nor an instance.
  var subject: String?
  /// What was and what is, such as `1.00 -> 0.20`; may hold text from strangers.
  var detail = ""
}

extension Commit {
  /// The facts of the commit in the order of its changes.
  var facts: [EventFact] { changes.compactMap { EventFact($0, origin: origin) } }

  /// Who caused it, in one word.
  var who: String { origin.who }
}

extension Origin {
  /// In one word: the operator's name, else what kind of thing it was.
  var who: String {
    switch self {
    case .client: "client"
    case .operator(let name): name
    case .probe: "probe"
    case .silence: "server"
    case .system: "system"
    case .polled: "polled"
    }
  }

  var isOperator: Bool {
    if case .operator = self { true } else { false }
  }

  /// With the address and the agent of a client.
  var description: String {
    switch self {
    case .client(let address, let agent):
      [address, agent].filter { !$0.isEmpty }.joined(separator: " ")
    case .operator(let name): name
    case .probe: "health probe"
    case .silence: "missing beats"
    case .system: "the registry"
    case .polled: "unknown: seen by polling"
    }
  }
}

extension EventFact {
  /// Nil for a change that is nobody's news.
  init?(_ change: Change, origin: Origin) {
    switch change {
    case .instance(let key, let before, let after, let cause):
      guard let instance = after ?? before else { return nil }
      let verb = Self.verb(before: before, after: after, cause: cause)
      self.init(verb: verb, service: key, address: instance.address, detail: Self.detail(verb, before: before, after: after))
    case .service(let key, nil, _): self.init(verb: .serviceCreated, service: key)
    case .service(let key, _, nil): self.init(verb: .serviceRemoved, service: key)
    case .service(let key, let before?, let after?):
      self.init(verb: .serviceChanged, service: key, detail: Self.detail(before: before, after: after))
    case .cluster(let key, let name, _, _): self.init(verb: .clusterChanged, service: key, detail: name)
    case .namespace(let id, let before, let after):
      let verb: EventVerb = before == nil ? .namespaceCreated : after == nil ? .namespaceRemoved : .namespaceChanged
      self.init(verb: verb, subject: id, detail: (after ?? before)?.name ?? "")
    case .switches(let entry, let before, let after, _):
      self.init(verb: .switchChanged, subject: entry, detail: "\(before) -> \(after)")
    case .subscriber(let subscriber, let joined):
      self.init(
        verb: joined ? .subscribe : .unsubscribe, service: subscriber.service,
        detail: [subscriber.hostAndPort, subscriber.app].filter { !$0.isEmpty }.joined(separator: " "))
    case .access(let event): self.init(event)
    case .note: return nil
    }
  }

  private init(_ event: AccessEvent) {
    let verb: EventVerb =
      switch event.kind {
      case .userCreated, .passwordChanged, .userRemoved: .userChanged
      case .roleGiven, .roleTaken: .roleChanged
      case .permissionGiven, .permissionTaken: .permissionChanged
      case .lockedOut: .lockedOut
      }
    let detail: String =
      switch event.kind {
      case .userCreated: "created"
      case .passwordChanged: "another password"
      case .userRemoved: "removed"
      case .roleGiven: "+ \(event.detail)"
      case .roleTaken: "- \(event.detail)"
      case .permissionGiven: "+ \(event.detail)"
      case .permissionTaken: "- \(event.detail)"
      case .lockedOut: "from \(event.address)"
      }
    self.init(verb: verb, subject: event.subject.isEmpty ? "unknown user" : event.subject, detail: detail)
  }

  private static func verb(before: Instance?, after: Instance?, cause: InstanceCause) -> EventVerb {
    switch cause {
    case .registered: .register
    case .reregistered: .reregister
    case .updated: .update
    case .deregistered, .serviceRemoved: .deregister
    case .turnedUnhealthy: .healthDown
    case .turnedHealthy: .healthUp
    case .expired: .expired
    case .markChanged: after?.mark == nil ? .unmarked : .marked
    case .operated: operated(before: before, after: after)
    }
  }

  private static func operated(before: Instance?, after: Instance?) -> EventVerb {
    guard let before, let after else { return .metadata }
    if before.overlay != nil, after.overlay == nil { return .restored }
    if before.isEnabled != after.isEnabled { return after.isEnabled ? .online : .offline }
    return before.weight != after.weight ? .weight : .metadata
  }

  private static func detail(_ verb: EventVerb, before: Instance?, after: Instance?) -> String {
    switch verb {
    case .weight: "\(Figures.weight(before?.weight ?? 0)) -> \(Figures.weight(after?.weight ?? 0))"
    case .marked: after?.mark?.text ?? ""
    case .unmarked: before?.mark?.text ?? ""
    case .register, .reregister: after?.metadata["version"].map { "version \($0)" } ?? ""
    case .update, .metadata: "metadata \(metadataChange(before?.metadata, after?.metadata))"
    default: ""
    }
  }

  private static func metadataChange(_ before: Metadata?, _ after: Metadata?) -> String {
    let old = before ?? Metadata()
    let new = after ?? Metadata()
    let changed = new.pairs.filter { old[$0.key] != $0.value }.map { "\($0.key)=\($0.value)" }
    let removed = old.pairs.filter { new[$0.key] == nil }.map { "-\($0.key)" }
    return (changed + removed).prefix(3).joined(separator: " ")
  }

  private static func detail(before: ServiceSettings, after: ServiceSettings) -> String {
    before.protectThreshold != after.protectThreshold
      ? "protect \(Figures.threshold(before.protectThreshold)) -> \(Figures.threshold(after.protectThreshold))" : "metadata"
  }
}
