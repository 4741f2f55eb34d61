/// Asks once before the program ends.
struct QuitDialog: Dialog {
  mutating func take(_ key: Key, _ state: inout ConsoleState) -> DialogOutcome {
    switch key {
    case .character("y"), .character("q"), .enter, .control("c"): .close([.quit])
    case .character("n"), .escape: .close
    default: .stay
    }
  }

  func draw(on frame: inout Frame, in layout: ScreenLayout, _ state: ConsoleState) {
    let inside = DialogBox.draw(on: &frame, in: layout, title: "Quit", rows: 2, columns: 46)
    let pending = state.outbox.isEmpty ? "Leave muster?" : "Changes are still on their way. Leave muster?"
    frame.put(pending, row: 0, column: 0, width: inside.columns, in: inside)
    let hint: [Span] = [
      Span("<q>", .hintKey), Span("quit  ", .hintText), Span("<Esc>", .hintKey), Span("stay", .hintText),
    ]
    frame.put(hint, row: 1, column: 0, in: inside)
  }
}
