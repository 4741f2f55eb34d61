/// Which characters a terminal can show besides ASCII: the names of a registry are shown in either case, but the console's
/// own lines, marks and graphs keep to ASCII where the locale does not promise more.
public enum GlyphSet: Hashable, Sendable {
  case utf8
  case ascii

  /// Stands for what was cut away.
  var ellipsis: Glyph {
    self == .utf8 ? Glyph("\u{2026}", width: 1) : Glyph("~", width: 1)
  }
}

/// A piece of a ruled line. A tee is named for the side of a box it stands in: `teeLeft` joins a line that goes to the right.
public enum LinePiece: Hashable, Sendable {
  case horizontal, vertical
  case topLeft, topRight, bottomLeft, bottomRight
  case teeLeft, teeRight, teeTop, teeBottom, cross

  /// The character that draws the piece, one cell wide.
  public func scalar(in glyphs: GlyphSet) -> Unicode.Scalar {
    switch (self, glyphs) {
    case (.horizontal, .utf8): "\u{2500}"
    case (.vertical, .utf8): "\u{2502}"
    case (.topLeft, .utf8): "\u{250c}"
    case (.topRight, .utf8): "\u{2510}"
    case (.bottomLeft, .utf8): "\u{2514}"
    case (.bottomRight, .utf8): "\u{2518}"
    case (.teeLeft, .utf8): "\u{251c}"
    case (.teeRight, .utf8): "\u{2524}"
    case (.teeTop, .utf8): "\u{252c}"
    case (.teeBottom, .utf8): "\u{2534}"
    case (.cross, .utf8): "\u{253c}"
    case (.horizontal, .ascii): "-"
    case (.vertical, .ascii): "|"
    case (_, .ascii): "+"
    }
  }
}
