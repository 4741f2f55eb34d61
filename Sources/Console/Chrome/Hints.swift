/// The last line: what the keys do here, taken from the action table. What cannot be done now is dim.
enum Hints {
  static func draw(on frame: inout Frame, in line: Rect, _ state: ConsoleState) {
    let help = ActionTable.action(.help)
    let helpText = help.map { "<\(state.keyName(of: $0))>" } ?? ""
    let inner = line.columns > 50 ? line.inset(rows: 0, columns: 1) : line
    let room = inner.columns - TextWidth.of(helpText) - (helpText.isEmpty ? 0 : 1)
    var column = 0
    for action in ActionTable.all where action.hint != nil && action.applies(at: state.place.kind) {
      guard let hint = action.hint else { continue }
      let key = "<\(state.keyName(of: action))>"
      let width = TextWidth.of(key) + TextWidth.of(hint) + 1
      if column + width > room + 1 { continue }
      let isRefused = state.refusal(of: action) != nil
      column = frame.put(key, row: 0, column: column, style: Style(isRefused ? .dim : .hintKey), in: inner)
      column = frame.put(hint, row: 0, column: column, style: Style(isRefused ? .dim : .hintText), in: inner) + 1
    }
    frame.put(helpText, row: 0, column: column, style: Style(.hintKey), in: inner)
  }

  static func draw(_ flash: Flash, on frame: inout Frame, in line: Rect) {
    let role: Role =
      switch flash.tone {
      case .plain: .emphasis
      case .good: .stateOK
      case .bad: .error
      }
    frame.fill(line)
    let inner = line.columns > 50 ? line.inset(rows: 0, columns: 1) : line
    frame.put(flash.text, row: 0, column: 0, width: inner.columns, style: Style(role), in: inner)
  }
}
