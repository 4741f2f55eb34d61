/// How meanings look: colours and attributes for every depth of colour a terminal may have, and symbols.
public struct Theme: Hashable, Sendable {
  public enum Variant: String, Hashable, Sendable {
    case dark, light, any
  }

  public var name: String
  /// A line about it, for lists of themes.
  public var about: String
  public var variant: Variant
  /// Whether `base`'s background is painted, or the terminal's own shows and `base`'s only says what it is taken to be.
  public var paintsBackground: Bool
  /// The contrast that text is brought to where the theme itself does not reach it; 0 leaves colours alone.
  public var leastContrast: Double

  /// Looks by the name of the role or of its group, for terminals with 256 colours or more.
  var looks: [String: Look] = [:]
  /// Looks for terminals with 8 or 16 colours.
  var ansiLooks: [String: Look] = [:]
  /// Looks for terminals without colours: attributes alone.
  var monoLooks: [String: Look] = [:]
  var symbols: [Symbol: String] = [:]

  /// The symbol as a terminal with these characters shows it.
  public func symbol(_ symbol: Symbol, in glyphs: GlyphSet) -> String {
    switch glyphs {
    case .ascii: symbol.ascii
    case .utf8: symbols[symbol] ?? symbol.utf8
    }
  }
}
