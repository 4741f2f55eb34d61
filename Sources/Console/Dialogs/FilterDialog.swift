/// The filter while it is typed: the list follows each letter; a pattern that is wrong so far leaves the last good one.
struct FilterDialog: Dialog {
  private var field: TextField
  /// As it was before, for Esc.
  private let before: Filter?
  private let cursorBefore: RowKey?
  private let schema: FilterSchema
  private var problem: String?

  init(_ state: ConsoleState) {
    let list = state.visit.list
    schema = state.screen.filterSchema
    field = TextField(list.filter?.text ?? "")
    before = list.filter
    cursorBefore = list.cursor
  }

  mutating func take(_ key: Key, _ state: inout ConsoleState) -> DialogOutcome {
    switch key {
    case .enter: return .close
    case .escape:
      show(before, in: &state)
      state.trail[state.trail.count - 1].list.cursor = cursorBefore
      return .close
    case .up, .down, .pageUp, .pageDown:
      guard let action = ActionTable.action(for: key, at: state.place.kind) else { return .stay }
      return .stay(state.perform(action))
    default:
      if field.take(key) { follow(&state) }
      return .stay
    }
  }

  mutating func take(pasted text: String, _ state: inout ConsoleState) -> DialogOutcome? {
    field.insert(text)
    follow(&state)
    return .stay
  }

  private mutating func follow(_ state: inout ConsoleState) {
    do {
      let filter = try Filter(field.text, schema: schema)
      problem = nil
      show(filter.isEmpty ? nil : filter, in: &state)
    } catch {
      problem = error.description
    }
  }

  private func show(_ filter: Filter?, in state: inout ConsoleState) {
    _ = state.changeList { $0.filter = filter }
  }

  func draw(on frame: inout Frame, in layout: ScreenLayout, _ state: ConsoleState) {
    let line = layout.hints
    frame.fill(line)
    let inner = line.columns > 50 ? line.inset(rows: 0, columns: 1) : line
    let note = problem ?? "\(Readable.count(state.visit.list.rows.count)) of \(Readable.count(state.visit.list.total))"
    let noteWidth = min(TextWidth.of(note), inner.columns / 2)
    frame.put("/", row: 0, column: 0, style: Style(.hintKey), in: inner)
    let (fieldPart, notePart) = inner.split(left: 1).rest.split(right: noteWidth + 1)
    frame.put(
      note, row: 0, column: 1, width: noteWidth, style: Style(problem == nil ? .count : .inputInvalid), in: notePart)
    field.draw(on: &frame, in: fieldPart, role: problem == nil ? .inputFocus : .inputInvalid)
  }
}
