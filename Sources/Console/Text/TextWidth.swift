/// The width of texts on the screen.
public enum TextWidth {
  /// Columns that a text takes when it is shown, escapes spelt out.
  public static func of(_ text: String) -> Int {
    Glyphs(text).reduce(0) { $0 + Int($1.width) }
  }
}
