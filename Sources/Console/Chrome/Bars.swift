/// Bars and strips made of characters.
enum Bars {
  /// A bar for a share between 0 and 1, over the one that was before it.
  static func drawPair(before: Double, after: Double, on frame: inout Frame, in rect: Rect) {
    guard rect.columns > 0 else { return }
    let full = cells(after, of: rect.columns)
    let old = cells(before, of: rect.columns)
    let (solid, light): (String, String) = frame.glyphs == .utf8 ? ("\u{2588}", "\u{2591}") : ("#", ".")
    frame.put(String(repeating: solid, count: full), row: 0, column: 0, style: Style(.barAfter), in: rect)
    if old > full {
      frame.put(String(repeating: light, count: old - full), row: 0, column: full, style: Style(.barBefore), in: rect)
    }
  }

  private static func cells(_ share: Double, of width: Int) -> Int {
    guard share.isFinite, share > 0 else { return 0 }
    return min(width, max(1, Int((share * Double(width)).rounded())))
  }

  private static let utf8Levels = Array(" \u{2581}\u{2582}\u{2583}\u{2584}\u{2585}\u{2586}\u{2587}\u{2588}")
  private static let asciiLevels = Array(" .,:;*%#")

  /// One character for each value, the higher the fuller; what is above nothing always shows. Values from `maximum`
  /// on are full; without one the largest of them is.
  static func strip(_ values: [Double], maximum: Double = 0, _ glyphs: GlyphSet) -> String {
    let maximum = maximum > 0 ? maximum : values.max() ?? 0
    let levels = glyphs == .utf8 ? utf8Levels : asciiLevels
    let top = levels.count - 1
    return String(
      values.map { value in
        guard value.isFinite, value > 0, maximum > 0 else { return glyphs == .utf8 ? levels[0] : "." }
        let level = min(top, max(1, Int((value / maximum * Double(top)).rounded(.up))))
        return levels[level]
      })
  }
}
