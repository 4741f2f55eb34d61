/// Where a text stands in the width it is given.
public enum Alignment: Hashable, Sendable {
  case left, right, center
}

/// Where a text that is too long for its width is cut.
public enum Cut: Hashable, Sendable {
  case end
  /// Keeps the head and the tail: names of services often differ in their last letters only.
  case middle
}

/// A piece of a line in one style.
public struct Span: Hashable, Sendable {
  public var text: String
  public var style: Style

  public init(_ text: String, _ style: Style) {
    self.text = text
    self.style = style
  }

  public init(_ text: String, _ role: Role = .base) {
    self.init(text, Style(role))
  }
}

extension Frame {
  /// Writes a text at a place of `rect`, by default of the frame, and returns the column after it, counted as `column` is.
  ///
  /// With a width exactly that many columns are written, blanks included, and a longer text is cut with an ellipsis.
  /// Without one the text ends where it ends, or is cut at the right edge.
  @discardableResult
  public mutating func put(
    _ text: String, row: Int, column: Int, width: Int? = nil, style: Style = .base, align: Alignment = .left,
    cut: Cut = .end, in rect: Rect? = nil
  ) -> Int {
    let rect = rect ?? bounds
    let room = max(0, rect.columns - column)
    let fitted = FittedText(text, width: min(width ?? room, room), cut: cut, ellipsis: glyphs.ellipsis)
    let blanks = width.map { max(0, min($0, room) - fitted.width) } ?? 0
    let before = align == .left ? 0 : align == .right ? blanks : blanks / 2
    let clip = rect.intersection(bounds)
    var next = rect.column + column
    func write(_ glyph: Glyph) {
      place(glyph, row: rect.row + row, column: next, style: style, clip: clip)
      next += Int(glyph.width)
    }
    for _ in 0..<before { write(.space) }
    for glyph in fitted.glyphs { write(glyph) }
    for _ in before..<blanks { write(.space) }
    return next - rect.column
  }

  /// Writes pieces of text one after the other and returns the column after the last.
  @discardableResult
  public mutating func put(_ spans: [Span], row: Int, column: Int, in rect: Rect? = nil) -> Int {
    spans.reduce(column) { column, span in
      put(span.text, row: row, column: column, style: span.style, in: rect)
    }
  }

  /// Fills a rectangle with blanks, by default, or with a character of one column.
  public mutating func fill(_ rect: Rect, with character: Character = " ", style: Style = .base) {
    var iterator = Glyphs(String(character)).makeIterator()
    guard let glyph = iterator.next(), glyph.width == 1 else { return }
    let clip = rect.intersection(bounds)
    for row in clip.rowRange {
      for column in clip.columnRange { place(glyph, row: row, column: column, style: style, clip: clip) }
    }
  }

  /// Lays a meaning over the cells of a rectangle, whose text keeps its own where the theme lets it show through.
  ///
  /// For the cursor, tint the columns that say which row it is and not the whole row: all that is tinted is sent anew with
  /// every step, old row and new, and a row of eight columns comes to 500 bytes.
  public mutating func tint(_ rect: Rect, _ role: Role) {
    restyle(rect) { $0.over = role }
  }

  /// Adds attributes to the cells of a rectangle.
  public mutating func emphasize(_ rect: Rect, _ attributes: Attributes) {
    restyle(rect) { $0.attributes.formUnion(attributes) }
  }
}

// Screens as text, for tests and for dumps.
extension Frame {
  /// Every row at its full width.
  public var lines: [String] {
    (0..<size.rows).map { row in
      var line = String.UnicodeScalarView()
      for cell in self.row(row) where cell.glyph.width > 0 {
        line.append(cell.glyph.base)
        line.append(contentsOf: cell.glyph.marks)
      }
      return String(line)
    }
  }

  /// The rows without the blanks at their ends, one a line.
  public var text: String {
    lines.map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
