public import Console

/// What the terminal can show, as far as views need to know.
public struct TerminalCapabilities: Hashable, Sendable {
  public var glyphs: GlyphSet
  public var depth: ColorDepth
  /// The terminal's type, `TERM`.
  public var type: String

  public init(glyphs: GlyphSet, depth: ColorDepth, type: String) {
    self.glyphs = glyphs
    self.depth = depth
    self.type = type
  }
}
