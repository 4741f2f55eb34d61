/// What the console is told of the world it runs in, once.
public struct ConsoleEnvironment: Hashable, Sendable {
  /// The name an operator's commands and marks go under.
  public var operatorName: String
  /// Seconds east of UTC, for the clock and for absolute times.
  public var utcOffset: Int
  public var glyphs: GlyphSet
  /// The version of the program, for the settings view.
  public var version: String

  public init(operatorName: String, utcOffset: Int = 0, glyphs: GlyphSet = .utf8, version: String = "") {
    self.operatorName = operatorName
    self.utcOffset = utcOffset
    self.glyphs = glyphs
    self.version = version
  }
}
