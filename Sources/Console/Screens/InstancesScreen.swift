import RegistryModel

/// The instances of one service, what is wrong first, between what the service says of itself and the one under the cursor.
struct InstancesScreen: ListScreen {
  let service: ServiceKey

  var table: Table<InstanceSubject> { InstanceColumns.table }

  func keys(_ state: ConsoleState) -> [RowKey] {
    guard let service = state.catalog[service] else { return [] }
    return service.instances.map { .instance(InstanceKey(service: service.key, address: $0.address)) }
  }

  func subject(_ key: RowKey, _ state: ConsoleState) -> InstanceSubject? {
    key.service == service ? InstanceSubject(key, state) : nil
  }

  func affected(by changes: MirrorChanges, _ state: ConsoleState) -> [RowKey]? {
    if changes.isEverything { return nil }
    return changes.instances.filter { $0.service == service }.map(RowKey.instance)
  }

  func hiddenColumns(_ state: ConsoleState) -> Set<String> {
    var hidden: Set = ["service", "namespace"]
    guard let service = state.catalog[service] else { return hidden }
    if service.clusters.count < 2 { hidden.insert("cluster") }
    if service.counts.ephemeral == 0 { hidden.insert("beat") }
    if service.counts.ephemeral == service.counts.total { hidden.insert("probe") }
    return hidden
  }

  func symbol(_ subject: InstanceSubject, _ key: RowKey, _ state: ConsoleState) -> (symbol: Symbol, role: Role) {
    InstanceLook.symbol(subject.instance)
  }

  func hasNote(_ subject: InstanceSubject) -> Bool { subject.instance.mark != nil }
  func isFault(_ subject: InstanceSubject) -> Bool { subject.isDown }

  func texts(_ subject: InstanceSubject, _ state: ConsoleState) -> [String] { InstanceFields.texts(subject) }

  var filterSchema: FilterSchema { InstanceFields.schema }

  func value(of field: String, _ subject: InstanceSubject, _ state: ConsoleState) -> FilterValue? {
    InstanceFields.value(of: field, subject, state)
  }

  func queries(_ state: ConsoleState, isOpening: Bool) -> [Query] {
    guard let service = state.catalog[service] else { return [] }
    let vitals = service.counts.ephemeral > 0 ? [Query.vitals(service.key)] : []
    return service.counts.ephemeral < service.counts.total ? vitals + [.probes(service.key)] : vitals
  }

  // Drawing.

  private struct Parts {
    var summary: Rect
    var list: Rect
    var detail: Rect
    var isBoxed: Bool
  }

  private func parts(_ body: Rect, _ state: ConsoleState) -> Parts {
    guard state.layout.isBoxed else {
      let (summary, list) = body.split(top: body.rows >= 9 ? 1 : 0)
      return Parts(summary: summary, list: list, detail: body.split(top: 0).top, isBoxed: false)
    }
    let (summary, rest) = body.split(top: body.rows >= 18 ? 5 : 1)
    let (list, detail) = rest.split(bottom: body.rows >= 18 ? 3 : 2)
    return Parts(summary: summary, list: list, detail: detail, isBoxed: true)
  }

  func listHeight(in body: Rect, _ state: ConsoleState) -> Int {
    let parts = parts(body, state)
    return parts.list.rows - (parts.isBoxed ? 3 : 1)
  }

  func draw(_ visit: Visit, on frame: inout Frame, in body: Rect, _ state: ConsoleState) {
    let parts = parts(body, state)
    ServiceSummary.draw(service, on: &frame, in: parts.summary, state)
    var inside = parts.list
    if parts.isBoxed {
      inside = frame.box(
        parts.list, title: "Instances", note: visit.list.position(height: listHeight(in: body, state)),
        style: Style(.borderFocus))
    }
    drawTable(visit.list, on: &frame, in: inside, state)
    if let key = state.detail, let subject = subject(key, state) {
      InstanceDetail.draw(subject, on: &frame, in: parts.detail.inset(rows: 0, columns: 1), state)
    }
  }
}

/// What a service says of itself, above its instances.
enum ServiceSummary {
  static func draw(_ key: ServiceKey, on frame: inout Frame, in rect: Rect, _ state: ConsoleState) {
    guard !rect.isEmpty else { return }
    guard let service = state.catalog[key] else {
      frame.put("\(key.name) is no longer there", row: 0, column: 1, style: Style(.stateGone), in: rect)
      return
    }
    guard rect.rows >= 5 else {
      figures(service, state).draw(on: &frame, in: rect.line(0))
      return
    }
    let note = [key.group == ServiceKey.defaultGroup ? "" : key.group, kind(service)].filter { !$0.isEmpty }
    let inside = frame.box(
      rect, title: "\(key.name)  \(state.catalog.title(ofNamespace: key.namespace))", note: note.joined(separator: "  "))
    figures(service, state).draw(on: &frame, in: inside.line(0))
    history(service, state).draw(on: &frame, in: inside.line(1))
    settings(service, state).draw(on: &frame, in: inside.line(2))
  }

  private static func kind(_ service: Service) -> String {
    let persistent = service.counts.total - service.counts.ephemeral
    if persistent == 0 { return "ephemeral, by beats" }
    let checker =
      switch service.clusters.first?.settings.checker {
      case .tcp?: "TCP probe"
      case .http?: "HTTP probe"
      case .mysql?: "MySQL probe"
      case HealthChecker.none?: "no probe"
      case nil: "TCP probe"
      }
    return service.counts.ephemeral == 0 ? "persistent, \(checker)" : "ephemeral and persistent, \(checker)"
  }

  private static func figures(_ service: Service, _ state: ConsoleState) -> LineOfPieces {
    let counts = service.counts
    let role = service.state.role
    var line = LineOfPieces()
    line.add("\(state.sign(service.state.symbol)) \(service.state.longWord)", role, priority: 0, attributes: .bold)
    line.add("up \(counts.serving)/\(counts.total)", role, priority: 0)
    if counts.disabled > 0 { line.add("off \(counts.disabled)", .stateOff, priority: 2) }
    let seen = Cells.seen(service)
    line.add("SEEN \(seen.text)", seen.role, priority: 1)
    if service.isProtected, service.seen > counts.serving {
      let threshold = Figures.threshold(service.settings.protectThreshold)
      line.add("PROTECTED (\(counts.healthy)/\(counts.total) <= \(threshold))", .stateProtect, priority: 3)
    }
    if service.state.isFault {
      let age = Figures.lasted(state.now.age(since: service.stateSince))
      let at = Figures.clock(service.stateSince, utcOffset: state.utcOffset)
      line.add("since \(at) (\(age))", .emphasis, priority: 2, short: age)
    }
    if service.state == .gone { line.add("was \(service.lostInstances)", .stateGone, priority: 1) }
    line.addRight("\(Readable.count(service.subscribers)) subscribers", .dim, priority: 4)
    return line
  }

  private static func history(_ service: Service, _ state: ConsoleState) -> LineOfPieces {
    var line = LineOfPieces()
    if let change = state.mirror.lastChanges[service.key] {
      let age = Figures.ago(state.now.age(since: change.at))
      line.add("last change \(age): \(change.text) by \(change.who)", .base, priority: 0)
    }
    if let strip = state.summary.strip(of: service.key) {
      line.addRight("30m \(strip)", service.state.isFault ? service.state.role : .dim, priority: 2)
    }
    return line
  }

  private static func settings(_ service: Service, _ state: ConsoleState) -> LineOfPieces {
    var line = LineOfPieces()
    line.add("protect at \(Figures.threshold(service.settings.protectThreshold))", .dim, priority: 1)
    if service.counts.overlaid > 0 { line.add("overridden \(service.counts.overlaid)", .stateOverride, priority: 1) }
    if service.counts.marked > 0 { line.add("notes \(service.counts.marked)", .mark, priority: 1) }
    let names = service.clusters.map(\.name)
    if names.count > 1 { line.add("clusters \(names.prefix(6).joined(separator: " "))", .dim, priority: 3) }
    let pairs = service.settings.metadata.pairs.prefix(4).map { "\($0.key)=\($0.value)" }
    if !pairs.isEmpty { line.add(pairs.joined(separator: " "), .metadataValue, priority: 4) }
    return line
  }
}

/// The instance that the cursor rests on, in up to three lines.
enum InstanceDetail {
  static func draw(_ subject: InstanceSubject, on frame: inout Frame, in rect: Rect, _ state: ConsoleState) {
    guard !rect.isEmpty else { return }
    let lines = [health(subject, state), note(subject, state), metadata(subject)]
    for (index, spans) in lines.enumerated().prefix(rect.rows) {
      frame.put(spans, row: index, column: 0, in: rect)
    }
  }

  private static func health(_ subject: InstanceSubject, _ state: ConsoleState) -> [Span] {
    let instance = subject.instance
    let (_, role) = InstanceLook.symbol(instance)
    let age = Figures.lasted(state.now.age(since: instance.healthChangedAt))
    let at = Figures.moment(instance.healthChangedAt, now: state.now, utcOffset: state.utcOffset)
    var text = "\(instance.isHealthy ? "healthy" : "unhealthy") since \(at) (\(age))"
    if instance.isEphemeral {
      let timing = InstanceTiming(instance.metadata)
      let beat =
        state.hot.beatAge(subject.key, now: state.clock).map { "last beat \(Figures.beatAge($0, timing)) ago" } ?? "ephemeral"
      text += "   \(beat), unhealthy at \(Figures.age(timing.beatTimeout)), removed at \(Figures.age(timing.deleteTimeout))"
    } else {
      text += "   " + (state.hot.probes(subject.key)?.sentence(state) ?? "persistent: probed")
    }
    // At one place whatever the address: what is the same for its neighbour is not sent again.
    let address = subject.key.address.hostAndPort.padding(to: 21)
    return [Span("\(address)  ", .address), Span(text, role == .stateOK ? .base : role)]
  }

  private static func note(_ subject: InstanceSubject, _ state: ConsoleState) -> [Span] {
    var spans: [Span] = []
    if let mark = subject.instance.mark {
      let age = Figures.ago(state.now.age(since: mark.at))
      spans.append(Span("note \(mark.text)  (\(mark.by) \(age) ago)   ", .mark))
    }
    if let overlay = subject.instance.overlay {
      let age = Figures.ago(state.now.age(since: overlay.at))
      let changes = overlay.changes(over: subject.instance)
      spans.append(Span("override by \(overlay.by) \(age) ago: \(changes)", .stateOverride))
    }
    return spans.isEmpty ? [Span("no override, no note", .dim)] : spans
  }

  private static func metadata(_ subject: InstanceSubject) -> [Span] {
    let pairs = subject.instance.metadata.pairs
    guard !pairs.isEmpty else { return [Span("no metadata", .dim)] }
    return pairs.prefix(8).flatMap { [Span("\($0.key)=", .metadataKey), Span("\($0.value) ", .metadataValue)] }
  }
}

extension Overlay {
  /// What an operator made of what the client says, `weight 1.00 -> 0.20, off`.
  func changes(over instance: Instance) -> String {
    var parts: [String] = []
    if let weight { parts.append("weight \(Figures.weight(instance.registeredWeight)) -> \(Figures.weight(weight))") }
    if let isEnabled { parts.append(isEnabled ? "on" : "off") }
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }).prefix(4) {
      parts.append(value.map { "\(key)=\($0)" } ?? "-\(key)")
    }
    return parts.joined(separator: ", ")
  }
}
