import RegistryModel

/// Everything that is known of one object, nothing left out.
struct DescribeScreen: TextScreen {
  let key: RowKey

  var title: String { "\(key.name) described" }

  func page(_ state: ConsoleState) -> TextPage {
    switch key {
    case .service(let service): Self.describe(service, state)
    case .instance(let instance): Self.describe(instance, state)
    case .namespace(let id): Self.describe(namespace: id, state)
    case .subscriber(let subscriber): Self.describe(subscriber, state)
    case .event(let id): Self.describe(id, state)
    case .switchEntry(let entry): Self.describe(switch: entry, state)
    }
  }

  func queries(_ state: ConsoleState, isOpening: Bool) -> [Query] {
    switch key {
    case .instance(let key): [.vitals(key.service), .probes(key.service)]
    case .subscriber(let subscriber):
      isOpening ? [.subscribers(subscriber.service, offset: 0, limit: SubscribersScreen.limit)] : []
    case .namespace, .service, .event, .switchEntry: []
    }
  }

  static func time(_ time: WallTime, _ state: ConsoleState) -> String {
    "\(Figures.dateTime(time, utcOffset: state.utcOffset))  (\(Figures.lasted(state.now.age(since: time))) ago)"
  }

  private static func metadata(_ metadata: Metadata, _ page: inout TextPage) {
    page.head("Metadata")
    if metadata.isEmpty { page.add("none", .dim) }
    for pair in metadata.pairs { page.field(pair.key, pair.value, .metadataValue) }
  }
}

extension DescribeScreen {
  private static func describe(_ key: ServiceKey, _ state: ConsoleState) -> TextPage {
    var page = TextPage()
    guard let service = state.catalog[key] else {
      page.add("\(key.grouped) is not in namespace \(key.namespace)", .stateGone)
      return page
    }
    let counts = service.counts
    page.head("Service")
    page.field("name", key.name)
    page.field("group", key.group)
    page.field("namespace", "\(state.catalog.title(ofNamespace: key.namespace))  id \(key.namespace)")
    page.field("state", "\(service.state.longWord) since \(time(service.stateSince, state))", service.state.role)
    page.field("declared", service.settings.isDeclared ? "yes, somebody created it" : "no, registrations made it")
    page.field("created", time(service.createdAt, state))
    page.field("changed", time(service.changedAt, state))
    page.field("revision", String(service.revision))
    page.head("Instances")
    page.field("total", "\(counts.total)  (\(counts.ephemeral) ephemeral, \(counts.total - counts.ephemeral) persistent)")
    page.field("healthy", "\(counts.healthy) of \(counts.total)")
    page.field("enabled", "\(counts.enabled) of \(counts.total)")
    page.field("overridden", String(counts.overlaid))
    page.field("with a note", String(counts.marked))
    if service.lostInstances > 0 { page.field("lost", "was \(service.lostInstances)", .stateGone) }
    page.head("Clients")
    page.field("protect at", Figures.threshold(service.settings.protectThreshold))
    page.field("protected", service.isProtected ? "yes: \(counts.healthy)/\(counts.total) is at or below it" : "no")
    page.field("told healthy", "\(service.seen)", Cells.seen(service).role)
    page.field("subscribers", Readable.count(service.subscribers))
    if case .label(let expression, _) = service.settings.selector { page.field("selector", expression) }
    clusters(service, &page)
    metadata(service.settings.metadata, &page)
    return page
  }

  private static func clusters(_ service: Service, _ page: inout TextPage) {
    page.head("Clusters")
    if service.clusters.isEmpty { page.add("none of its own: the default TCP checker would hold", .dim) }
    for (name, settings) in service.clusters {
      let port = settings.usesInstancePort ? "the instance's port" : "port \(settings.checkPort)"
      page.field(name, "checker \(checker(settings.checker)), \(port)")
      for pair in settings.metadata.pairs { page.field("  \(pair.key)", pair.value, .metadataValue) }
    }
  }

  private static func checker(_ checker: HealthChecker) -> String {
    switch checker {
    case .tcp: "TCP"
    case .http(let path, let headers, let code):
      "HTTP \(path) expecting \(code)\(headers.isEmpty ? "" : ", headers \(headers)")"
    case .mysql(let user, _, let command): "MySQL as \(user ?? "-"): \(command ?? "-")"
    case .none: "NONE"
    }
  }

  private static func describe(_ key: InstanceKey, _ state: ConsoleState) -> TextPage {
    var page = TextPage()
    guard let instance = state.catalog[key] else {
      page.add("\(key.address.hostAndPort) is no longer in \(key.service.name)", .stateGone)
      return page
    }
    let look = InstanceLook.health(instance)
    page.head("Instance")
    page.field("address", key.address.hostAndPort, .address)
    page.field("service", "\(key.service.grouped) in \(key.service.namespace)")
    page.field("cluster", key.address.cluster)
    page.field(
      "kind", instance.isEphemeral ? "ephemeral: lives by its client's beats" : "persistent: probed, stays until removed")
    page.field("id", instance.id(in: key.service))
    page.field("app", instance.app ?? "-")
    page.field("registered", time(instance.registeredAt, state))
    page.field("health", "\(look.text) since \(time(instance.healthChangedAt, state))", look.role)
    page.field("enabled", instance.isEnabled ? "on" : "OFF", instance.isEnabled ? .base : .stateOff)
    page.field("weight", Figures.weight(instance.weight))
    if instance.isEphemeral { beats(key, instance, state, &page) } else { ProbeLines.write(key, state, &page) }
    page.head("What the client said")
    page.field("weight", Figures.weight(instance.registeredWeight))
    page.field("enabled", instance.registeredEnabled ? "on" : "OFF")
    page.head("What operators set")
    if let overlay = instance.overlay {
      page.field("override", "\(overlay.changes(over: instance))  by \(overlay.by), \(time(overlay.at, state))", .stateOverride)
    }
    if let mark = instance.mark { page.field("note", "\(mark.text)  by \(mark.by), \(time(mark.at, state))", .mark) }
    if instance.overlay == nil, instance.mark == nil { page.add("nothing", .dim) }
    metadata(instance.metadata, &page)
    return page
  }

  private static func beats(_ key: InstanceKey, _ instance: Instance, _ state: ConsoleState, _ page: inout TextPage) {
    let timing = InstanceTiming(instance.metadata)
    let age = state.hot.beatAge(key, now: state.clock).map { "\(Figures.beatAge($0, timing)) ago" } ?? "not known yet"
    page.field("last beat", age)
    page.field(
      "without beats", "unhealthy after \(Figures.age(timing.beatTimeout)), removed after \(Figures.age(timing.deleteTimeout))")
  }

  private static func describe(namespace id: String, _ state: ConsoleState) -> TextPage {
    var page = TextPage()
    let totals = id.isEmpty ? state.catalog.totals : state.catalog.totals(in: id) ?? Catalog.Totals()
    page.head("Namespace")
    page.field("id", id.isEmpty ? "(all)" : id)
    page.field("name", id.isEmpty ? "all namespaces" : state.catalog.title(ofNamespace: id))
    if let namespace = state.catalog.namespaces[id] {
      page.field("about", namespace.about)
      page.field("created", time(namespace.createdAt, state))
    }
    page.head("Sums")
    page.field("services", Readable.count(totals.services))
    for service in ServiceState.allCases where totals.count(service) > 0 {
      page.field("  \(service.longWord)", Readable.count(totals.count(service)), service.role)
    }
    page.field("instances", Readable.count(totals.instances.total))
    page.field("healthy", Readable.count(totals.instances.healthy))
    page.field("disabled", Readable.count(totals.instances.disabled))
    page.field("subscribers", Readable.count(totals.subscribers))
    if let changed = totals.changedAt { page.field("changed", time(changed, state)) }
    return page
  }

  private static func describe(_ subscriber: Subscriber, _ state: ConsoleState) -> TextPage {
    var page = TextPage()
    page.head("Subscriber")
    page.field("address", subscriber.hostAndPort, .address)
    page.field("service", "\(subscriber.service.grouped) in \(subscriber.service.namespace)")
    page.field("clusters", subscriber.clusters.isEmpty ? "all" : subscriber.clusters)
    page.field("agent", subscriber.agent)
    page.field("app", subscriber.app)
    guard let found = state.hot.subscribers?.page.subscribers.first(where: { $0.subscriber == subscriber }) else {
      page.add("it no longer subscribes, or is not among the first \(SubscribersScreen.limit)", .dim)
      return page
    }
    page.head("Push")
    let result = SubscriberColumns.result(found, current: state.hot.currentRevision(of: subscriber.service))
    page.field("result", result.text, result.role)
    page.field("subscribed", time(found.subscribedAt, state))
    page.field("polled", time(found.refreshedAt, state))
    page.field("sent revision", String(found.pushedRevision))
    page.field("acknowledged", String(found.acknowledgedRevision))
    if let at = found.pushedAt { page.field("sent at", time(at, state)) }
    if let at = found.acknowledgedAt { page.field("acknowledged at", time(at, state)) }
    if let trip = found.roundTrip { page.field("round trip", Readable.latency(.microseconds(trip))) }
    page.field("told hosts", String(found.toldHosts))
    page.field("given up", "\(found.failures) in all, \(found.failuresInARow) in a row")
    return page
  }

  private static func describe(_ id: EventID, _ state: ConsoleState) -> TextPage {
    var page = TextPage()
    guard let group = state.mirror.journal.group(id) else {
      page.add("this event is no longer remembered", .dim)
      return page
    }
    page.head(group.verb.title)
    page.field("who", group.origin.description)
    if let reason = group.reason { page.field("reason", reason) }
    page.field("began", time(group.firstAt, state))
    if group.lastAt != group.firstAt { page.field("ended", time(group.lastAt, state)) }
    page.field("how many", Readable.count(group.count))
    page.field("revisions", "\(group.id.revision) to \(group.lastRevision)")
    if let network = group.network, group.count > 1 { page.field("all in", network.description) }
    if let subject = group.subject { page.field("subject", subject) }
    if !group.detail.isEmpty { page.field("detail", group.detail) }
    page.head("Services")
    for service in group.services { page.add("\(service.namespace) \(service.grouped)") }
    if !group.addresses.isEmpty {
      page.head("Instances")
      for address in group.addresses { page.add(address.hostAndPort, .address) }
      if group.count > group.addresses.count { page.add("and \(group.count - group.addresses.count) more", .dim) }
    }
    return page
  }

  private static func describe(switch entry: String, _ state: ConsoleState) -> TextPage {
    var page = TextPage()
    guard let found = SwitchEntry.all.first(where: { $0.name == entry }) else { return page }
    page.head("Switch")
    page.field("name", found.name)
    page.field("value", found.value(state.mirror.switches))
    page.field("default", found.value(Switches()))
    page.field("about", found.about)
    page.field("takes", found.entry == nil ? "cannot be set: \(found.fixedReason)" : found.kind.hint)
    return page
  }
}
