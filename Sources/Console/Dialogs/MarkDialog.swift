import RegistryModel

/// Writes a note on instances; an empty one takes it away.
struct MarkDialog: Dialog {
  private let targets: [InstanceKey]
  private var field: TextField
  private let before: String

  init(_ targets: [InstanceKey], _ state: ConsoleState) {
    self.targets = targets
    before = targets.count == 1 ? state.catalog[targets[0]]?.mark?.text ?? "" : ""
    field = TextField(before)
  }

  mutating func take(_ key: Key, _ state: inout ConsoleState) -> DialogOutcome {
    switch key {
    case .escape, .control("c"): return .close
    case .enter: return .close(send(&state))
    default:
      _ = field.take(key)
      return .stay
    }
  }

  mutating func take(pasted text: String, _ state: inout ConsoleState) -> DialogOutcome? {
    field.insert(text)
    return .stay
  }

  private func send(_ state: inout ConsoleState) -> [ConsoleEffect] {
    if let why = state.writeRefusal {
      state.say("note not sent: \(why)", .bad)
      return []
    }
    let text = field.text.trimmed
    guard text.utf8.count <= Limits().markBytes else {
      state.say("a note has at most \(Limits().markBytes) bytes", .bad)
      return []
    }
    let name = state.environment.operatorName
    let requests = targets.compactMap { key -> Outbox.Request? in
      guard let instance = state.catalog[key] else { return nil }
      let command = Command(.mark(key, text: text.isEmpty ? nil : text), by: .operator(name: name))
      return Outbox.Request(
        target: .instance(key), command: command, inverse: [.mark(key, text: instance.mark?.text)])
    }
    return state.outbox.submit(title: text.isEmpty ? "Remove note" : "Note", requests)
  }

  func draw(on frame: inout Frame, in layout: ScreenLayout, _ state: ConsoleState) {
    let title = targets.count == 1 ? "Note on \(targets[0].address.hostAndPort)" : "Note on \(targets.count) instances"
    let inside = DialogBox.draw(
      on: &frame, in: layout, title: title, note: "for operators; no client sees it", rows: 3,
      columns: min(72, frame.size.columns - 4))
    field.draw(on: &frame, in: inside.line(0))
    let hints: [Span] = [
      Span("<Enter>", .hintKey), Span(field.isEmpty && !before.isEmpty ? "remove  " : "save  ", .hintText),
      Span("<Esc>", .hintKey), Span("leave as it is", .hintText),
    ]
    frame.put(hints, row: 2, column: 0, in: inside)
  }
}
