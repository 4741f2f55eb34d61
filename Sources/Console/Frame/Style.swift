/// Attributes that every terminal knows or leaves out.
public struct Attributes: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  public static let bold = Attributes(rawValue: 1)
  public static let dim = Attributes(rawValue: 2)
  public static let italic = Attributes(rawValue: 4)
  public static let underline = Attributes(rawValue: 8)
  public static let reverse = Attributes(rawValue: 16)
}

/// The meaning of a cell's text, a second meaning laid over it (the cursor's row, a marked row), and attributes of its own.
public struct Style: Hashable, Sendable {
  public var role: Role
  /// Takes precedence over `role` in whatever the theme says about it; the rest shows through.
  public var over: Role?
  public var attributes: Attributes

  public init(_ role: Role, over: Role? = nil, attributes: Attributes = []) {
    self.role = role
    self.over = over
    self.attributes = attributes
  }

  public static let base = Style(.base)
}

/// One cell of a frame.
public struct Cell: Hashable, Sendable {
  public internal(set) var glyph: Glyph
  public internal(set) var style: Style

  static let blank = Cell(glyph: .space, style: .base)
}
