/// How many colours a terminal shows.
public enum ColorDepth: Hashable, Sendable, CaseIterable, Comparable {
  case mono, ansi8, ansi16, palette256, trueColor
}

/// A style as a terminal of a certain depth paints it.
public struct Appearance: Hashable, Sendable {
  public enum Paint: Hashable, Sendable {
    /// The terminal's own foreground or background.
    case terminal
    /// An entry of the terminal's palette, one that it has.
    case palette(UInt8)
    /// 24 bits; at `trueColor` alone.
    case rgb(RGB)
  }

  public var foreground: Paint
  public var background: Paint
  public var attributes: Attributes
}
