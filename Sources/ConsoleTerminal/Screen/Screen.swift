import CNcurses
import Console
import Glibc

/// ncurses, as something that takes frames and gives the bytes that turn the last frame into the next.
///
/// Lives and dies within one thread. ncurses keeps one screen a process.
final class Screen {
  let capabilities: TerminalCapabilities
  private let encoding: TextEncoding
  private let memory: MemoryFile
  private let keys: UnsafeMutablePointer<WINDOW>
  private var painter: Painter
  private var compactor: SequenceCompactor?
  private var size: Size
  private var shown: Frame?
  private var shownTitle: String?
  private var row: UnsafeMutableBufferPointer<cchar_t>
  /// Goes out before the next frame.
  private var pending: [UInt8] = []
  let sequences: TerminalSequences

  /// Starts ncurses for a terminal of this type and size. Nothing is written before the first frame.
  init(
    type: String, input: Int32, size: Size, color: ColorChoice, noColor: String?, theme: Theme
  ) throws(TerminalProblem) {
    encoding = TextEncoding.adopt(type: type)
    memory = try MemoryFile()
    set_escdelay(25)
    guard ccurses_open(type, dup(memory.descriptor), dup(input)) != nil else { throw .unknownType(type) }
    sequences = TerminalSequences(type: type)
    guard sequences.canMoveCursor else { throw .cannotMoveCursor(type) }
    // Read from a pad, for reading from the screen would paint it.
    guard let keys = newpad(1, 1) else { throw .systemCall("newpad", code: 0) }
    self.keys = keys
    let depth = color.depth(
      colors: Int(ccurses_color_count()), hasDirectColor: sequences.hasDirectColor, noColor: noColor)
    capabilities = TerminalCapabilities(glyphs: encoding.glyphs, depth: depth, type: type)
    if depth != .mono {
      start_color()
      use_default_colors()
    }
    painter = Painter(theme: theme, depth: depth, pairLimit: Int(ccurses_color_pairs()))
    self.size = size
    row = UnsafeMutableBufferPointer.allocate(capacity: size.columns)
    configure()
    refresh()
    compactor =
      sequences.speaksANSI ? SequenceCompactor(canSwitchOff: sequences.canSwitchOff, movesInRow: sequences.movesInRow) : nil
    compactor?.resize(to: size)
    pending = sequences.begin + written() + TerminalSequences.allRowsAndCursor()
  }

  deinit {
    row.deallocate()
  }

  /// ncurses as the program wants it.
  private func configure() {
    // A frame is painted whole even when more keys are waiting.
    typeahead(-1)
    raw()
    noecho()
    nonl()
    keypad(keys, true)
    nodelay(keys, true)
    // Reports of the mouse are nobody's business here; taken apart by ncurses, their ends would come as keys.
    keyok(KEY_MOUSE, false)
    idlok(ccurses_screen(), true)
    resize_term(Int32(size.rows), Int32(size.columns))
  }

  /// The next key that has been read, or CCURSES_NONE.
  func nextKey() -> Int32 {
    ccurses_key(keys)
  }

  /// Takes another size. The next frame is painted over what is there, row by row, without clearing it first.
  func resize(to size: Size) {
    self.size = size
    resize_term(Int32(size.rows), Int32(size.columns))
    row.deallocate()
    row = UnsafeMutableBufferPointer.allocate(capacity: size.columns)
    shown = nil
    // The terminal may have moved its cursor and forgotten which rows scroll.
    pending += TerminalSequences.allRowsAndCursor()
    compactor?.resize(to: size)
    redrawwin(ccurses_screen())
  }

  /// Comes back to a terminal that others have used.
  func resume() {
    compactor?.forget()
    pending = sequences.resume + TerminalSequences.allRowsAndCursor()
    redraw()
  }

  /// The next frame clears the terminal first, whatever ncurses believes is on it.
  func redraw() {
    shown = nil
    clearok(ccurses_shown(), true)
  }

  /// The bytes that show a frame; none where it looks like the last.
  func bytes(for frame: Frame, theme: Theme) -> [UInt8] {
    if painter.change(to: theme) { shown = nil }
    let rows = 0..<min(frame.size.rows, size.rows)
    let changed = rows.filter { shown?.size != frame.size || shown?.row($0) != frame.row($0) }
    if frame.size == size, let shown, painter.depth >= .palette256 {
      leaveok(ccurses_screen(), true)
      if let step = ScrollStep(from: shown, to: frame) {
        scroll(shown, step)
        drawByColor([changed], of: frame) { step.isEmpty($0) ? nil : shown.row(step.origin(of: $0)) }
      } else if changed.count > Self.few {
        drawByColor(changed.map { [$0] }, of: frame) { shown.row($0) }
      }
    }
    for index in changed { draw(frame.row(index), at: index) }
    placeCursor(frame.cursor)
    shown = frame
    refresh()
    defer { pending = [] }
    return pending + written() + title(frame.title)
  }

  /// Makes a list on screen scroll, as the terminal can do it.
  private func scroll(_ frame: Frame, _ step: ScrollStep) {
    for index in step.moved { draw(frame.row(index + step.distance), at: index) }
    draw(Frame(Size(rows: 1, columns: frame.size.columns)).row(0), at: step.entered)
    refresh()
  }

  /// Rows that are written from left to right, because there are so few that going back and forth saves nothing.
  private static let few = 4

  /// Writes what changes in groups of rows one colour after the other. `old` gives what stands in a row; nil for nothing.
  private func drawByColor(_ groups: [[Int]], of frame: Frame, old: (Int) -> ArraySlice<Cell>?) {
    let empty = Frame(Size(rows: 1, columns: frame.size.columns)).row(0)
    let base = painter.paint(for: .base)
    for rows in groups {
      var order = ColorOrder<Painter.Paint>()
      for index in rows {
        let (old, new) = (old(index) ?? empty, frame.row(index))
        order.add(row: index, looks: paints(of: new)) { new[new.startIndex + $0] != old[old.startIndex + $0] }
      }
      // The bar of the cursor comes last, and before it the colour that is most of it.
      for piece in order.pieces(rank: { $0 == base ? 1 : $0.blank == base.blank ? 0 : 2 }) {
        let cells = frame.row(piece.row).dropFirst(piece.columns.lowerBound).prefix(piece.columns.count)
        draw(cells, at: piece.row, column: piece.columns.lowerBound)
        refresh()
      }
    }
  }

  private func refresh() {
    wnoutrefresh(ccurses_screen())
    doupdate()
  }

  /// What ncurses has written, without what changes nothing.
  private func written() -> [UInt8] {
    let bytes = memory.take()
    return compactor?.compact(bytes) ?? bytes
  }

  /// How each cell is painted: blanks as what stands before them, where that looks the same, and the last of them as what
  /// comes after.
  private func paints(of cells: ArraySlice<Cell>) -> [Painter.Paint] {
    var used = painter.paint(for: .base)
    var style: Style?
    var own = used
    var paints: [Painter.Paint] = []
    paints.reserveCapacity(cells.count)
    for (index, cell) in zip(cells.indices, cells) {
      if cell.style != style {
        style = cell.style
        own = painter.paint(for: cell.style)
      }
      if cell.glyph.width > 0, !cell.glyph.isBlank || own.blank != used.blank {
        if own.blank == used.blank, index > cells.startIndex, cells[index - 1].glyph.isBlank { paints[paints.count - 1] = own }
        used = own
      }
      paints.append(used)
    }
    return paints
  }

  private func draw(_ cells: ArraySlice<Cell>, at index: Int, column: Int = 0) {
    var count = 0
    for (cell, paint) in zip(cells, paints(of: cells)) where cell.glyph.width > 0 && count < row.count {
      count += put(cell.glyph, cell.glyph.isBlank ? painter.blank(in: paint) : paint, at: count)
    }
    wmove(ccurses_screen(), Int32(index), Int32(column))
    wadd_wchnstr(ccurses_screen(), row.baseAddress, Int32(count))
  }

  /// Puts a glyph into the row that is being built; returns how many of its cells were made.
  private func put(_ glyph: Glyph, _ paint: Painter.Paint, at index: Int) -> Int {
    guard !encoding.isASCIIOnly || glyph.base.isASCII else {
      for offset in 0..<Int(glyph.width) where index + offset < row.count {
        _ = ccurses_cell(row.baseAddress?.advanced(by: index + offset), 0x3f, nil, 0, paint.attributes, paint.pair)
      }
      return min(Int(glyph.width), row.count - index)
    }
    let marks = glyph.marks.map(\.value)
    let cell = row.baseAddress?.advanced(by: index)
    if !ccurses_cell(cell, glyph.base.value, marks, Int32(marks.count), paint.attributes, paint.pair) {
      _ = ccurses_cell(cell, glyph.base.value, nil, 0, paint.attributes, paint.pair)
    }
    return 1
  }

  private func placeCursor(_ cursor: Position?) {
    if let cursor, cursor.row < size.rows, cursor.column < size.columns {
      leaveok(ccurses_screen(), false)
      wmove(ccurses_screen(), Int32(cursor.row), Int32(cursor.column))
      curs_set(1)
    } else {
      leaveok(ccurses_screen(), true)
      curs_set(0)
    }
  }

  private func title(_ title: String?) -> [UInt8] {
    guard let title, title != shownTitle, sequences.hasTitle else { return [] }
    shownTitle = title
    return Array("\u{1b}]2;\(SafeText.visible(String(title.prefix(120))))\u{7}".utf8)
  }
}
