/// Chooses a theme: each shows itself while the cursor is on it; Esc brings back the one before.
struct SkinDialog: Dialog {
  private let names: [String]
  private let before: String
  private var index: Int

  init(_ state: ConsoleState) {
    names = state.themes
    before = state.theme.name
    index = state.themes.firstIndex(of: state.theme.name) ?? 0
  }

  mutating func take(_ key: Key, _ state: inout ConsoleState) -> DialogOutcome {
    switch key {
    case .escape, .character("q"), .control("c"):
      return .close([.previewTheme(before)])
    case .enter, .character(" "):
      return names.indices.contains(index) ? .close(state.apply(theme: names[index])) : .close
    case .up, .character("k"): return move(to: index - 1)
    case .down, .character("j"): return move(to: index + 1)
    case .home, .character("g"): return move(to: 0)
    case .end, .character("G"): return move(to: names.count - 1)
    default: return .stay
    }
  }

  private mutating func move(to target: Int) -> DialogOutcome {
    let target = min(max(0, target), names.count - 1)
    guard names.indices.contains(target), target != index else { return .stay }
    index = target
    return .stay([.previewTheme(names[target])])
  }

  func draw(on frame: inout Frame, in layout: ScreenLayout, _ state: ConsoleState) {
    let rows = min(names.count + 1, DialogBox.roomyRows(frame.size))
    let inside = DialogBox.draw(on: &frame, in: layout, title: "Theme", note: "\(names.count)", rows: max(2, rows), columns: 34)
    let (list, foot) = inside.split(bottom: 1)
    let first = max(0, index - list.rows + 1)
    for line in 0..<list.rows where names.indices.contains(first + line) {
      let name = names[first + line]
      let mark = name == before ? state.sign(.changed) : " "
      frame.put("\(mark) \(name)", row: line, column: 0, in: list)
      if first + line == index { frame.tint(list.line(line), .cursor) }
    }
    if names.isEmpty { frame.put("no theme was found", row: 0, column: 0, style: Style(.dim), in: list) }
    let hints: [Span] = [
      Span("<Enter>", .hintKey), Span("use  ", .hintText), Span("<Esc>", .hintKey), Span("as before", .hintText),
    ]
    frame.put(hints, row: 0, column: 0, in: foot)
  }
}

extension ConsoleState {
  /// Uses a theme from now on.
  mutating func apply(theme name: String) -> [ConsoleEffect] {
    settings.theme = name
    return [.applyTheme(name), .saveSettings(settings)]
  }
}
