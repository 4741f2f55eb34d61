import RegistryModel

/// The services of one namespace or of all, worst first.
struct ServicesScreen: ListScreen {
  let namespace: String?

  var table: Table<Service> { Self.table }

  func keys(_ state: ConsoleState) -> [RowKey] {
    var keys: [RowKey] = []
    for service in state.catalog.services where namespace == nil || service.key.namespace == namespace {
      keys.append(.service(service.key))
    }
    return keys
  }

  func subject(_ key: RowKey, _ state: ConsoleState) -> Service? {
    guard case .service(let service) = key, namespace == nil || service.namespace == namespace else { return nil }
    return state.catalog[service]
  }

  func affected(by changes: MirrorChanges, _ state: ConsoleState) -> [RowKey]? {
    if changes.isEverything { return nil }
    return changes.services.filter { namespace == nil || $0.namespace == namespace }.map(RowKey.service)
  }

  func hiddenColumns(_ state: ConsoleState) -> Set<String> { namespace == nil ? [] : ["namespace"] }

  func symbol(_ subject: Service, _ key: RowKey, _ state: ConsoleState) -> (symbol: Symbol, role: Role) {
    (subject.state.symbol, subject.state.role)
  }

  func hasNote(_ subject: Service) -> Bool { subject.counts.marked > 0 }
  func isFault(_ subject: Service) -> Bool { subject.state.isFault }

  func texts(_ subject: Service, _ state: ConsoleState) -> [String] {
    let namespace = namespace == nil ? [state.catalog.title(ofNamespace: subject.key.namespace)] : []
    return [subject.key.name, subject.key.group, subject.state.word] + namespace
  }

  var filterSchema: FilterSchema { ServiceFields.schema }

  func value(of field: String, _ subject: Service, _ state: ConsoleState) -> FilterValue? {
    ServiceFields.value(of: field, subject, state)
  }

  // Drawing.

  private func parts(_ body: Rect, _ state: ConsoleState) -> (list: Rect, foot: Rect, isBoxed: Bool) {
    guard state.layout.isBoxed else { return (body, body.split(top: 0).top, false) }
    let (list, foot) = body.split(bottom: body.rows >= 22 ? 3 : 1)
    return (list, foot, true)
  }

  func listHeight(in body: Rect, _ state: ConsoleState) -> Int {
    let (list, _, isBoxed) = parts(body, state)
    return list.rows - (isBoxed ? 3 : 1)
  }

  func draw(_ visit: Visit, on frame: inout Frame, in body: Rect, _ state: ConsoleState) {
    let (list, foot, isBoxed) = parts(body, state)
    var inside = list
    if isBoxed {
      let note = visit.list.position(height: listHeight(in: body, state))
      inside = frame.box(list, title: "Services", note: note, style: Style(.borderFocus))
    }
    drawTable(visit.list, on: &frame, in: inside, state)
    drawFoot(on: &frame, in: foot, state)
  }

  private func drawFoot(on frame: inout Frame, in foot: Rect, _ state: ConsoleState) {
    let inner = foot.inset(rows: 0, columns: 1)
    let (legend, verdict) = inner.split(bottom: 1)
    if legend.rows >= 2 {
      var column = 0
      for kind in ServiceState.allCases where kind != .ok && kind != .gone {
        column = frame.put("\(state.sign(kind.symbol)) ", row: 0, column: column, style: Style(kind.role), in: legend)
        column = frame.put("\(kind.legend)  ", row: 0, column: column, style: Style(.dim), in: legend)
      }
      frame.put(
        "SEEN = healthy instances that clients are told of; * = protection is on, the dead are served too", row: 1,
        column: 0, style: Style(.dim), in: legend)
    }
    guard let key = state.detail?.service, let service = state.catalog[key] else { return }
    frame.put(Sentences.verdict(on: service), row: 0, column: 0, style: Style(service.state.role), in: verdict)
  }
}

extension ServicesScreen {
  static let table = Table<Service>(
    columns: [
      Column(
        id: "state", title: "STATE", width: 7...7, priority: 1, isAnchored: true, letter: "S",
        cell: { service, _ in CellText(service.state.word, service.state.role) }, order: Orders.severity),
      Column(
        id: "namespace", title: "NS", width: 6...12, priority: 5, isAnchored: true, cut: .middle,
        cell: { service, state in CellText(state.catalog.title(ofNamespace: service.key.namespace), .dim) },
        order: { SortKey(text: $0.key.namespace) }),
      Column(
        id: "name", title: "SERVICE", width: 12...20, priority: 0, isAnchored: true, isStretchy: true, cut: .middle, letter: "N",
        cell: { service, _ in CellText(service.key.name) }, order: { SortKey(text: $0.key.name) }),
      Column(
        id: "group", title: "GROUP", width: 7...10, priority: 9, cut: .middle,
        cell: { service, _ in
          service.key.group == ServiceKey.defaultGroup ? CellText("DEFAULT", .dim) : CellText(service.key.group)
        }, order: { SortKey(text: $0.key.group) }),
      Column(
        id: "up", title: "UP/ALL", width: 7...9, priority: 1, alignment: .right, letter: "A", startsDescending: true,
        cell: { service, _ in Cells.upOfAll(service) }, order: { SortKey($0.counts.total) }),
      Column(
        id: "percent", title: "%UP", width: 3...4, priority: 7, alignment: .right, letter: "H",
        cell: { service, _ in CellText(Readable.percent(service.counts.serving, of: service.counts.total)) },
        order: { SortKey($0.counts.total == 0 ? 2 : Double($0.counts.serving) / Double($0.counts.total)) }),
      Column(
        id: "off", title: "OFF", width: 3...5, priority: 6, alignment: .right, letter: "O", startsDescending: true,
        cell: { service, _ in Cells.count(service.counts.disabled, .stateOff) }, order: { SortKey($0.counts.disabled) }),
      Column(
        id: "seen", title: "SEEN", width: 5...6, priority: 3, alignment: .right,
        cell: { service, _ in Cells.seen(service) }, order: { SortKey($0.seen) }),
      Column(
        id: "protect", title: "PROT", width: 4...4, priority: 8, alignment: .right,
        cell: { service, _ in CellText(Figures.threshold(service.settings.protectThreshold), .dim) },
        order: { SortKey(Double($0.settings.protectThreshold)) }),
      Column(
        id: "subscribers", title: "SUBS", width: 5...6, priority: 4, alignment: .right, letter: "B", startsDescending: true,
        cell: { service, _ in Cells.count(service.subscribers, .number) }, order: { SortKey($0.subscribers) }),
      Column(
        id: "since", title: "SINCE", width: 7...8, priority: 2, alignment: .right,
        cell: { service, state in Cells.since(service, state) },
        order: { SortKey($0.state.isFault ? Double($0.stateSince.milliseconds) : .greatestFiniteMagnitude) }),
      Column(
        id: "change", title: "LAST CHANGE", width: 14...18, priority: 5, letter: "C", startsDescending: true,
        cell: { service, state in Cells.lastChange(service, state) },
        order: { SortKey(Double($0.changedAt.milliseconds)) }),
      Column(
        id: "note", title: "NOTES", width: 5...5, priority: 10, isWide: true, alignment: .right,
        cell: { service, _ in Cells.count(service.counts.marked, .mark) }, order: { SortKey($0.counts.marked) }),
      Column(
        id: "overlay", title: "OVERRIDES", width: 9...9, priority: 11, isWide: true, alignment: .right,
        cell: { service, _ in Cells.count(service.counts.overlaid, .stateOverride) }, order: { SortKey($0.counts.overlaid) }),
      Column(
        id: "revision", title: "REVISION", width: 8...12, priority: 12, isWide: true, alignment: .right,
        cell: { service, _ in CellText(String(service.revision), .dim) }, order: { SortKey(Double($0.revision)) }),
    ],
    defaultSort: SortChoice(column: "state"))
}

/// Orders that more than one view sorts by.
enum Orders {
  /// Worst first, and among equals what has lasted longest.
  static let severity: @Sendable (Service) -> SortKey = { service in
    SortKey(
      Double(service.state.rawValue), service.state.isFault ? Double(service.stateSince.milliseconds) : 0, text: service.key.name)
  }
}

/// Cells that more than one view shows.
enum Cells {
  static func count(_ count: Int, _ role: Role) -> CellText {
    count == 0 ? CellText("0", .dim) : CellText(Readable.count(count), role)
  }

  static func upOfAll(_ service: Service) -> CellText {
    let text = "\(service.counts.serving)/\(service.counts.total)"
    if service.state == .gone { return CellText("was \(service.lostInstances)", service.state.role) }
    return CellText(text, service.state.isFault ? service.state.role : .base)
  }

  static func seen(_ service: Service) -> CellText {
    let isLie = service.isProtected && service.seen > service.counts.serving
    return CellText("\(service.seen)\(isLie ? "*" : "")", isLie ? .stateProtect : .number)
  }

  static func since(_ service: Service, _ state: ConsoleState) -> CellText {
    switch service.state {
    case .ok: .none
    case .offline: CellText("offline", .stateOff)
    case .empty: CellText("empty", .stateEmpty)
    case .broken, .gone, .protected, .degraded:
      CellText(Figures.lasted(state.now.age(since: service.stateSince)), service.state.role)
    }
  }

  static func lastChange(_ service: Service, _ state: ConsoleState) -> CellText {
    let change = state.mirror.lastChanges[service.key]
    let at = change?.at ?? service.changedAt
    let age = state.now.age(since: at)
    let text = Figures.ago(age)
    let padded = String(repeating: " ", count: max(0, 4 - text.count)) + text
    return CellText("\(padded) \(change?.text ?? "")".trimmedEnd, age < recent ? .changed : .dim)
  }

  /// Milliseconds for which a change stands out.
  static let recent: Int64 = 10_000
}

extension String {
  var trimmedEnd: String {
    var rest = self[...]
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
