import RegistryModel

/// Why a service is broken, protected, degraded or gone, and what its clients make of it.
struct ServiceExplanation {
  private(set) var page = TextPage()
  private let state: ConsoleState
  private let key: ServiceKey

  init(_ key: ServiceKey, _ state: ConsoleState) {
    self.state = state
    self.key = key
    guard let service = state.catalog[key] else {
      page.head("Verdict")
      page.add("there is no service \(key.grouped) in namespace \(key.namespace)", .stateGone)
      waiting()
      return
    }
    verdict(service)
    beginning(service)
    clients(service)
    operators(service)
    cause(service)
    told(service)
    next(service)
  }

  /// Milliseconds around a turn that things are taken to belong to it.
  private static let vicinity: Int64 = 10_000
  /// Milliseconds before an outage in which a deployment is suspect.
  private static let deployment: Int64 = 15 * 60_000

  private mutating func waiting() {
    let waiting = state.catalog.waitingSubscribers[key] ?? 0
    if waiting > 0 { page.add("\(waiting) subscribers wait for it", .stateDegraded) }
  }

  private mutating func verdict(_ service: Service) {
    page.head("Verdict")
    page.add(Sentences.verdict(on: service), service.state.role)
    if service.state.isFault {
      page.add("\(service.state.longWord) since \(DescribeScreen.time(service.stateSince, state))", service.state.role)
    }
  }

  private mutating func beginning(_ service: Service) {
    guard service.state.isFault else { return }
    let events = state.mirror.journal.groups.filter { group in
      group.concerns(key) && group.severity != .info && group.firstAt.age(since: service.stateSince) <= Self.vicinity
        && service.stateSince.age(since: group.lastAt) <= Self.vicinity
    }
    page.head("What happened then")
    if events.isEmpty { page.add("nothing that is remembered", .dim) }
    for event in events.suffix(6) {
      let at = Figures.clock(event.firstAt, utcOffset: state.utcOffset)
      page.add(
        "\(at)  \(event.who)  \(event.verb.title)\(event.count > 1 ? " x\(event.count)" : "")  \(event.detail)",
        event.severity.role)
    }
    let since = service.stateSince
    let deployed = state.mirror.journal.groups.last { group in
      group.verb == .register && group.concerns(key) && group.firstAt <= since
        && since.age(since: group.firstAt) <= Self.deployment
    }
    if let deployed {
      let before = Figures.duration(since.age(since: deployed.firstAt))
      page.add(
        "\(deployed.count) registered \(before) before it \(deployed.detail): a deployment may be the cause", .stateDegraded)
    }
  }

  private mutating func clients(_ service: Service) {
    page.head("What clients see")
    let counts = service.counts
    let limit = Figures.threshold(service.settings.protectThreshold)
    page.add("\(counts.serving) of \(counts.total) are healthy and enabled; clients are told of \(service.seen)")
    guard service.isProtected else {
      page.add("protection is off: \(counts.healthy)/\(counts.total) is above \(limit)", .dim)
      return
    }
    page.add("protection is ON: \(counts.healthy)/\(counts.total) healthy is at or below the threshold \(limit)", .stateProtect)
    if service.seen > counts.serving {
      page.add("so the answer calls all \(service.seen) enabled instances healthy, dead ones too", .stateProtect)
    }
    if service.settings.protectThreshold == 0 {
      page.add("a threshold of 0.00 protects exactly this case, none healthy: the comparison is <=", .stateProtect)
    }
  }

  private mutating func operators(_ service: Service) {
    let touched = service.instances.filter { $0.overlay != nil }.sorted { $0.address < $1.address }
    guard !touched.isEmpty else { return }
    page.head("What operators set (it outlives a registration)")
    for instance in touched.prefix(8) {
      guard let overlay = instance.overlay else { continue }
      let age = Figures.ago(state.now.age(since: overlay.at))
      page.add("\(instance.address.hostAndPort)  \(overlay.changes(over: instance))  by \(overlay.by) \(age) ago", .stateOverride)
    }
    if touched.count > 8 { page.add("and \(touched.count - 8) more", .dim) }
  }

  private mutating func cause(_ service: Service) {
    guard service.state.isFault else { return }
    page.head("What the failures have in common")
    let failed = service.instances.filter { $0.isEnabled && !$0.isHealthy }
      .map { FailureCensus.Member(service: key, instance: $0, since: $0.healthChangedAt) }
    let lost = state.mirror.losses.losses.filter { $0.key.service == key }
      .map { FailureCensus.Member(service: key, instance: $0.value.instance, since: $0.value.at) }
    let healthy = service.instances.filter(\.isHealthy)
      .map { FailureCensus.Member(service: key, instance: $0, since: $0.healthChangedAt) }
    let census = FailureCensus(failed: failed + lost, healthy: healthy)
    if let cause = CommonCause(census) {
      page.add(cause.sentence(utcOffset: state.utcOffset), .emphasis)
    } else {
      page.add("\(census.failed.count) failures, too few or too different to tell", .dim)
    }
    if let everywhere = state.commonCause {
      page.add("everywhere: \(everywhere.sentence(utcOffset: state.utcOffset))", .emphasis)
    }
    for member in census.failed.sorted(by: { $0.instance.address < $1.instance.address }).prefix(6) {
      let since = Figures.clock(member.since, utcOffset: state.utcOffset)
      page.add("\(member.instance.address.hostAndPort)  down since \(since)  \(why(member.instance))", .stateDown)
    }
  }

  private func why(_ instance: Instance) -> String {
    guard instance.isEphemeral else {
      let last = state.hot.probes(InstanceKey(service: key, address: instance.address))?.results.last
      return last.map { "probe: \($0.reason)" } ?? "its probe fails"
    }
    let timing = InstanceTiming(instance.metadata)
    let age = state.hot.beatAge(InstanceKey(service: key, address: instance.address), now: state.clock)
    return age.map { "no beat for \(Figures.age($0)) (limit \(Figures.age(timing.beatTimeout)))" } ?? "no beat"
  }

  private mutating func told(_ service: Service) {
    page.head("Who was told")
    guard service.subscribers > 0 else {
      page.add("nobody subscribes; clients that poll see it at their next poll", .dim)
      return
    }
    guard let hot = state.hot.subscribers, hot.service == key else {
      page.add("\(Readable.count(service.subscribers)) subscribe; s shows what each was told")
      return
    }
    let digest = SubscriberDigest(hot.page, current: state.hot.currentRevision(of: key))
    page.add(digest.sentence, digest.failing > 0 ? .stateDegraded : .base)
  }

  private mutating func next(_ service: Service) {
    page.head("Keys")
    page.add("Enter on the service: its instances   s: subscribers   T: what happened to it   p: push", .dim)
  }
}
