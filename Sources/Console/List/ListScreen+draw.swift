import RegistryModel

extension ListScreen {
  /// The columns before the first one of the table: cursor, selection, state, note.
  static var prefixWidth: Int { 5 }

  /// Draws the head of the table and its rows, one a line.
  func drawTable(_ list: ListState, on frame: inout Frame, in rect: Rect, _ state: ConsoleState, hasKeys: Bool = true) {
    let (head, body) = rect.split(top: 1)
    let columns = table.columns
    let layout = ColumnLayout(
      columns, width: rect.columns - Self.prefixWidth, scroll: list.sideways, isWide: list.isWide,
      hidden: hiddenColumns(state))
    let evaluator = list.filter.map(FilterEvaluator.init)
    drawHead(layout, sort(list, state), on: &frame, in: head, state)
    for line in 0..<body.rows {
      let index = list.top + line
      guard list.rows.indices.contains(index) else { break }
      let key = list.rows[index].key
      drawRow(key, layout, on: &frame, in: body.line(line), state, list, evaluator)
      if key == list.cursor {
        let bar = body.line(line).split(left: Self.prefixWidth + layout.namingWidth(of: columns)).left
        frame.tint(bar, hasKeys ? .cursor : .cursorUnfocused)
      }
    }
    if list.rows.isEmpty { drawEmptiness(list, on: &frame, in: body, state) }
  }

  private func drawHead(_ layout: ColumnLayout, _ sort: SortChoice, on frame: inout Frame, in line: Rect, _ state: ConsoleState) {
    frame.fill(line, style: Style(.columnHead))
    let cells = line.split(left: Self.prefixWidth).rest
    for slot in layout.slots {
      let column = table.columns[slot.column]
      let isSorted = column.id == sort.column
      let mark = isSorted ? state.sign(sort.isDescending ? .falling : .rising) : ""
      let title = column.alignment == .right ? mark + column.title : column.title + mark
      frame.put(
        title, row: 0, column: slot.start, width: slot.width, style: Style(isSorted ? .columnSorted : .columnHead),
        align: column.alignment, in: cells)
    }
    if layout.hiddenBefore > 0 { frame.put("<", row: 0, column: 0, style: Style(.count), in: line) }
    if layout.hiddenAfter > 0, let last = layout.slots.last, last.start + last.width + 1 < cells.columns {
      frame.put(">", row: 0, column: cells.columns - 1, style: Style(.count), in: cells)
    }
  }

  private func drawRow(
    _ key: RowKey, _ layout: ColumnLayout, on frame: inout Frame, in line: Rect, _ state: ConsoleState, _ list: ListState,
    _ evaluator: FilterEvaluator?
  ) {
    guard let subject = subject(key, state) else { return }
    let isSelected = list.selected.contains(key)
    let sign = state.isPending(key) ? (symbol: Symbol.pending, role: Role.statePending) : symbol(subject, key, state)
    if key == list.cursor { frame.put(state.sign(.cursor), row: 0, column: 0, in: line) }
    if isSelected { frame.put(state.sign(.marked), row: 0, column: 1, style: Style(.mark), in: line) }
    frame.put(state.sign(sign.symbol), row: 0, column: 3, style: Style(sign.role), in: line)
    if hasNote(subject) { frame.put(state.sign(.note), row: 0, column: 4, style: Style(.mark), in: line) }
    let cells = line.split(left: Self.prefixWidth).rest
    for slot in layout.slots {
      let column = table.columns[slot.column]
      let cell = column.cell(subject, state)
      frame.put(
        cell.text, row: 0, column: slot.start, width: slot.width, style: Style(cell.role), align: column.alignment,
        cut: column.cut, in: cells)
      if let evaluator, column.alignment == .left {
        let rect = Rect(row: cells.row, column: cells.column + slot.start, rows: 1, columns: slot.width)
        mark(evaluator.hits(in: cell.text), of: cell.text, on: &frame, in: rect)
      }
    }
    if isSelected { frame.tint(line, .selection) }
  }

  /// Makes what the filter found stand out, where the text shows whole.
  private func mark(_ hits: [Range<String.Index>], of text: String, on frame: inout Frame, in rect: Rect) {
    guard !hits.isEmpty, TextWidth.of(text) <= rect.columns else { return }
    for hit in hits {
      let start = TextWidth.of(String(text[..<hit.lowerBound]))
      let width = TextWidth.of(String(text[hit]))
      frame.tint(Rect(row: rect.row, column: rect.column + start, rows: 1, columns: width), .match)
    }
  }

  private func drawEmptiness(_ list: ListState, on frame: inout Frame, in body: Rect, _ state: ConsoleState) {
    let text =
      !state.mirror.hasSnapshot
      ? "waiting for the registry"
      : list.isFaultsOnly && list.filter == nil
        ? "no faults  (f shows everything)"
        : list.filter.map { "nothing matches \($0.text)  (Esc shows everything)" } ?? "nothing here"
    frame.put(text, row: min(1, max(0, body.rows - 1)), column: Self.prefixWidth, style: Style(.dim), in: body)
  }
}

extension ListState {
  /// `1-18 of 612`, or how much the filter leaves of it.
  func position(height: Int) -> String {
    guard !rows.isEmpty else { return total == 0 ? "0" : "0 of \(Readable.count(total))" }
    let last = min(rows.count, top + height)
    // As wide as the last number, so that a step back over a ten changes figures only.
    let first = String(top + 1)
    let padded = String(repeating: " ", count: String(last).count - first.count) + first
    let shown = last - top == rows.count ? "" : "\(padded)-\(last) of "
    let filtered = rows.count == total ? "" : " (\(Readable.count(total)))"
    return shown + Readable.count(rows.count) + filtered
  }
}
