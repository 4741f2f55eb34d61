import RegistryModel

/// What can be set about the console, and what it is.
struct SettingsDialog: Dialog {
  private enum Item: CaseIterable { case theme, glyphs, time, forgetHistory, forgetSorts }

  private var index = 0

  mutating func take(_ key: Key, _ state: inout ConsoleState) -> DialogOutcome {
    switch key {
    case .escape, .character("q"), .control("c"), .function(2): return .close
    case .up, .character("k"): index = max(0, index - 1)
    case .down, .character("j"): index = min(Item.allCases.count - 1, index + 1)
    case .enter, .character(" "), .left, .right: return change(Item.allCases[index], &state)
    default: break
    }
    return .stay
  }

  private func change(_ item: Item, _ state: inout ConsoleState) -> DialogOutcome {
    switch item {
    case .theme: return .stay(state.open(SkinDialog(state)))
    case .glyphs: state.settings.glyphs = state.glyphs == .utf8 ? .ascii : .utf8
    case .time: state.settings.usesUTC.toggle()
    case .forgetHistory: state.settings.history = []
    case .forgetSorts:
      state.settings.sorts = [:]
      state.settings.wide = []
    }
    return .stay([.saveSettings(state.settings)])
  }

  func draw(on frame: inout Frame, in layout: ScreenLayout, _ state: ConsoleState) {
    let about = about(state)
    let inside = DialogBox.draw(
      on: &frame, in: layout, title: "Settings", note: "saved at once",
      rows: min(Item.allCases.count + about.count + 2, DialogBox.roomyRows(frame.size)), columns: min(70, frame.size.columns - 4))
    for (row, item) in Item.allCases.enumerated() {
      let (name, value) = Self.text(item, state)
      frame.put(name, row: row, column: 1, style: Style(.metadataKey), in: inside)
      frame.put(value, row: row, column: 24, in: inside)
      if row == index { frame.tint(inside.line(row), .cursor) }
    }
    for (offset, line) in about.enumerated() {
      frame.put(line, row: Item.allCases.count + 1 + offset, column: 1, style: Style(.dim), in: inside)
    }
  }

  private static func text(_ item: Item, _ state: ConsoleState) -> (String, String) {
    switch item {
    case .theme: ("theme", state.theme.name)
    case .glyphs: ("characters", state.glyphs == .utf8 ? "UTF-8" : "ASCII")
    case .time: ("times", state.settings.usesUTC ? "UTC" : "local")
    case .forgetHistory: ("forget commands", "\(state.settings.history.count) remembered")
    case .forgetSorts: ("forget orders", "\(state.settings.sorts.count) views")
    }
  }

  private func about(_ state: ConsoleState) -> [String] {
    var lines = ["muster \(state.environment.version)  as \(state.environment.operatorName)"]
    if let capabilities = state.mirror.capabilities {
      lines.append("\(capabilities.server) at \(capabilities.address)\(capabilities.isEmbedded ? ", in this process" : "")")
      for (kind, why) in capabilities.refusals.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        lines.append("cannot \(kind.rawValue): \(why)")
      }
    }
    return lines
  }
}
