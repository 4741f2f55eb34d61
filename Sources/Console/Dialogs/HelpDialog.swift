/// What every key does here, as the table has it now; typing looks for words.
struct HelpDialog: Dialog {
  private var field = TextField()
  private var first = 0
  private let kind: PlaceKind

  init(_ state: ConsoleState) { kind = state.place.kind }

  mutating func take(_ key: Key, _ state: inout ConsoleState) -> DialogOutcome {
    switch key {
    case .escape where !field.isEmpty: field = TextField()
    case .escape, .character("?"), .function(1): return .close
    case .character("q") where field.isEmpty: return .close
    case .up: first = max(0, first - 1)
    case .down: first += 1
    case .pageUp: first = max(0, first - 10)
    case .pageDown: first += 10
    default: if field.take(key) { first = 0 }
    }
    return .stay
  }

  mutating func take(pasted text: String, _ state: inout ConsoleState) -> DialogOutcome? {
    field.insert(text)
    first = 0
    return .stay
  }

  private enum Line {
    case head(String)
    case entry(keys: String, title: String, refusal: String?)
  }

  private func lines(_ state: ConsoleState) -> [Line] {
    let words = field.text.lowercased()
    var lines: [Line] = []
    for section in ActionSection.allCases {
      let entries =
        ActionTable.all.filter { $0.section == section && $0.applies(at: kind) && !$0.keys.isEmpty }
        .map { action in
          Line.entry(
            keys: action.keys.map(KeyName.text).joined(separator: " "), title: action.title, refusal: state.refusal(of: action))
        } + (section == .finding ? sortLines(state) : section == .everywhere ? Self.unbound : [])
      let found = entries.filter { Self.matches($0, words) }
      if !found.isEmpty { lines += [.head(section.rawValue)] + found }
    }
    return lines
  }

  private func sortLines(_ state: ConsoleState) -> [Line] {
    state.screen.sortable.compactMap { column in
      column.letter.map { .entry(keys: "Shift-\($0)", title: "sort by \(column.title)", refusal: nil) }
    }
  }

  private static let unbound: [Line] = [
    .entry(keys: "0-9", title: "namespaces: 0 all, 1 to 9 the first nine", refusal: nil),
    .entry(keys: "Ctrl-K", title: "not bound, on purpose: nothing dies by one key", refusal: nil),
  ]

  private static func matches(_ line: Line, _ words: String) -> Bool {
    guard !words.isEmpty, case .entry(let keys, let title, _) = line else { return true }
    return keys.lowercased().contains(words) || title.lowercased().contains(words)
  }

  func draw(on frame: inout Frame, in layout: ScreenLayout, _ state: ConsoleState) {
    let lines = lines(state)
    let area = frame.bounds
    let columnCount = area.columns >= 96 ? 2 : 1
    let rows = min(max(4, area.rows - 6), max(3, (lines.count + columnCount - 1) / columnCount + 1))
    let inside = DialogBox.draw(
      on: &frame, in: layout, title: "Help: keys in \(kind.rawValue)", note: "Esc closes", rows: rows,
      columns: min(area.columns - 4, 92))
    let (list, foot) = inside.split(bottom: 1)
    let perPage = list.rows * columnCount
    let start = min(first, max(0, lines.count - perPage))
    let width = list.columns / columnCount
    for (offset, line) in lines[start...].prefix(perPage).enumerated() {
      let column = offset / max(1, list.rows)
      let rect = Rect(
        row: list.row + offset % max(1, list.rows), column: list.column + column * width, rows: 1, columns: width - 1)
      draw(line, on: &frame, in: rect)
    }
    let label = frame.put("search: ", row: 0, column: 0, style: Style(.hintText), in: foot)
    field.draw(on: &frame, in: foot.split(left: label).rest.split(left: 30).left)
  }

  private func draw(_ line: Line, on frame: inout Frame, in rect: Rect) {
    switch line {
    case .head(let title): frame.put(title, row: 0, column: 0, style: Style(.title, attributes: .bold), in: rect)
    case .entry(let keys, let title, let refusal):
      let role: Role = refusal == nil ? .hintKey : .dim
      frame.put(keys, row: 0, column: 1, width: 13, style: Style(role), in: rect)
      let text = refusal.map { "\(title): \($0)" } ?? title
      frame.put(text, row: 0, column: 15, width: rect.columns - 15, style: Style(refusal == nil ? .hintText : .dim), in: rect)
    }
  }
}
