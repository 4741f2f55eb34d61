extension Frame {
  /// Draws one piece of a line.
  public mutating func draw(_ piece: LinePiece, row: Int, column: Int, style: Style = Style(.border)) {
    place(Glyph(piece.scalar(in: glyphs), width: 1), row: row, column: column, style: style, clip: bounds)
  }

  /// Draws a horizontal line of `length` cells to the right of a place.
  public mutating func horizontalLine(row: Int, column: Int, length: Int, style: Style = Style(.border)) {
    for offset in 0..<max(0, length) { draw(.horizontal, row: row, column: column + offset, style: style) }
  }

  /// Draws a vertical line of `length` cells below a place.
  public mutating func verticalLine(row: Int, column: Int, length: Int, style: Style = Style(.border)) {
    for offset in 0..<max(0, length) { draw(.vertical, row: row + offset, column: column, style: style) }
  }

  /// Draws a box along the edges of a rectangle, with a title at the left of its upper edge and a note (a count, a place in
  /// a list) at the right; the inside is left as it is. Returns the inside.
  @discardableResult
  public mutating func box(
    _ rect: Rect, title: String = "", note: String = "", style: Style = Style(.border), titleStyle: Style = Style(.title),
    noteStyle: Style = Style(.count)
  ) -> Rect {
    guard rect.rows >= 2, rect.columns >= 2 else { return rect.inset() }
    let bottom = rect.rowRange.upperBound - 1
    let right = rect.columnRange.upperBound - 1
    for row in [rect.row, bottom] {
      horizontalLine(row: row, column: rect.column + 1, length: rect.columns - 2, style: style)
    }
    for column in [rect.column, right] {
      verticalLine(row: rect.row + 1, column: column, length: rect.rows - 2, style: style)
    }
    draw(.topLeft, row: rect.row, column: rect.column, style: style)
    draw(.topRight, row: rect.row, column: right, style: style)
    draw(.bottomLeft, row: bottom, column: rect.column, style: style)
    draw(.bottomRight, row: bottom, column: right, style: style)
    writeOnEdge(rect.line(0), title: title, note: note, titleStyle: titleStyle, noteStyle: noteStyle)
    return rect.inset()
  }

  /// `+- Title ------ note -+`: two cells of line stay before the title and after the note; a note without room is left out.
  private mutating func writeOnEdge(_ edge: Rect, title: String, note: String, titleStyle: Style, noteStyle: Style) {
    var free = edge.inset(rows: 0, columns: 2)
    if !title.isEmpty, free.columns >= 3 {
      let end = put(" \(title) ", row: 0, column: 0, style: titleStyle, in: free)
      free = free.split(left: end + 1).rest
    }
    let noteWidth = TextWidth.of(note) + 2
    if !note.isEmpty, free.columns >= noteWidth {
      put(" \(note) ", row: 0, column: 0, style: noteStyle, in: free.split(right: noteWidth).right)
    }
  }

  /// Lays another frame over this one, its top left cell at a place: a dialog over a view. The cursor of the upper frame,
  /// shown or hidden, replaces the lower one's, because keys go to the upper.
  public mutating func overlay(_ upper: Frame, row: Int, column: Int) {
    for upperRow in 0..<upper.size.rows {
      for (upperColumn, cell) in upper.row(upperRow).enumerated() where cell.glyph.width > 0 {
        place(cell.glyph, row: row + upperRow, column: column + upperColumn, style: cell.style, clip: bounds)
      }
    }
    cursor = upper.cursor.map { Position(row: row + $0.row, column: column + $0.column) }
  }
}
