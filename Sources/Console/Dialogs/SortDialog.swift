/// Chooses the column that a list is sorted by.
struct SortDialog: Dialog {
  private let columns: [ColumnFacts]
  private var index: Int
  private var choice: SortChoice

  init(_ state: ConsoleState) {
    columns = state.screen.sortable
    choice = state.screen.sort(state.visit.list, state)
    index = columns.firstIndex { [choice] in $0.id == choice.column } ?? 0
  }

  mutating func take(_ key: Key, _ state: inout ConsoleState) -> DialogOutcome {
    switch key {
    case .escape, .character("q"): return .close
    case .up, .character("k"), .character("<"): index = max(0, index - 1)
    case .down, .character("j"), .character(">"), .function(6): index = min(columns.count - 1, index + 1)
    case .character("I"): choice.isDescending.toggle()
    case .enter, .character(" "):
      guard columns.indices.contains(index) else { return .close }
      let column = columns[index]
      let isDescending = column.id == choice.column ? choice.isDescending : column.startsDescending
      return .close(state.sort(by: SortChoice(column: column.id, isDescending: isDescending)))
    case .character(let letter):
      if let effects = state.sort(byLetter: letter) { return .close(effects) }
    default: break
    }
    return .stay
  }

  func draw(on frame: inout Frame, in layout: ScreenLayout, _ state: ConsoleState) {
    let inside = DialogBox.draw(
      on: &frame, in: layout, title: "Sort by", note: "I inverts", rows: columns.count, columns: 30)
    let first = max(0, min(index - inside.rows + 1, columns.count - inside.rows))
    for line in 0..<inside.rows where columns.indices.contains(first + line) {
      let column = columns[first + line]
      let rect = inside.line(line)
      let isCurrent = column.id == choice.column
      let mark = isCurrent ? state.sign(choice.isDescending ? .falling : .rising) : " "
      frame.put("\(mark) \(column.title)", row: 0, column: 0, style: Style(isCurrent ? .columnSorted : .base), in: rect)
      if let letter = column.letter {
        frame.put("Shift-\(letter)", row: 0, column: rect.columns - 7, style: Style(.hintKey), in: rect)
      }
      if first + line == index { frame.tint(rect, .cursor) }
    }
  }
}
