/// A colour as a theme names it.
public enum ThemeColor: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case terminal
  /// An entry of the terminal's palette; the first 16 are the user's choice.
  case palette(UInt8)
  case rgb(RGB)

  /// The names of the first 16 entries in `[ansi16]`.
  static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    "bright_black", "bright_red", "bright_green", "bright_yellow", "bright_blue", "bright_magenta", "bright_cyan", "bright_white",
  ]

  /// Reads `default`, `ansi:9` or `#rrggbb`; nil for what is none of them.
  init?(literal text: String) {
    if text == "default" {
      self = .terminal
    } else if text.hasPrefix("ansi:"), let index = UInt8(text.dropFirst("ansi:".count)) {
      self = .palette(index)
    } else if let rgb = RGB(hexadecimal: text) {
      self = .rgb(rgb)
    } else {
      return nil
    }
  }
}

/// What a theme says about one meaning. Nil leaves what lies below.
public struct Look: Hashable, Sendable {
  public var foreground: ThemeColor?
  public var background: ThemeColor?
  public var attributes: Attributes = []
}
