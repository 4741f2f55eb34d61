/// `:` takes one anywhere: to a view, to an object, to an action.
struct PaletteDialog: Dialog {
  private var field = TextField()
  private var candidates: [PaletteCandidate]
  private var index = 0
  private var isHistory = false

  init(_ state: ConsoleState) { candidates = PaletteSearch.candidates("", state) }

  mutating func take(_ key: Key, _ state: inout ConsoleState) -> DialogOutcome {
    switch key {
    case .escape, .control("c"): return .close
    case .up, .backTab: index = max(0, index - 1)
    case .down: index = min(max(0, candidates.count - 1), index + 1)
    case .tab:
      if candidates.indices.contains(index) { complete(candidates[index].completion, state) }
    case .control("r"):
      isHistory.toggle()
      search(state)
    case .enter: return run(&state)
    case .backspace where field.isEmpty: return .close
    default: if field.take(key) { search(state) }
    }
    return .stay
  }

  mutating func take(pasted text: String, _ state: inout ConsoleState) -> DialogOutcome? {
    field.insert(text)
    search(state)
    return .stay
  }

  private mutating func complete(_ text: String, _ state: ConsoleState) {
    field.set(text)
    isHistory = false
    search(state)
  }

  private mutating func search(_ state: ConsoleState) {
    index = 0
    guard isHistory else {
      candidates = PaletteSearch.candidates(field.text, state)
      return
    }
    candidates = state.settings.history.filter { FuzzyMatch.score(field.text, in: $0) != nil }.prefix(PaletteSearch.limit)
      .map { PaletteCandidate(completion: $0, title: $0, detail: "again", run: nil, score: 0) }
  }

  private mutating func run(_ state: inout ConsoleState) -> DialogOutcome {
    guard candidates.indices.contains(index) else {
      state.say("nothing is called \(field.text)", .bad)
      return .stay
    }
    let candidate = candidates[index]
    guard let run = candidate.run else {
      // A line of the history, or a command that wants a word.
      complete(candidate.completion, state)
      if let known = candidates.first, known.run != nil, known.completion.trimmed == field.text.trimmed {
        return perform(known, &state)
      }
      return .stay
    }
    if let why = candidate.refusal {
      state.say("\(candidate.title): \(why)", .bad)
      return .stay
    }
    _ = run
    return perform(candidate, &state)
  }

  private func perform(_ candidate: PaletteCandidate, _ state: inout ConsoleState) -> DialogOutcome {
    guard let run = candidate.run else { return .stay }
    state.settings.remember(command: candidate.completion.trimmed)
    let save = ConsoleEffect.saveSettings(state.settings)
    let effects =
      switch run {
      case .go(let place): state.go(to: place)
      case .use(let namespace): state.use(namespace: namespace)
      case .action(let id): state.perform(id)
      case .theme(let name): state.apply(theme: name)
      }
    return .close(effects + [save])
  }

  func draw(on frame: inout Frame, in layout: ScreenLayout, _ state: ConsoleState) {
    let rows = min(14, max(3, frame.size.rows - 8))
    let inside = DialogBox.draw(
      on: &frame, in: layout, title: isHistory ? "Command: history" : "Command",
      note: "\(candidates.count) found", rows: rows, columns: min(76, frame.size.columns - 4))
    let (head, rest) = inside.split(top: 1)
    let (list, foot) = rest.split(bottom: 1)
    frame.put(":", row: 0, column: 0, style: Style(.hintKey), in: head)
    field.draw(on: &frame, in: head.split(left: 1).rest)
    let first = max(0, index - list.rows + 1)
    for line in 0..<list.rows where candidates.indices.contains(first + line) {
      draw(candidates[first + line], isChosen: first + line == index, on: &frame, in: list.line(line), state)
    }
    let hints = [("Tab", "complete "), ("Up/Down", "choose "), ("Ctrl-R", "history "), ("Enter", "run "), ("Esc", "close")]
    let spans = hints.flatMap { [Span("<\($0.0)>", .hintKey), Span($0.1, .hintText)] }
    frame.put(spans, row: 0, column: 0, in: foot)
  }

  private func draw(
    _ candidate: PaletteCandidate, isChosen: Bool, on frame: inout Frame, in line: Rect, _ state: ConsoleState
  ) {
    let titleWidth = max(12, line.columns * 2 / 5)
    let isRefused = candidate.refusal != nil
    if isChosen { frame.put(state.sign(.cursor), row: 0, column: 0, in: line) }
    frame.put(
      candidate.title, row: 0, column: 2, width: titleWidth - 2, style: Style(isRefused ? .dim : .base), cut: .middle, in: line)
    let detail = candidate.refusal ?? candidate.detail
    frame.put(detail, row: 0, column: titleWidth + 1, width: line.columns - titleWidth - 1, style: Style(.dim), in: line)
    if isChosen { frame.tint(line, .cursor) }
  }
}
