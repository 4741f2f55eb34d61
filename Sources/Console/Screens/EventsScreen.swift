import RegistryModel

/// What happened, newest first, like things that came in one go as one row.
struct EventsScreen: ListScreen {
  var table: Table<EventGroup> { Self.table }

  func keys(_ state: ConsoleState) -> [RowKey] { state.mirror.journal.groups.map { .event($0.id) } }

  func subject(_ key: RowKey, _ state: ConsoleState) -> EventGroup? {
    guard case .event(let id) = key else { return nil }
    return state.mirror.journal.group(id)
  }

  func affected(by changes: MirrorChanges, _ state: ConsoleState) -> [RowKey]? {
    changes.isEverything ? nil : changes.events.map(RowKey.event)
  }

  func symbol(_ subject: EventGroup, _ key: RowKey, _ state: ConsoleState) -> (symbol: Symbol, role: Role) {
    switch subject.severity {
    case .error: (.down, .severityError)
    case .warning: (.degraded, .severityWarning)
    case .operated: (.changed, .severityOperator)
    case .info: (.ok, .severityInfo)
    }
  }

  /// Errors, warnings and what operators did.
  func isFault(_ subject: EventGroup) -> Bool { subject.severity != .info }

  func texts(_ subject: EventGroup, _ state: ConsoleState) -> [String] {
    [
      subject.who, subject.verb.title, Self.place(subject, state), subject.detail, subject.reason ?? "",
    ] + subject.services.prefix(16).map(\.grouped) + subject.addresses.prefix(16).map(\.hostAndPort)
  }

  var filterSchema: FilterSchema {
    FilterSchema(fields: [
      "sev": .text, "who": .text, "what": .text, "service": .text, "ns": .text, "ip": .text, "n": .number, "age": .duration,
    ])
  }

  func value(of field: String, _ subject: EventGroup, _ state: ConsoleState) -> FilterValue? {
    switch field {
    case "sev": return .text(subject.severity == .info ? "info" : subject.severity.word.lowercased())
    case "who": return .text(subject.who)
    case "what": return .texts([subject.verb.title, subject.verb.short])
    case "service": return .texts(subject.services.map(\.name))
    case "ns": return .texts(subject.services.map(\.namespace))
    case "ip": return subject.addresses.first.map { .text($0.ip) }
    case "n": return .number(Double(subject.count))
    case "age": return .number(ServiceFields.seconds(subject.lastAt, state))
    default: return nil
    }
  }

  /// Asks for what is older once the end of the list comes into sight.
  func queries(_ state: ConsoleState, isOpening: Bool) -> [Query] {
    let list = state.visit.list
    guard list.top + 2 * state.listHeight >= list.rows.count else { return [] }
    return state.olderEvents
  }

  // Drawing.

  private func parts(_ body: Rect, _ state: ConsoleState) -> (list: Rect, foot: Rect) {
    guard state.layout.isBoxed else { return (body, body.split(top: 0).top) }
    let (list, foot) = body.split(bottom: body.rows >= 20 ? 5 : 1)
    return (list, foot)
  }

  func listHeight(in body: Rect, _ state: ConsoleState) -> Int {
    parts(body, state).list.rows - (state.layout.isBoxed ? 3 : 1)
  }

  func draw(_ visit: Visit, on frame: inout Frame, in body: Rect, _ state: ConsoleState) {
    let (list, foot) = parts(body, state)
    var inside = list
    if state.layout.isBoxed {
      inside = frame.box(
        list, title: "Events, newest first", note: visit.list.position(height: listHeight(in: body, state)),
        style: Style(.borderFocus))
    }
    drawTable(visit.list, on: &frame, in: inside, state)
    let (strips, last) = foot.inset(rows: 0, columns: 1).split(bottom: 1)
    drawStrips(on: &frame, in: strips, state)
    if let key = state.detail, let group = subject(key, state) {
      frame.put(Self.sentence(group, state), row: 0, column: 0, style: Style(group.severity.role), in: last)
    }
  }

  private static func sentence(_ group: EventGroup, _ state: ConsoleState) -> String {
    var parts = [group.origin.description]
    if let reason = group.reason { parts.append("reason: \(reason)") }
    if group.lastAt > group.firstAt { parts.append("within \(Figures.duration(group.lastAt.age(since: group.firstAt)))") }
    if let network = group.network, group.count > 1 { parts.append("all in \(network.description)") }
    parts.append(
      group.id.revision == group.lastRevision
        ? "revision \(group.id.revision)" : "revisions \(group.id.revision)-\(group.lastRevision)")
    return parts.joined(separator: "   ")
  }

  private static let span: Int64 = 30 * 60_000

  /// How much of each kind there was in the last half hour.
  private func drawStrips(on frame: inout Frame, in rect: Rect, _ state: ConsoleState) {
    guard rect.rows >= 3 else { return }
    let columns = min(90, rect.columns - 30)
    guard columns >= 10 else { return }
    var counts = [[Double]](repeating: [Double](repeating: 0, count: columns), count: Severity.allCases.count)
    for group in state.mirror.journal.groups(since: WallTime(milliseconds: state.now.milliseconds - Self.span)) {
      let age = state.now.age(since: group.firstAt)
      let column = columns - 1 - Int(age * Int64(columns) / Self.span)
      if (0..<columns).contains(column) { counts[Int(group.severity.rawValue)][column] += Double(group.count) }
    }
    for (index, severity) in Severity.allCases.enumerated().prefix(rect.rows) {
      let values = counts[index].map { $0 > 0 ? 1 + $0.squareRoot() : 0 }
      let word = severity == .info ? "info" : severity.word
      let strip = Bars.strip(values, maximum: max(4, values.max() ?? 0), frame.glyphs)
      frame.put(
        [Span(word.padding(to: 6), severity.role), Span(strip, severity.role)], row: index, column: 0, in: rect)
    }
    frame.put(" 30m, 1 col = \(1800 / columns) s", row: 0, column: columns + 7, style: Style(.dim), in: rect)
  }

  /// Where it happened, as short as it is clear.
  static func place(_ group: EventGroup, _ state: ConsoleState) -> String {
    if let subject = group.subject { return subject }
    guard let service = group.services.first else { return "" }
    if group.services.count > 1 {
      let instances = group.addresses.isEmpty ? "" : "\(group.count) instances, "
      let known = group.services.count < EventGroup.objectLimit ? "\(group.services.count)" : "\(EventGroup.objectLimit)+"
      return "\(instances)\(known) services"
    }
    let name = "\(state.catalog.title(ofNamespace: service.namespace))/\(service.name)"
    guard let address = group.addresses.first else { return name }
    return group.count == 1 ? "\(name) \(address.hostAndPort)" : "\(name) x\(group.count)"
  }

  static let table = Table<EventGroup>(
    columns: [
      Column(
        id: "time", title: "TIME", width: 8...10, priority: 0, isAnchored: true, letter: "N", startsDescending: true,
        cell: { group, state in
          CellText(Figures.moment(group.firstAt, now: state.now, utcOffset: state.utcOffset), .dim)
        }, order: { SortKey(Double($0.id.revision), Double($0.id.part)) }),
      Column(
        id: "severity", title: "SEV", width: 4...4, priority: 1, letter: "S",
        cell: { group, _ in CellText(group.severity.word, group.severity.role) },
        order: { SortKey(Double($0.severity.rawValue), -Double($0.id.revision)) }),
      Column(
        id: "who", title: "WHO", width: 6...10, priority: 2, cut: .middle, letter: "W",
        cell: { group, _ in CellText(group.who, group.origin.isOperator ? .severityOperator : .dim) },
        order: { SortKey(0, -Double($0.id.revision), text: $0.who) }),
      Column(
        id: "what", title: "WHAT", width: 12...16, priority: 0,
        cell: { group, _ in
          CellText("\(group.verb.title)\(group.count > 1 ? " x\(group.count)" : "")", group.severity.role)
        }, order: { SortKey(0, -Double($0.id.revision), text: $0.verb.title) }),
      Column(
        id: "where", title: "WHERE", width: 14...30, priority: 0, isStretchy: true, cut: .middle,
        cell: { group, state in CellText(place(group, state)) },
        order: { SortKey(0, -Double($0.id.revision), text: $0.services.first?.name ?? "") }),
      Column(
        id: "detail", title: "DETAIL", width: 12...40, priority: 3, isStretchy: true,
        cell: { group, _ in CellText(detail(group), .dim) }),
    ], defaultSort: SortChoice(column: "time", isDescending: true))

  private static func detail(_ group: EventGroup) -> String {
    if !group.detail.isEmpty { return group.detail }
    guard group.count > 1 else { return group.reason ?? "" }
    let network = group.network.map { "all in \($0.description)" }
    return network ?? group.reason ?? ""
  }
}

extension ConsoleState {
  /// How many commits are asked for at once.
  private static let eventPage = 1_000

  /// The question for what happened before the oldest commit that is held; none where there is nothing more to be had.
  var olderEvents: [Query] {
    let journal = mirror.journal
    guard journal.hasRoom, !journal.isComplete else { return [] }
    let query = Query.events(before: journal.oldestRevision, limit: Self.eventPage)
    return hot.refusals[query] == nil ? [query] : []
  }
}

extension EventGroup {
  var who: String { origin.who }
}
