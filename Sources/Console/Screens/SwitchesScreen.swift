import RegistryModel

struct SwitchSubject: Sendable {
  var entry: SwitchEntry
  var value: String
  var defaultValue: String

  var isChanged: Bool { value != defaultValue }
}

/// The server's switches: what differs from the default first.
struct SwitchesScreen: ListScreen {
  var table: Table<SwitchSubject> { Self.table }

  func keys(_ state: ConsoleState) -> [RowKey] { SwitchEntry.all.map { .switchEntry($0.name) } }

  func subject(_ key: RowKey, _ state: ConsoleState) -> SwitchSubject? {
    guard case .switchEntry(let name) = key, let entry = SwitchEntry.all.first(where: { $0.name == name }) else { return nil }
    return SwitchSubject(entry: entry, value: entry.value(state.mirror.switches), defaultValue: entry.value(Switches()))
  }

  func affected(by changes: MirrorChanges, _ state: ConsoleState) -> [RowKey]? {
    changes.isEverything || changes.hasSwitches ? nil : []
  }

  func symbol(_ subject: SwitchSubject, _ key: RowKey, _ state: ConsoleState) -> (symbol: Symbol, role: Role) {
    subject.isChanged ? (.changed, .changed) : (.ok, .base)
  }

  func isFault(_ subject: SwitchSubject) -> Bool { subject.isChanged }

  func texts(_ subject: SwitchSubject, _ state: ConsoleState) -> [String] {
    [subject.entry.name, subject.value, subject.entry.about]
  }

  var filterSchema: FilterSchema { FilterSchema(fields: ["changed": .flag, "fixed": .flag]) }

  func value(of field: String, _ subject: SwitchSubject, _ state: ConsoleState) -> FilterValue? {
    switch field {
    case "changed": .flag(subject.isChanged)
    case "fixed": .flag(subject.entry.entry == nil)
    default: nil
    }
  }

  func listHeight(in body: Rect, _ state: ConsoleState) -> Int { state.layout.isBoxed ? body.rows - 3 : body.rows - 1 }

  func draw(_ visit: Visit, on frame: inout Frame, in body: Rect, _ state: ConsoleState) {
    var inside = body
    if state.layout.isBoxed {
      inside = frame.box(
        body, title: "Switches", note: visit.list.position(height: listHeight(in: body, state)), style: Style(.borderFocus))
    }
    drawTable(visit.list, on: &frame, in: inside, state)
  }

  static let table = Table<SwitchSubject>(
    columns: [
      Column(
        id: "name", title: "SWITCH", width: 18...42, priority: 0, isAnchored: true, cut: .middle, letter: "N",
        cell: { subject, _ in CellText(subject.entry.name, subject.entry.entry == nil ? .dim : .base) },
        order: { SortKey($0.isChanged ? 0 : $0.entry.entry == nil ? 2 : 1, 0, text: $0.entry.name) }),
      Column(
        id: "value", title: "VALUE", width: 8...26, priority: 0,
        cell: { subject, _ in CellText(subject.value, subject.isChanged ? .changed : .number) },
        order: { SortKey(text: $0.value) }),
      Column(
        id: "default", title: "DEFAULT", width: 8...12, priority: 1,
        cell: { subject, _ in CellText(subject.isChanged ? subject.defaultValue : "", .dim) }),
      Column(
        id: "about", title: "ABOUT", width: 12...30, priority: 2, isStretchy: true,
        cell: { subject, _ in CellText(subject.entry.about, .dim) }),
    ], defaultSort: SortChoice(column: "name"))
}
