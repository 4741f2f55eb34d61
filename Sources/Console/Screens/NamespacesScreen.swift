import RegistryModel

/// A namespace and its sums; the first row stands for all of them.
struct NamespaceSubject: Sendable {
  /// Empty for all.
  var id: String
  var title: String
  var about: String
  var isCreated: Bool
  /// The digit that leads to it.
  var digit: Int?
  var isFavourite: Bool
  var totals: Catalog.Totals

  var down: Int { totals.instances.enabled - totals.instances.serving }
  var faults: Int { ServiceState.allCases.filter(\.isFault).reduce(0) { $0 + totals.count($1) } }
}

/// Every namespace, with what is wrong in it.
struct NamespacesScreen: ListScreen {
  var table: Table<NamespaceSubject> { Self.table }

  func keys(_ state: ConsoleState) -> [RowKey] {
    [RowKey.namespace("")] + state.catalog.namespaceIDs.map(RowKey.namespace)
  }

  func subject(_ key: RowKey, _ state: ConsoleState) -> NamespaceSubject? {
    guard case .namespace(let id) = key else { return nil }
    let catalog = state.catalog
    if id.isEmpty {
      return NamespaceSubject(
        id: "", title: "(all)", about: "", isCreated: false, digit: 0, isFavourite: false, totals: catalog.totals)
    }
    let totals = catalog.totals(in: id)
    let created = catalog.namespaces[id]
    guard totals != nil || created != nil || id == ServiceKey.defaultNamespace else { return nil }
    return NamespaceSubject(
      id: id, title: catalog.title(ofNamespace: id), about: created?.about ?? "", isCreated: created != nil,
      digit: state.digits.digit(of: id), isFavourite: state.settings.favourites.contains(id), totals: totals ?? Catalog.Totals())
  }

  func affected(by changes: MirrorChanges, _ state: ConsoleState) -> [RowKey]? {
    if changes.isEverything || changes.hasNamespaces { return nil }
    guard !changes.services.isEmpty else { return [] }
    return [.namespace("")] + Set(changes.services.map(\.namespace)).map(RowKey.namespace)
  }

  func symbol(_ subject: NamespaceSubject, _ key: RowKey, _ state: ConsoleState) -> (symbol: Symbol, role: Role) {
    let worst = ServiceState.allCases.first { $0.isFault && subject.totals.count($0) > 0 }
    let shown = worst ?? (subject.totals.services == 0 ? .empty : .ok)
    return (shown.symbol, shown.role)
  }

  func hasNote(_ subject: NamespaceSubject) -> Bool { subject.totals.instances.marked > 0 }
  func isFault(_ subject: NamespaceSubject) -> Bool { subject.faults > 0 }

  func texts(_ subject: NamespaceSubject, _ state: ConsoleState) -> [String] { [subject.title, subject.id, subject.about] }

  var filterSchema: FilterSchema {
    FilterSchema(fields: ["svc": .number, "inst": .number, "down": .number, "faults": .number, "subs": .number])
  }

  func value(of field: String, _ subject: NamespaceSubject, _ state: ConsoleState) -> FilterValue? {
    switch field {
    case "svc": .number(Double(subject.totals.services))
    case "inst": .number(Double(subject.totals.instances.total))
    case "down": .number(Double(subject.down))
    case "faults": .number(Double(subject.faults))
    case "subs": .number(Double(subject.totals.subscribers))
    default: nil
    }
  }

  func listHeight(in body: Rect, _ state: ConsoleState) -> Int {
    state.layout.isBoxed ? body.rows - 5 : body.rows - 1
  }

  func draw(_ visit: Visit, on frame: inout Frame, in body: Rect, _ state: ConsoleState) {
    guard state.layout.isBoxed else {
      drawTable(visit.list, on: &frame, in: body, state)
      return
    }
    let (list, foot) = body.split(bottom: 2)
    let inside = frame.box(
      list, title: "Namespaces", note: visit.list.position(height: listHeight(in: body, state)), style: Style(.borderFocus))
    drawTable(visit.list, on: &frame, in: inside, state)
    let lines = foot.inset(rows: 0, columns: 1)
    if let key = state.detail, let subject = subject(key, state), !subject.id.isEmpty {
      let text = [subject.title, subject.isCreated ? "" : "never created, only used", subject.about].filter { !$0.isEmpty }
      frame.put(text.joined(separator: "   "), row: 0, column: 0, in: lines)
    }
    frame.put("0-9 switch namespace from anywhere; * = favourite (F)", row: 1, column: 0, style: Style(.dim), in: lines)
  }
}

extension NamespacesScreen {
  static let table = Table<NamespaceSubject>(
    columns: [
      Column(
        id: "digit", title: "#", width: 2...2, priority: 1, isAnchored: true,
        cell: { subject, _ in
          CellText((subject.digit.map(String.init) ?? "-") + (subject.isFavourite ? "*" : ""), .hintKey)
        }, order: { SortKey(Double($0.digit ?? 99), text: $0.id) }),
      Column(
        id: "name", title: "NAMESPACE", width: 12...24, priority: 0, isAnchored: true, isStretchy: true, cut: .middle,
        letter: "N",
        cell: { subject, _ in CellText(subject.title) }, order: { SortKey(text: $0.title) }),
      Column(
        id: "id", title: "ID", width: 8...20, priority: 9, cut: .middle,
        cell: { subject, _ in subject.id.isEmpty ? .none : CellText(subject.id, .dim) }, order: { SortKey(text: $0.id) }),
      Column(
        id: "services", title: "SVC", width: 5...7, priority: 2, alignment: .right, letter: "S", startsDescending: true,
        cell: { subject, _ in Cells.count(subject.totals.services, .number) }, order: { SortKey($0.totals.services) }),
      Column(
        id: "instances", title: "INST", width: 6...8, priority: 3, alignment: .right, letter: "A", startsDescending: true,
        cell: { subject, _ in Cells.count(subject.totals.instances.total, .number) },
        order: { SortKey($0.totals.instances.total) }),
      Column(
        id: "faults", title: "FAULTS", width: 6...6, priority: 1, alignment: .right, startsDescending: true,
        cell: { subject, _ in Cells.count(subject.faults, .stateDown) }, order: { SortKey($0.faults) }),
      Column(
        id: "down", title: "DOWN", width: 5...6, priority: 1, alignment: .right, letter: "D", startsDescending: true,
        cell: { subject, _ in Cells.count(subject.down, .stateDown) }, order: { SortKey($0.down) }),
      Column(
        id: "off", title: "OFF", width: 4...5, priority: 4, alignment: .right, letter: "O", startsDescending: true,
        cell: { subject, _ in Cells.count(subject.totals.instances.disabled, .stateOff) },
        order: { SortKey($0.totals.instances.disabled) }),
      Column(
        id: "protected", title: "PROT", width: 4...5, priority: 6, alignment: .right, startsDescending: true,
        cell: { subject, _ in Cells.count(subject.totals.count(.protected), .stateProtect) },
        order: { SortKey($0.totals.count(.protected)) }),
      Column(
        id: "subscribers", title: "SUBS", width: 5...7, priority: 5, alignment: .right, letter: "B", startsDescending: true,
        cell: { subject, _ in Cells.count(subject.totals.subscribers, .number) }, order: { SortKey($0.totals.subscribers) }),
      Column(
        id: "notes", title: "NOTES", width: 5...5, priority: 8, alignment: .right,
        cell: { subject, _ in Cells.count(subject.totals.instances.marked, .mark) },
        order: { SortKey($0.totals.instances.marked) }),
      Column(
        id: "changed", title: "CHANGED", width: 7...8, priority: 7, alignment: .right, letter: "C", startsDescending: true,
        cell: { subject, state in
          subject.totals.changedAt.map { CellText(Figures.ago(state.now.age(since: $0)), .dim) } ?? .none
        }, order: { SortKey(Double($0.totals.changedAt?.milliseconds ?? 0)) }),
    ],
    defaultSort: SortChoice(column: "digit"))
}
