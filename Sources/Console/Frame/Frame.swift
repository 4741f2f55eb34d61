/// A whole screen as a value: cells, cursor and title. Views make frames, tests read them as text, and the terminal paints
/// them; nothing else is ever shown.
///
/// Whatever is drawn outside of the frame is left out, so a view needs no care at the edges of a small screen.
public struct Frame: Equatable, Sendable {
  public let size: Size
  /// Which characters lines and ellipses are drawn with.
  public let glyphs: GlyphSet
  /// Row by row, `size.rows` × `size.columns`.
  private(set) var cells: [Cell]
  /// Where the terminal's own cursor blinks, for instance in a text field; nil hides it.
  public var cursor: Position?
  /// The terminal's title; nil leaves it alone.
  public var title: String?

  /// An empty frame. A size below 1 × 1 makes a frame without cells.
  public init(_ size: Size, glyphs: GlyphSet = .utf8) {
    self.size = Size(rows: max(0, size.rows), columns: max(0, size.columns))
    self.glyphs = glyphs
    cells = Array(repeating: .blank, count: self.size.rows * self.size.columns)
  }

  /// The whole of it.
  public var bounds: Rect { Rect(size) }

  /// The cells of one row. The row must be one of the frame's.
  public func row(_ row: Int) -> ArraySlice<Cell> {
    cells[row * size.columns..<(row + 1) * size.columns]
  }

  /// The cell at a place; nil outside of the frame.
  public subscript(row: Int, column: Int) -> Cell? {
    bounds.contains(Position(row: row, column: column)) ? cells[row * size.columns + column] : nil
  }

  /// Puts a glyph into a cell (two, if it is wide), where `clip` allows all of it; half of a wide glyph that it covers
  /// becomes a space, so that no row changes its width.
  mutating func place(_ glyph: Glyph, row: Int, column: Int, style: Style, clip: Rect) {
    let width = Int(glyph.width)
    guard clip.rowRange.contains(row), column >= clip.column, column + width <= clip.columnRange.upperBound else { return }
    let index = row * size.columns + column
    splitWideGlyph(before: index, inRow: row)
    splitWideGlyph(before: index + width, inRow: row)
    cells[index] = Cell(glyph: glyph, style: style)
    if width == 2 { cells[index + 1] = Cell(glyph: .continuation, style: style) }
  }

  /// Makes spaces of a wide glyph that reaches across the left edge of the cell at `index`.
  private mutating func splitWideGlyph(before index: Int, inRow row: Int) {
    guard index > row * size.columns, index < (row + 1) * size.columns, cells[index].glyph == .continuation else { return }
    cells[index - 1].glyph = .space
    cells[index].glyph = .space
  }

  /// Changes the styles of a rectangle and leaves its text.
  mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    let part = rect.intersection(bounds)
    for row in part.rowRange {
      for column in part.columnRange { change(&cells[row * size.columns + column].style) }
    }
  }
}
