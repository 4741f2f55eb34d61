import RegistryModel

/// Edits one switch, and says what it takes before it is sent.
struct SwitchDialog: Dialog {
  private let entry: SwitchEntry
  private let before: String
  private var field: TextField

  init(_ entry: SwitchEntry, _ state: ConsoleState) {
    self.entry = entry
    before = entry.value(state.mirror.switches)
    field = TextField(before)
  }

  mutating func take(_ key: Key, _ state: inout ConsoleState) -> DialogOutcome {
    switch key {
    case .escape, .control("c"): return .close
    case .enter: return apply(&state)
    case .control("d"): field.set(entry.value(Switches()))
    case .up, .down, .character(" "):
      if entry.kind == .flag { field.set(field.text == "true" ? "false" : "true") } else { _ = field.take(key) }
    default: _ = field.take(key)
    }
    return .stay
  }

  mutating func take(pasted text: String, _ state: inout ConsoleState) -> DialogOutcome? {
    field.insert(text)
    return .stay
  }

  private func apply(_ state: inout ConsoleState) -> DialogOutcome {
    let text = field.text.trimmed
    if let problem = entry.problem(text) {
      state.say("\(entry.name): \(problem)", .bad)
      return .stay
    }
    if let why = state.writeRefusal {
      state.say("\(entry.name): \(why)", .bad)
      return .stay
    }
    guard text != before, let name = entry.entry else { return .close }
    let origin = Origin.operator(name: state.environment.operatorName)
    func action(_ value: String) -> Action { .setSwitch(entry: name, value: entry.wireValue(value)) }
    let request = Outbox.Request(
      target: .switchEntry(entry.name), command: Command(action(text), by: origin), inverse: [action(before)])
    return .close(state.outbox.submit(title: "\(entry.name) \(before) -> \(text)", [request]))
  }

  func draw(on frame: inout Frame, in layout: ScreenLayout, _ state: ConsoleState) {
    let inside = DialogBox.draw(
      on: &frame, in: layout, title: entry.name, note: "nothing sent yet", rows: 5, columns: min(72, frame.size.columns - 4))
    let problem = entry.problem(field.text.trimmed)
    field.draw(on: &frame, in: inside.line(0), role: problem == nil ? .inputFocus : .inputInvalid)
    frame.put(
      problem.map { "needs \($0)" } ?? "now \(before), default \(entry.value(Switches()))", row: 1, column: 0,
      style: Style(problem == nil ? .dim : .inputInvalid), in: inside)
    frame.put(entry.about, row: 2, column: 0, style: Style(.dim), in: inside)
    let hints = [(entry.kind == .flag ? "Space" : "", "switch "), ("Ctrl-D", "default "), ("Enter", "send "), ("Esc", "leave")]
    let spans = hints.filter { !$0.0.isEmpty }.flatMap { [Span("<\($0.0)>", .hintKey), Span($0.1, .hintText)] }
    frame.put(spans, row: inside.rows - 1, column: 0, in: inside)
  }
}
